"""Show a take as it was filmed beside the same take in time with the song.

python docs/examples/before_after.py SONG TAKE OUT.mp4
"""

from __future__ import annotations

import sys
from typing import Any

from moviepy import CompositeVideoClip, TextClip, VideoFileClip, clips_array

import lipsyncer


def titled(clip: Any, text: str) -> Any:
    """Lay a title over the upper edge of a clip."""
    size = clip.size[1] // 18
    title = TextClip(text=text, font_size=size, color="white", margin=(size, size // 2))
    title = title.with_duration(clip.duration).with_position(("center", "top"))
    return CompositeVideoClip([clip, title])


def main() -> None:
    """Align, and write the comparison with the song as its sound."""
    song, take, out = sys.argv[1:4]
    cut = lipsyncer.align(song, take)
    print(cut.summary)
    start, end = cut.document.span
    with cut.clip() as aligned, VideoFileClip(take, audio=False) as filmed:
        end = min(end, filmed.duration)
        before = filmed.subclipped(start, end).resized(aligned.size)
        after = aligned.subclipped(0, end - start)
        both = clips_array([[titled(before, "Before"), titled(after, "After")]])
        lipsyncer.write(both.with_audio(after.audio).with_fps(aligned.fps), out)


main()
