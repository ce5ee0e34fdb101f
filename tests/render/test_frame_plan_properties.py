"""What holds of the plan of output frames, whatever the cut and the rate."""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import pairwise

import numpy as np
from any_document import documents, numbers
from hypothesis import given
from hypothesis import strategies as st

from lipsyncer.edit.document import Document
from lipsyncer.edit.timemap import TimeMap
from lipsyncer.render.retime import frame_at, output_rate, plan_frames

rates = st.sampled_from(
    [Fraction(24), Fraction(24_000, 1001), Fraction(25), Fraction(30_000, 1001), Fraction(60)]
)


@given(documents(), rates)
def test_every_frame_shows_what_the_time_map_says_of_its_middle(
    document: Document, rate: Fraction
) -> None:
    plan = plan_frames(document, rate)
    time_map = TimeMap(document)
    middles = document.span[0] + (np.arange(len(plan)) + 0.5) / float(rate)
    takes, sources = time_map.sources_at(middles)
    np.testing.assert_array_equal(plan.takes, takes)
    np.testing.assert_allclose(plan.sources, sources, atol=1e-9)
    for number, middle in enumerate(middles):
        # The last frame may reach beyond the span, where its segment runs on.
        segment = document.segments[document.index_at(min(float(middle), document.span[1]))]
        assert plan.framed.get(number) == segment.framing


@given(documents(), rates)
def test_the_picture_is_as_long_as_the_span_and_less_than_a_frame_longer(
    document: Document, rate: Fraction
) -> None:
    plan = plan_frames(document, rate)
    start, end = document.span
    assert -0.0011 < float(plan.duration - Fraction(end - start)) * rate < 1


@given(documents(), rates)
def test_runs_are_all_frames_once_and_each_is_of_one_take(
    document: Document, rate: Fraction
) -> None:
    plan = plan_frames(document, rate)
    runs = list(plan.runs())
    assert [number for _, frames in runs for number in frames] == list(range(len(plan)))
    assert all((plan.takes[frames.start : frames.stop] == take).all() for take, frames in runs)
    assert all(one[0] != other[0] for one, other in pairwise(runs))


@given(documents(), rates)
def test_the_frame_on_screen_in_the_middle_of_a_frame_is_that_one(
    document: Document, rate: Fraction
) -> None:
    for number in range(len(plan_frames(document, rate))):
        assert frame_at(document, rate, document.span[0] + (number + 0.5) / float(rate)) == number


@given(numbers(1, 240), numbers(24, 60), numbers(0, 24))
def test_the_rate_keeps_to_its_limit_and_repeats_every_frame_as_often(
    nominal: float, limit: float, least: float
) -> None:
    rate = output_rate(nominal, limit, least)
    assert rate <= limit * (1 + 1e-4)
    times = rate / Fraction(nominal)
    if rate < limit * (1 - 1e-4):
        assert math.isclose(times, round(times), rel_tol=1e-3)
        assert rate >= least * (1 - 1e-2)
