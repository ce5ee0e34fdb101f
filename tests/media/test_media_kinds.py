"""Files are told apart by what is in them."""

from __future__ import annotations

from pathlib import Path

import clips

from lipsyncer.media.kinds import sort_media
from lipsyncer.progress import finish


def test_songs_and_takes_are_told_apart_whatever_they_are_called(tmp_path: Path) -> None:
    sound = clips.write_sound(tmp_path / "song.wav", clips.clicks([0.5], 1.0, 44_100))
    song = sound.rename(tmp_path / "holiday.mp4")
    video = clips.write_clip(tmp_path / "clip.mp4", clips.even_times(25, 1.0))
    take = video.rename(tmp_path / "take.mp3")
    text = tmp_path / "lyrics.mov"
    text.write_text("la la la")
    found = finish(sort_media([take, text, song]))
    assert (found.songs, found.takes) == ((song,), (take,))
    assert [error.path for error in found.refused] == [text]


def test_a_file_that_is_gone_is_refused_and_the_others_are_taken(tmp_path: Path) -> None:
    song = clips.write_sound(tmp_path / "song.wav", clips.clicks([0.5], 1.0, 44_100))
    found = finish(sort_media([tmp_path / "gone.mov", song]))
    assert found.songs == (song,)
    assert len(found.refused) == 1
