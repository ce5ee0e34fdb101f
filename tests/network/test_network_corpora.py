"""Folders of clips: which sound goes with which video, and who is held out."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
from clips import write_sound

from lipsyncer.demo import Demo
from lipsyncer.diagnostics.errors import InputError
from lipsyncer.progress import finish
from lipsyncer.training.clips import hold_out
from lipsyncer.training.corpora import EXCERPTS, rows_of
from lipsyncer.training.reader import read_clips


def touch(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()


def in_folders(root: Path, count: int = 26) -> Path:
    """An empty tree with a folder for each excerpt."""
    for k in range(count):
        for name in ("Video.mp4", "Vocal.wav", "Mixture.wav", "Accompaniment.wav"):
            touch(root / EXCERPTS / f"{k:02d}_song" / name)
    return root


def flat(root: Path, count: int = 26) -> Path:
    """An empty tree whose files tell by their names what belongs together."""
    for k in range(count):
        for ending in (".mp4", "_voc.wav", "_mix.wav"):
            touch(root / EXCERPTS / f"{k:02d}-song{ending}")
    return root


@pytest.mark.parametrize("laid_out", [in_folders, flat])
def test_26_excerpts_are_13_to_learn_from_3_to_validate_and_10_to_test(
    laid_out: object, tmp_path: Path
) -> None:
    data = laid_out(tmp_path)  # type: ignore[operator]
    learning, testing = rows_of(data, "train", "ursing"), rows_of(data, "test", "ursing")
    held = [row for row in learning if row.speaker.startswith("ursing_validation")]
    assert (len(learning) - len(held), len(held), len(testing)) == (13, 3, 10)
    assert not {row.file for row in learning} & {row.file for row in testing}


@pytest.mark.parametrize("laid_out", [in_folders, flat])
def test_each_video_goes_with_its_own_voice_or_its_own_mixture(
    laid_out: object, tmp_path: Path
) -> None:
    data = laid_out(tmp_path)  # type: ignore[operator]
    for corpus, word in (("ursing", "voc"), ("ursing-mixture", "mix")):
        for row in rows_of(data, "test", corpus):
            assert word in Path(row.sound).name.lower()
            assert Path(row.sound).as_posix().split("_song")[0][:17] == row.file[:17]


def test_a_video_without_its_voice_is_named(tmp_path: Path) -> None:
    data = in_folders(tmp_path)
    (data / EXCERPTS / "20_song" / "Vocal.wav").unlink()
    with pytest.raises(InputError, match="no sound of the solo voice beside it"):
        rows_of(data, "test", "ursing")


def test_a_folder_without_excerpts_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=EXCERPTS):
        rows_of(tmp_path, "test", "ursing")


def test_the_voice_beside_the_video_is_what_is_learned_from(snippet: Demo, tmp_path: Path) -> None:
    for name in "abcd":
        folder = tmp_path / EXCERPTS / name
        folder.mkdir(parents=True)
        shutil.copy(snippet.take_path, folder / "video.mp4")
        rate = 16_000
        tone = np.sin(2 * np.pi * 440 * np.arange(2 * rate) / rate).astype(np.float32) / 2
        write_sound(folder / "vocal.wav", tone, rate)
        write_sound(folder / "mix.wav", 0 * tone, rate)
    (sung,) = finish(read_clips(tmp_path, "test", "ursing", workers=1))
    (mixed,) = finish(read_clips(tmp_path, "test", "ursing-mixture", workers=1))
    spectrum = np.abs(np.fft.rfft(sung.sound[:16_000].astype(float)))
    assert np.argmax(spectrum) == 440
    assert not mixed.sound.any()
    learning, validation = hold_out(finish(read_clips(tmp_path, "train", "ursing", workers=1)))
    assert (len(learning), len(validation)) == (2, 1)
