"""Bringing the translation files up to date with the sources, for whoever develops or translates.

PyQt6's own ``lupdate`` finds the sentences of the window. What it can't find is what the core says,
where there is no Qt: the texts of the preferences, the wording of findings, and the sentences of
errors. They are handed to it as one more source.
"""

from __future__ import annotations

import argparse
import ast
import dataclasses
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from xml.etree import ElementTree

from PyQt6.lupdate.lupdate import lupdate

from lipsyncer.findings import SUMMARY_WORDING, WORDING
from lipsyncer.render.presets import PRESETS
from lipsyncer.settings.preferences import Preferences
from lipsyncer.ui.language.translations import (
    CORE,
    FINDINGS,
    LANGUAGES,
    Source,
    read,
    translation_path,
)

_SOURCES = Path(__file__).resolve().parents[1]
_NOT_IN_THE_WINDOW = ("api", "ui", "cli", "findings", "network", "training", "__main__.py")
"""Parts of the package whose sentences are for others, or are found by other means."""
_WORDS = 4
"""Words of which a sentence has at least as many; less is a name or a key."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Update the files, or with ``--check`` only say what is missing; 1 where something is."""
    parser = argparse.ArgumentParser(prog="python -m lipsyncer.ui.language.translations")
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
        declared = Path(folder, "core.py")
        declared.write_text("\n".join(_declared()), encoding="utf-8")
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


def _declared() -> Iterator[str]:
    """Write what the core says as a source that ``lupdate`` understands."""
    texts: dict[str, None] = {}
    for item in dataclasses.fields(Preferences):
        texts |= dict.fromkeys((item.metadata["label"], item.metadata["help"]))
        texts |= dict.fromkeys(item.metadata.get("choices", {}).values())
    for text in texts:
        yield f"QT_TRANSLATE_NOOP('Preferences', {text!r})"
    for text in (*WORDING.values(), *SUMMARY_WORDING):
        yield f"QT_TRANSLATE_NOOP({FINDINGS!r}, {text!r})"
    platforms = {text for one in PRESETS.values() for text in (one.name, one.description)}
    for text in sorted((core_sentences() | platforms) - texts.keys()):
        yield f"QT_TRANSLATE_NOOP({CORE!r}, {text!r})"


def core_sentences() -> set[str]:
    """Find what the core says to a person: texts that end as a sentence does, and reasons.

    A reason is what an edit that can't be made raises, ``ValueError("the ...")``. What is put into
    a text when the program runs stands as a ``{blank}``.
    """
    package = _SOURCES.parent
    found = set()
    for path in package.rglob("*.py"):
        if path.relative_to(package).parts[0] in _NOT_IN_THE_WINDOW:
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        unsaid = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        unsaid |= {id(n) for f in ast.walk(tree) if isinstance(f, ast.JoinedStr) for n in f.values}
        reasons = (
            set(map(id, _reasons(tree)))
            if path.stem in ("edits", "realign", "closed_rest")
            else set()
        )
        for node in ast.walk(tree):
            text = _text(node)
            if id(node) in unsaid or len(text.split()) < _WORDS:
                continue
            if text.endswith((".", "?")) or id(node) in reasons:
                found.add(text)
    return found


def _reasons(tree: ast.AST) -> Iterator[ast.expr]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
            yield from node.exc.args


def _text(node: ast.AST) -> str:
    """Give the text of a literal, with names for what is filled in; nothing for other nodes."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    if not isinstance(node, ast.JoinedStr):
        return ""
    text = ""
    for number, part in enumerate(node.values):
        if isinstance(part, ast.FormattedValue):
            value = part.value
            name = value.id if isinstance(value, ast.Name) else f"value{number}"
            text += f"{{{name}}}"
        elif isinstance(part, ast.Constant):
            text += str(part.value)
    return text
