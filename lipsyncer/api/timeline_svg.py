"""A cut as a small picture: its segments along the song, and how sure each is."""

from __future__ import annotations

from html import escape

from lipsyncer.edit.document import Document, Segment

_WIDTH, _HEIGHT = 720, 44
_TAKES = ("#4c8dff", "#e0803c", "#3fae7c", "#b06fd8", "#c9a227", "#d5577a")
_GAP = "#8a8f98"


def timeline_svg(document: Document) -> str:
    """Draw the cut as inline SVG.

    Each segment has its take's colour, above a bar as long as its confidence is high; a pointer
    over it shows the figures.
    """
    scale = _WIDTH / document.song_duration
    segments = "".join(_segment(document, segment, scale) for segment in document.segments)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" '
        f'width="{_WIDTH}" height="{_HEIGHT}" role="img" aria-label="the cut along the song">'
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="{_GAP}" fill-opacity="0.15"/>'
        f"{segments}</svg>"
    )


def _segment(document: Document, segment: Segment, scale: float) -> str:
    x, width = segment.song_start * scale, (segment.song_end - segment.song_start) * scale
    gap = segment.kind == "gap"
    colour = _GAP if gap else _TAKES[segment.take % len(_TAKES)]
    said = (
        f"{segment.song_start:.2f} to {segment.song_end:.2f} s: "
        f"{document.takes[segment.take].path.name} from {segment.source_start:.2f} s, "
        f"{'a gap' if gap else f'confidence {segment.confidence:.0%}'}"
    )
    sure = 0.0 if gap else segment.confidence * width
    return (
        f"<g><title>{escape(said)}</title>"
        f'<rect x="{x:.2f}" y="4" width="{width:.2f}" height="26" fill="{colour}" '
        'stroke="#fff" stroke-width="0.5"/>'
        f'<rect x="{x:.2f}" y="34" width="{sure:.2f}" height="6" fill="{colour}"/></g>'
    )
