"""Strategies for property-based tests: any cut that a document can hold.

Other tests import this module by name (``import any_document``).
"""

from __future__ import annotations

from itertools import accumulate, pairwise
from pathlib import Path

from hypothesis import strategies as st

from lipsyncer.edit.document import CLOSEST, Document, HandFraming, Pin, Segment, Take


def numbers(low: float, high: float) -> st.SearchStrategy[float]:
    """Any number from one to another."""
    return st.floats(low, high, allow_nan=False, allow_infinity=False)


framings = st.builds(HandFraming, numbers(-1, 1), numbers(-1, 1), numbers(1, CLOSEST))
takes = st.builds(
    lambda footage: tuple(
        Take(Path(f"{k}.mov"), length, label=label) for k, (length, label) in enumerate(footage)
    ),
    st.lists(
        st.tuples(numbers(5, 60), st.sampled_from(["", "Küche", "廚房"])), min_size=1, max_size=3
    ),
)


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """Any cut: of several takes, at any speed or standing still, reaching beyond its footage."""
    footage = draw(takes)
    lengths = draw(st.lists(numbers(0.1, 10), min_size=1, max_size=6))
    borders = list(accumulate(lengths, initial=draw(numbers(0, 5))))
    segments = []
    for start, end in pairwise(borders):
        take = draw(st.integers(0, len(footage) - 1))
        source = draw(numbers(-2, footage[take].duration))
        speed = draw(st.one_of(st.just(1.0), st.just(0.0), numbers(0.3, 3)))
        segments.append(
            Segment(
                song_start=start,
                song_end=end,
                take=take,
                source_start=source,
                source_end=source + speed * (end - start),
                kind=draw(st.sampled_from(["matched", "gap"])),
                confidence=draw(numbers(0, 1)),
                locked=draw(st.booleans()),
                framing=draw(st.none() | framings),
                by_hand=draw(st.booleans()),
            )
        )
    moments = sorted(draw(st.lists(numbers(borders[0], borders[-1]), max_size=3)))
    pins = tuple(
        Pin(moment, take, draw(numbers(0, footage[take].duration)))
        for moment, take in ((moment, draw(st.integers(0, len(footage) - 1))) for moment in moments)
    )
    song = borders[-1] + draw(numbers(0, 5))
    return Document(Path("song.wav"), song, footage, tuple(segments), pins)


@st.composite
def alignments(draw: st.DrawFn, *, whole: bool = False) -> Document:
    """A cut of one take in the order of the song; parts of it may be left out unless ``whole``."""
    lengths = draw(st.lists(numbers(0.5, 8), min_size=1, max_size=5))
    borders = list(accumulate(lengths, initial=draw(numbers(0, 3))))
    source = draw(numbers(0, 4))
    segments = []
    for start, end in pairwise(borders):
        until = source + draw(numbers(0.5, 2)) * (end - start)
        segments.append(Segment(start, end, 0, source, until, "matched", 1.0))
        source = until if whole else until + draw(st.one_of(st.just(0.0), numbers(0.1, 3)))
    take = Take(Path("take.mov"), segments[-1].source_end + draw(numbers(0.1, 3)))
    return Document(Path("song.wav"), borders[-1] + 1.0, (take,), tuple(segments))
