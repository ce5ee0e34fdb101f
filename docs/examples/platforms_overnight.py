"""Align a folder of songs and takes, and export each for three platforms.

    python docs/examples/platforms_overnight.py FOLDER OUT

FOLDER holds one folder per song, with the song and its takes. OUT gets NAME-PLATFORM.mp4 for each,
and NAME.lipsync to open in the window. What is there already is left out, so that a run that was
interrupted resumes; what can't be used is named, and the rest goes on.
"""

from __future__ import annotations

import sys
from pathlib import Path

import lipsyncer

SONGS = {".mp3", ".m4a", ".wav", ".flac", ".ogg", ".opus"}
TAKES = {".mov", ".mp4", ".mkv", ".webm"}
PLATFORMS = ("tiktok", "reels", "shorts")


def export_all(folder: Path, out: Path) -> None:
    """Align what one folder holds, and write it for every platform."""
    files = sorted(folder.iterdir())
    songs = [path for path in files if path.suffix.lower() in SONGS]
    takes = [path for path in files if path.suffix.lower() in TAKES]
    if len(songs) != 1 or not takes:
        print(f"{folder.name}: put one song and at least one take into this folder.")
        return
    project = out / f"{folder.name}.lipsync"
    if project.exists():
        cut = lipsyncer.open_project(project)
    else:
        cut = lipsyncer.align(songs[0], takes)
        cut.save(project)
    print(f"{folder.name}: {cut.summary}")
    for platform in PLATFORMS:
        target = out / f"{folder.name}-{platform}.mp4"
        if not target.exists():
            lipsyncer.export(cut, target, platform)


def main() -> None:
    """Go through all folders."""
    root, out = Path(sys.argv[1]), Path(sys.argv[2])
    out.mkdir(exist_ok=True)
    for folder in sorted(path for path in root.iterdir() if path.is_dir()):
        try:
            export_all(folder, out)
        except lipsyncer.LipsyncerError as error:
            print(f"{folder.name}: {error}")


main()
