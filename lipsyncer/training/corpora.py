"""Which videos and sounds of a folder belong together: by a manifest, by folders, or as in URSing.

URSing (Li, Wang and Duan, "Audiovisual singing voice separation", 2021) holds singers' videos with
the solo voice and the mixture beside each as sounds of their own. Yin and Wen took 26 excerpts of
30 s of it, 13 to learn from, 3 to validate and 10 to test with, without saying which; here they are
taken in this order by name.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from lipsyncer.diagnostics.errors import InputError, is_file, is_folder

CORPORA = ("folder", "ursing", "ursing-mixture")
"""How a folder may be laid out; the last two differ in which sound goes with a video."""

VIDEO_SUFFIXES = (".mp4", ".mov", ".mkv", ".webm", ".avi", ".mpg", ".m4v")
SOUND_SUFFIXES = (".wav", ".flac", ".mp3", ".m4a", ".ogg")

EXCERPTS = "excerpt_bv_rev"
"""URSing's folder of excerpts."""

_TRAIN, _VALIDATION, _EXCERPTS = 13, 3, 26

_VOICE = re.compile(r"vocals?|voc|voice|solo", re.IGNORECASE)
_MIXTURE = re.compile(r"mixture|mix", re.IGNORECASE)
_OTHER = re.compile(r"video|accompaniment|accomp|acc|backing|bv", re.IGNORECASE)


@dataclass(frozen=True)
class Row:
    """A clip as it lies in a folder.

    Attributes
    ----------
    file
        The video's path within the folder.
    speaker, source
        Who speaks or sings, and which part of the data this is.
    sound
        Path of the sound within the folder; empty where it is the video's own.
    """

    file: str
    speaker: str
    source: str
    sound: str = ""


def rows_of(data: Path, split: str, corpus: str = "folder") -> list[Row]:
    """List the clips of a split.

    Parameters
    ----------
    data
        A folder with a ``manifest.csv`` (columns file, split, speaker, source); a folder of videos
        without splits, whose folders name the speakers; or URSing.
    split
        Which clips. URSing's ``train`` includes the validation excerpts (``clips.hold_out``).
    corpus
        One of ``CORPORA``.

    Raises
    ------
    InputError
        When the folder is none, or not laid out as said.
    """
    if not is_folder(data):
        raise InputError(data, "is not a folder; name the folder that holds the clips.")
    if corpus != "folder":
        return _ursing(data, split, mixture=corpus == "ursing-mixture")
    manifest = data / "manifest.csv"
    if is_file(manifest):
        with manifest.open(encoding="utf-8", newline="") as file:
            return [
                Row(row["file"], row["speaker"], row["source"])
                for row in csv.DictReader(file)
                if row["split"] == split
            ]
    videos = sorted(path for path in data.rglob("*") if path.suffix.lower() in VIDEO_SUFFIXES)
    return [
        Row(path.relative_to(data).as_posix(), path.parent.name, path.relative_to(data).parts[0])
        for path in videos
    ]


def _ursing(data: Path, split: str, *, mixture: bool) -> list[Row]:
    folder = data / EXCERPTS if is_folder(data / EXCERPTS) else data
    excerpts = sorted(_excerpts(folder).items())
    if not excerpts:
        raise InputError(
            data, f"does not have URSing's layout; name the folder that holds {EXCERPTS}."
        )
    train = max(1, round(len(excerpts) * _TRAIN / _EXCERPTS))
    validation = max(1, round(len(excerpts) * _VALIDATION / _EXCERPTS))
    parts = ["train"] * train + ["validation"] * validation
    parts += ["test"] * (len(excerpts) - len(parts))
    wanted = ("train", "validation") if split == "train" else (split,)
    rows = []
    for (name, files), part in zip(excerpts, parts, strict=False):
        if part not in wanted:
            continue
        kind = _MIXTURE if mixture else _VOICE
        sounds = [path for path in files if path.suffix.lower() in SOUND_SUFFIXES]
        fitting = [path for path in sounds if kind.search(path.stem)]
        videos = [path for path in files if path.suffix.lower() in VIDEO_SUFFIXES]
        if not fitting:
            which = "mixture" if mixture else "solo voice"
            raise InputError(
                videos[0],
                f"has no sound of the {which} beside it; add the sound or remove the video.",
            )
        rows.append(
            Row(
                videos[0].relative_to(data).as_posix(),
                f"ursing_{part}_{name}",
                "ursing",
                fitting[0].relative_to(data).as_posix(),
            )
        )
    return rows


def _excerpts(folder: Path) -> dict[str, list[Path]]:
    """Files of each excerpt that has a video: in a folder of its own, or alike in name."""
    groups: dict[str, list[Path]] = defaultdict(list)
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() in (*VIDEO_SUFFIXES, *SOUND_SUFFIXES):
            within = path.relative_to(folder)
            own = within.parts[0] if len(within.parts) > 1 else _bare(path.stem)
            groups[own].append(path)
    return {name: files for name, files in groups.items() if _has_video(files)}


def _has_video(files: Iterable[Path]) -> bool:
    return any(path.suffix.lower() in VIDEO_SUFFIXES for path in files)


def _bare(stem: str) -> str:
    """A file's name without what says whether it is voice, mixture or video."""
    for kind in (_VOICE, _MIXTURE, _OTHER):
        stem = kind.sub("", stem)
    return re.sub(r"[\W_]+", "_", stem).strip("_").lower()
