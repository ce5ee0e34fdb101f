"""The window in other languages: every sentence is there, whole, and shown."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PyQt6.QtCore import QCoreApplication, QLocale, QObject, QTranslator
from PyQt6.QtGui import QKeySequence
from PyQt6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from lipsyncer.diagnostics.errors import InputError
from lipsyncer.findings import WORDING, Finding, FindingKind, sentence
from lipsyncer.media.probe import probe
from lipsyncer.settings.preferences import Preferences
from lipsyncer.ui.choices.preference_store import PreferenceStore
from lipsyncer.ui.choices.settings_dialog import SettingsDialog
from lipsyncer.ui.language import translations
from lipsyncer.ui.language.translation_update import core_sentences, main, missing, update
from lipsyncer.ui.language.translations import (
    LANGUAGES,
    Catalogue,
    Source,
    finding_in_language,
    in_language,
    read,
    translation_path,
)
from lipsyncer.ui.messages.message import Message
from lipsyncer.ui.messages.message_bar import MessageBar

SMALL = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE" sourcelanguage="en_GB">
  <context>
    <name>Bar</name>
    <message><source>Close</source><translation>Schließen</translation></message>
    <message><source>Open</source><translation type="unfinished"/></message>
    <message numerus="yes"><source>%n takes</source><translation>
      <numerusform>%n Aufnahme</numerusform><numerusform>%n Aufnahmen</numerusform>
    </translation></message>
  </context>
</TS>
"""


@pytest.fixture
def small(tmp_path: Path) -> Path:
    path = tmp_path / "small.ts"
    path.write_text(SMALL, encoding="utf-8")
    return path


@pytest.fixture
def speaking(qapp: QApplication) -> Iterator[list[QTranslator]]:
    """Collect the translators that a test puts in, and take them out after it."""
    before = set(qapp.findChildren(QTranslator))
    installed: list[QTranslator] = []
    yield installed
    for translator in (*installed, *set(qapp.findChildren(QTranslator)) - before):
        qapp.removeTranslator(translator)


class Bar(QObject):
    pass


class DerivedBar(Bar):
    pass


def test_a_sentence_is_shown_in_the_language(
    qapp: QApplication, small: Path, speaking: list[QTranslator]
) -> None:
    assert Bar().tr("Close") == "Close"
    speaking.append(Catalogue("de", small))
    qapp.installTranslator(speaking[0])
    assert Bar().tr("Close") == "Schließen"
    assert QCoreApplication.translate("Bar", "Close") == "Schließen"


def test_what_nobody_translated_stays_as_it_is(
    qapp: QApplication, small: Path, speaking: list[QTranslator]
) -> None:
    speaking.append(Catalogue("de", small))
    qapp.installTranslator(speaking[0])
    assert Bar().tr("Open") == "Open"
    assert Bar().tr("Never seen") == "Never seen"


def test_a_derived_class_speaks_with_the_words_of_its_base(
    qapp: QApplication, small: Path, speaking: list[QTranslator]
) -> None:
    speaking.append(Catalogue("de", small))
    qapp.installTranslator(speaking[0])
    assert DerivedBar().tr("Close") == "Schließen"


def test_qt_s_own_words_are_left_to_qt(qapp: QApplication, speaking: list[QTranslator]) -> None:
    translations.install(qapp, "de")
    assert Source("SegmentModel", "Shift") in read(translation_path("de"))
    keys = QKeySequence("Ctrl+Shift+O").toString(QKeySequence.SequenceFormat.NativeText)
    assert keys == "Strg+Umschalt+O"


def test_numbers_have_their_forms(
    qapp: QApplication, small: Path, speaking: list[QTranslator]
) -> None:
    speaking.append(Catalogue("de", small))
    qapp.installTranslator(speaking[0])
    assert [Bar().tr("%n takes", "", n) for n in (0, 1, 2)] == [
        *("0 Aufnahmen", "1 Aufnahme", "2 Aufnahmen")
    ]


@pytest.mark.parametrize(
    ("language", "theme", "close"), [("de", "Aussehen", "Schließen"), ("zh", "外观", "关闭")]
)
def test_a_dialog_speaks_the_language_and_so_do_qt_s_own_buttons(
    qapp: QApplication,
    qtbot: QtBot,
    speaking: list[QTranslator],
    tmp_path: Path,
    language: str,
    theme: str,
    close: str,
) -> None:
    assert translations.install(qapp, language) == language
    dialog = SettingsDialog(PreferenceStore(Preferences(), path=tmp_path / "preferences.json"))
    qtbot.addWidget(dialog)
    assert theme in [label.text() for label in dialog.findChildren(QLabel)]
    assert close in [button.text().replace("&", "") for button in _buttons(dialog)]


def _buttons(dialog: SettingsDialog) -> list[QPushButton]:
    return list(dialog.findChildren(QPushButton))


@pytest.mark.parametrize(
    ("wishes", "spoken"),
    [(["fr-FR", "de-AT"], "de"), (["zh-Hans-CN"], "zh"), (["en-GB", "de"], "en"), (["fr"], "en")],
)
def test_the_desktop_s_languages_are_followed(
    qapp: QApplication,
    speaking: list[QTranslator],
    monkeypatch: pytest.MonkeyPatch,
    wishes: list[str],
    spoken: str,
) -> None:
    class System:
        def uiLanguages(self) -> list[str]:  # noqa: N802
            return wishes

    monkeypatch.setattr(QLocale, "system", System)
    assert translations.install(qapp, "system") == spoken


def test_a_damaged_file_leaves_english(
    qapp: QApplication, speaking: list[QTranslator], monkeypatch: pytest.MonkeyPatch, small: Path
) -> None:
    small.write_text(SMALL[:200], encoding="utf-8")
    monkeypatch.setattr(translations, "translation_path", lambda language: small)
    assert translations.install(qapp, "de") == "en"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_of_the_window_is_translated(language: str) -> None:
    assert missing(translation_path(language)) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_has_the_same_blanks_as_its_source(language: str) -> None:
    blank = re.compile(r"\{\w*\}|%n")
    for source, forms in read(translation_path(language)).items():
        for form in forms:
            assert set(blank.findall(form)) == set(blank.findall(source.text)), source
            assert form.endswith("…") == source.text.endswith("…"), source
            assert ("&" in form) == ("&" in source.text), source


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        (
            "song.mp3: this file has no sound; choose another file.",
            "song.mp3: diese Datei hat keinen Ton; wähle eine andere.",
        ),
        (
            "a: b: the file is empty; copy or record it again.",
            "a: b: die Datei ist leer; kopiere oder filme sie noch einmal.",
        ),
        (
            "There is no segment to split at 3.5 s.",
            "Bei 3.5 s gibt es keinen Abschnitt zum Teilen.",
        ),
        (
            "a.mp4: its picture can't be decoded from 1.0 s to 2.5 s; copy the file again from the "
            "camera, or let the rest be delivered.",
            "a.mp4: das Bild lässt sich von 1.0 s bis 2.5 s nicht dekodieren; kopiere die Datei "
            "noch einmal von der Kamera, oder lass den Rest ausgeben.",
        ),
        ("Nobody knows this sentence.", "Nobody knows this sentence."),
    ],
)
def test_what_the_core_says_is_translated_where_it_is_shown(
    qapp: QApplication, qtbot: QtBot, speaking: list[QTranslator], said: str, shown: str
) -> None:
    translations.install(qapp, "de")
    bar = MessageBar()
    qtbot.addWidget(bar)
    bar.show_message(Message("error", said))
    assert bar.message is not None
    assert bar.message.text == shown
    translations.install(qapp, "en")
    assert in_language(said) == said


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_finding_is_worded_in_the_language_with_its_numbers(
    qapp: QApplication, speaking: list[QTranslator], language: str
) -> None:
    findings = [Finding(kind, 1, (1.04, 2.5), (7.0, 8.25), 40) for kind in FindingKind]
    names = ["a.mp4", "b.mp4"]
    english = [finding_in_language(finding, names) for finding in findings]
    assert english == [sentence(finding, names) for finding in findings]
    translations.install(qapp, language)
    number = re.compile(r"\d+(?:\.\d+)?")
    for finding, said in zip(findings, english, strict=True):
        translated = finding_in_language(finding, names)
        assert translated != said
        assert translated.startswith("b.mp4: ")
        assert sorted(number.findall(translated)) == sorted(number.findall(said))


def test_findings_are_not_among_the_sentences_found_by_their_shape() -> None:
    assert not core_sentences() & set(WORDING.values())
    for language in LANGUAGES:
        sources = {source.text: source.context for source in read(translation_path(language))}
        assert {sources[text] for text in WORDING.values()} == {"Findings"}


def test_the_core_s_own_errors_are_among_its_sentences(tmp_path: Path) -> None:
    (tmp_path / "empty.mp4").touch()
    with pytest.raises(InputError) as error:
        probe(tmp_path / "empty.mp4")
    assert error.value.problem in core_sentences()


def test_updating_finds_what_is_new_and_keeps_what_was_done(tmp_path: Path) -> None:
    path = Path(shutil.copy(translation_path("de"), tmp_path / "de.ts"))
    before = path.read_text(encoding="utf-8")
    done = Source("MessageBar", "Copy details")
    assert done in read(path)
    text = before.replace("<source>Copy details</source>", "<source>Gone</source>", 1)
    path.write_text(text, encoding="utf-8")
    assert done in missing(path)
    update(path)
    sentences = read(path, unfinished=True)
    assert sentences[done] == () and Source("MessageBar", "Gone") not in sentences
    assert "<location" not in path.read_text(encoding="utf-8")


def test_the_command_says_what_is_missing(
    tmp_path: Path, small: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(
        "lipsyncer.ui.language.translation_update.translation_path", lambda _: small
    )
    assert main(["--check"]) == 1
    assert "de: MessageBar: 'Copy details'" in capsys.readouterr().out
    assert small.read_text(encoding="utf-8") == SMALL
