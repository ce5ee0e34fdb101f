"""Progress that whoever waits can believe."""

from __future__ import annotations

import pytest

from lipsyncer.progress import Stage, driven, onward


def test_work_that_begins_anew_goes_on_with_its_progress() -> None:
    def work() -> Stage[str]:
        yield from (0.0, 0.2, 0.4)
        yield from (0.0, 0.5, 1.0)
        return "done"

    told: list[float] = []
    assert driven(onward(work()), told.append) == "done"
    assert told == pytest.approx([0.0, 0.2, 0.4, 0.4, 0.7, 1.0])


def test_work_that_goes_through_at_once_keeps_its_progress() -> None:
    def work() -> Stage[None]:
        yield from (0.0, 0.3, 0.3, 1.0)

    told: list[float] = []
    driven(onward(work()), told.append)
    assert told == [0.0, 0.3, 0.3, 1.0]
