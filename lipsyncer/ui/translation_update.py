"""Bringing the translation files up to date with the sources, for whoever develops or translates.

PyQt6's own ``lupdate`` finds the sentences. What it can't find are the texts of the preferences,
which are declared in the core, where there is no Qt: they are handed to it as one more source.
"""

from __future__ import annotations

import argparse
import dataclasses
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from xml.etree import ElementTree

from PyQt6.lupdate.lupdate import lupdate

from lipsyncer.preferences import Preferences
from lipsyncer.ui.translations import LANGUAGES, Source, read, translation_path

_SOURCES = Path(__file__).resolve().parent


def main(arguments: Sequence[str] | None = None) -> int:
    """Update the files, or with ``--check`` only say what is missing; 1 where something is."""
    parser = argparse.ArgumentParser(prog="python -m lipsyncer.ui.translations")
    parser.add_argument("--check", action="store_true", help="change nothing")
    check = parser.parse_args(arguments).check
    count = 0
    for language in LANGUAGES:
        path = translation_path(language)
        if not check:
            update(path)
        for source in missing(path):
            count += 1
            print(f"{language}: {source.context}: {source.text!r}")
    print(f"{count} sentences are missing" if count else "nothing is missing")
    return 1 if count else 0


def update(path: Path) -> None:
    """Put new sentences into a translation file, unfinished, and take out those that are gone."""
    with tempfile.TemporaryDirectory() as folder:
        declared = Path(folder, "preferences.py")
        declared.write_text(_declared(), encoding="utf-8")
        sources = [str(_SOURCES), str(declared)]
        lupdate(sources, [str(path)], no_obsolete=True)  # type: ignore[no-untyped-call]
    tree = ElementTree.parse(path)
    for message in tree.getroot().iter("message"):
        for place in message.findall("location"):  # they would differ after every edit
            message.remove(place)
    ElementTree.indent(tree, " " * 4)
    text = ElementTree.tostring(tree.getroot(), encoding="unicode")
    head = '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n'
    path.write_text(f"{head}{text}\n", encoding="utf-8")


def missing(path: Path) -> list[Source]:
    """List the sentences of the sources that a translation file does not have, in order.

    The file itself stays as it is.
    """
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(shutil.copy(path, folder))
        update(copy)
        return sorted(source for source, forms in read(copy, unfinished=True).items() if not forms)


def _declared() -> str:
    """Write the texts of the preferences as a source that ``lupdate`` understands."""
    texts: dict[str, None] = {}
    for item in dataclasses.fields(Preferences):
        texts |= dict.fromkeys((item.metadata["label"], item.metadata["help"]))
        texts |= dict.fromkeys(item.metadata.get("choices", {}).values())
    lines = [f"QT_TRANSLATE_NOOP('Preferences', {text!r})" for text in texts]
    return "\n".join(lines) + "\n"
