"""How large lyrics are."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from lipsyncer.cli.overlay_options import with_overlays
from lipsyncer.cli.parser import build_parser
from lipsyncer.render import DEFAULT
from lipsyncer.render.overlays.burn import TITLE_SAFE, burn_in
from lipsyncer.render.overlays.options import ExtrasSettings, LyricsSize


def test_letters_are_as_large_as_is_asked_for(tmp_path: Path) -> None:
    lyrics = tmp_path / "words.lrc"
    lyrics.write_text("[00:00.00]Hmm", "utf-8")

    def height(size: LyricsSize) -> int:
        settings = ExtrasSettings(lyrics=lyrics, lyrics_size=size)
        burn = burn_in(settings, (360, 640), TITLE_SAFE, np.array([0.5]), 1.0)
        assert burn is not None
        (words,) = burn.at(0)
        return words.picture.height

    small, medium, large = height("small"), height("medium"), height("large")
    assert 0.6 * medium < small < 0.9 * medium
    assert 1.2 * medium < large < 1.5 * medium


def test_the_command_line_hands_the_size_on() -> None:
    words = ["export", "a.lipsync", "-o", "b.mp4", "--lyrics", "w.lrc", "--lyrics-size", "large"]
    chosen = with_overlays(DEFAULT, build_parser().parse_args(words)).extras
    assert chosen == ExtrasSettings(lyrics=Path("w.lrc"), lyrics_size="large")
