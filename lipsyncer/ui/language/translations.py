"""The window in other languages, read from Qt's translation files as translators write them.

``assets/translations/*.ts`` are read as they are: PyQt6 brings no program that compiles them, and
a few hundred sentences are read in a moment. ``python -m lipsyncer.ui.language.translations``
brings the files up to date with the sources and says what is missing (docs/translating.md).

The core speaks English and knows nothing of Qt. Findings are worded in the language by
`finding_in_language`. Errors are translated where they are shown, by `in_language`, which finds the
sentence by its words.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

from PyQt6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QObject, QTranslator
from PyQt6.QtWidgets import QApplication

from lipsyncer.findings import Finding, Summary, sentence, summary_sentence
from lipsyncer.resources import resource

log = logging.getLogger(__name__)

LANGUAGES = ("de", "zh")
CORE = "Core"
"""Context of the sentences that come from outside of the window."""
FINDINGS = "Findings"
"""Context of the wording of findings."""
_QT_NAMES = {"de": "de", "zh": "zh_CN"}
_FORM: dict[str, Callable[[int], int]] = {
    "de": lambda n: 0 if n == 1 else 1,
    "zh": lambda n: 0,  # one form for every number
}


class Source(NamedTuple):
    """A sentence as the sources have it, and the class that says it."""

    context: str
    text: str


class Catalogue(QTranslator):
    """Sentences of one language, from a ``.ts`` file.

    Parameters
    ----------
    language
        ``"de"`` or ``"zh"``.
    path
        The file; the shipped one by default.

    Raises
    ------
    OSError, ElementTree.ParseError
        When the file can't be read.
    """

    def __init__(
        self, language: str, path: Path | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._form = _FORM[language]
        self._sentences = read(path or translation_path(language))
        # A class that inherits a sentence asks for it under its own name. Qt's classes never do:
        # their "Shift" is a key.
        self._anywhere = {source.text: forms for source, forms in self._sentences.items()}
        self._core = [
            (_pattern(source.text), forms[0])
            for source, forms in self._sentences.items()
            if source.context == CORE
        ]

    def isEmpty(self) -> bool:  # noqa: N802
        """Say whether there is anything in it; Qt leaves out translators without a word."""
        return not self._sentences

    def translate(  # type: ignore[override]  # None is no translation, which the stub forgets
        self,
        context: str | None,
        sourceText: str | None,  # noqa: N803
        disambiguation: str | None = None,
        n: int = -1,
    ) -> str | None:
        """Give a sentence in this language; None lets Qt show it as it is in the sources."""
        text = sourceText or ""
        forms = self._sentences.get(Source(context or "", text))
        if not forms and not (context or "").startswith("Q"):
            forms = self._anywhere.get(text)
        if not forms:
            return None
        return forms[min(self._form(n), len(forms) - 1)] if n >= 0 else forms[0]

    def core_sentence(self, text: str) -> str | None:
        """Give a sentence of the core in this language, with what stood in its blanks."""
        for pattern, translation in self._core:
            if found := pattern.fullmatch(text):
                return _BLANK.sub(lambda blank: found.group(blank[1]), translation)
        return None


_spoken: Catalogue | None = None


def in_language(text: str) -> str:
    """Translate a sentence of the core, such as an error's.

    A file's name in front of it, as in ``"song.mp3: this file has no sound; ..."``, stays. What is
    not known is given back as it is.
    """
    if _spoken is None:
        return text
    start = 0
    while start >= 0:
        if found := _spoken.core_sentence(text[start:]):
            return text[:start] + _like(text[start:], found)
        colon = text.find(": ", start)
        start = colon + 2 if colon >= 0 else -1
    return text


def finding_in_language(finding: Finding, take_names: Sequence[str] = ()) -> str:
    """Word a finding; see `lipsyncer.findings.sentence`."""
    return sentence(finding, take_names, partial(QCoreApplication.translate, FINDINGS))


def summary_in_language(summary: Summary) -> str:
    """Say what was done; see `lipsyncer.findings.summary_sentence`."""
    return summary_sentence(summary, partial(QCoreApplication.translate, FINDINGS))


def _like(said: str, found: str) -> str:
    """Begin and end a translation as the sentence did that was said."""
    if said[0].isupper():
        found = found[0].upper() + found[1:]
    if said.endswith(".") and not found.endswith((".", "?", "。", "？")):
        found += "。" if found[-1] > "\u2e80" else "."
    return found


def install(application: QApplication, language: str = "system") -> str:
    """Speak a language from now on.

    Parameters
    ----------
    language
        ``"en"``, one of `LANGUAGES`, or ``"system"`` for the first of the desktop's languages
        that there is.

    Returns
    -------
    str
        The language that is spoken; English where the wanted one can't be read.
    """
    global _spoken
    _spoken = None
    chosen = _of_the_desktop() if language == "system" else language
    if chosen not in LANGUAGES:
        return "en"
    try:
        catalogue = Catalogue(chosen, parent=application)
    except (OSError, ElementTree.ParseError):
        log.exception("the translation %s can't be read", chosen)
        return "en"
    # What Qt says itself: the buttons of its dialogs.
    own = QTranslator(application)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if own.load(f"qtbase_{_QT_NAMES[chosen]}", folder):
        application.installTranslator(own)
    application.installTranslator(catalogue)
    _spoken = catalogue
    return chosen


def _of_the_desktop() -> str:
    for name in QLocale.system().uiLanguages():
        language = name.split("-")[0]
        if language in (*LANGUAGES, "en"):
            return language
    return "en"


def translation_path(language: str) -> Path:
    """Path of a shipped translation."""
    return resource("assets", f"translations/lipsyncer_{language}.ts")


def read(path: Path, *, unfinished: bool = False) -> dict[Source, tuple[str, ...]]:
    """Read a translation file.

    Parameters
    ----------
    unfinished
        Whether sentences that nobody has translated yet are given too, without any forms.

    Returns
    -------
    dict
        The forms of each sentence: one, or as many as the language has for numbers.
    """
    sentences: dict[Source, tuple[str, ...]] = {}
    for context in ElementTree.parse(path).getroot().iter("context"):
        for message in context.iter("message"):
            source = Source(context.findtext("name", ""), message.findtext("source", ""))
            forms = _forms(message.find("translation"))
            if forms or unfinished:
                sentences[source] = forms
    return sentences


_BLANK = re.compile(r"\{(\w+)\}")


def _pattern(text: str) -> re.Pattern[str]:
    """Recognise a sentence with anything in its blanks, also where the window capitalised it."""
    parts = _BLANK.split(text.rstrip("."))  # words and names of blanks take turns
    words = [re.escape(part) for part in parts[::2]]
    if parts[0]:
        first = parts[0][0]
        words[0] = f"[{re.escape(first.lower() + first.upper())}]" + re.escape(parts[0][1:])
    blanks = [f"(?P<{name}>.+?)" for name in parts[1::2]]
    return re.compile("".join(w + b for w, b in zip(words, [*blanks, ""], strict=True)) + r"\.?")


def _forms(translation: ElementTree.Element | None) -> tuple[str, ...]:
    if translation is None or translation.get("type") in ("unfinished", "vanished", "obsolete"):
        return ()
    several = [form.text or "" for form in translation.iter("numerusform")]
    forms = several or [translation.text or ""]
    return tuple(forms) if all(forms) else ()


if __name__ == "__main__":
    import sys

    from lipsyncer.ui.language.translation_update import main

    sys.exit(main(sys.argv[1:]))
