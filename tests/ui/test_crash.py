"""Unexpected exceptions: nothing aborts, the user is told once, and the log has it."""

from __future__ import annotations

import logging
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PyQt6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from lipsyncer.diagnostics.errors import InputError
from lipsyncer.ui.editing.session import Session
from lipsyncer.ui.messages.crash import CrashReporter
from lipsyncer.ui.messages.message import Message


@pytest.fixture
def said(plain_session: Session) -> list[Message]:
    messages: list[Message] = []
    plain_session.said.connect(messages.append)
    return messages


@pytest.fixture
def reporter(plain_session: Session) -> Iterator[CrashReporter]:
    reporter = CrashReporter(plain_session)
    reporter.install()
    yield reporter
    reporter.uninstall()


def fail(text: str = "the lid is off") -> None:
    raise ZeroDivisionError(text)


def catch(reporter: CrashReporter, text: str = "the lid is off") -> None:
    try:
        fail(text)
    except ZeroDivisionError as error:
        reporter.catch(type(error), error, error.__traceback__)


def test_the_message_has_the_traceback_and_the_versions(
    reporter: CrashReporter, said: list[Message], qtbot: QtBot
) -> None:
    catch(reporter)
    qtbot.waitUntil(lambda: bool(said))
    assert said[0].kind == "error" and "Your work is saved" in said[0].text
    assert "ZeroDivisionError: the lid is off" in said[0].details
    assert "Python 3." in said[0].details and "torch" in said[0].details


def test_a_fault_that_repeats_is_told_once(
    reporter: CrashReporter, said: list[Message], qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        for number in range(120):
            catch(reporter, f"frame {number}")
    qtbot.waitUntil(lambda: bool(said))
    qtbot.wait(20)
    assert len(said) == 1
    assert len(caplog.records) == 3  # the 1st with its traceback, the 10th, the 100th


def test_another_fault_is_told_too(
    reporter: CrashReporter, said: list[Message], qtbot: QtBot
) -> None:
    catch(reporter)
    try:
        raise KeyError("another place")
    except KeyError as error:
        reporter.catch(type(error), error, error.__traceback__)
    qtbot.waitUntil(lambda: len(said) == 2)


def test_an_exception_of_another_thread_is_told_on_the_gui_thread(
    reporter: CrashReporter, plain_session: Session, qtbot: QtBot
) -> None:
    threads: list[threading.Thread] = []
    plain_session.said.connect(lambda _: threads.append(threading.current_thread()))
    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: bool(threads))
    assert threads == [threading.main_thread()]


@pytest.mark.parametrize("goes_well", [True, False])
def test_the_work_is_saved_first_and_said_to_be_only_if_it_is(
    reporter: CrashReporter, plain_session: Session, qtbot: QtBot, goes_well: bool
) -> None:
    order: list[str] = []

    def keep() -> bool:
        order.append("save")
        return goes_well

    plain_session.keep_work = keep
    plain_session.said.connect(lambda message: order.append(message.text))
    catch(reporter)
    qtbot.waitUntil(lambda: len(order) == 2)
    assert order[0] == "save"
    assert ("Your work is saved" in order[1]) == goes_well
    assert ("could not be saved" in order[1]) != goes_well


def test_a_sentence_that_nobody_caught_is_shown_as_it_is(
    reporter: CrashReporter, said: list[Message], qtbot: QtBot
) -> None:
    error = InputError("song.mp3", "holds no sound; choose another file.")
    reporter.catch(type(error), error, None)
    qtbot.waitUntil(lambda: bool(said))
    assert said[0].text == "song.mp3: holds no sound; choose another file."


def test_the_hooks_of_others_come_back(plain_session: Session) -> None:
    before = (sys.excepthook, threading.excepthook, sys.unraisablehook)
    reporter = CrashReporter(plain_session)
    reporter.install()
    assert sys.excepthook != before[0]
    reporter.uninstall()
    assert (sys.excepthook, threading.excepthook, sys.unraisablehook) == before


PROGRAM = """
from lipsyncer.__main__ import prepare_for_qt
prepare_for_qt()
from PyQt6.QtCore import QTimer
from PyQt6.QtWidgets import QApplication
from lipsyncer.ui.messages import crash
from lipsyncer.ui.editing.session import Session

application = QApplication([])
session = Session()
crash.install(session)
session.said.connect(lambda message: print("said", message.kind))
QTimer.singleShot(0, lambda: 1 / 0)
QTimer.singleShot(200, application.quit)
print("ended with", application.exec())
"""


def test_an_exception_in_a_slot_does_not_end_the_program() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.split("\n")[:2] == ["said error", "ended with 0"]


FATAL = """
import faulthandler, sys
from pathlib import Path
from lipsyncer.__main__ import prepare_for_qt
prepare_for_qt()
from PyQt6.QtWidgets import QApplication
from lipsyncer.diagnostics.log import logging_to
from lipsyncer.ui.messages import crash
from lipsyncer.ui.editing.session import Session

with logging_to(Path(sys.argv[1])):
    application = QApplication([])
    crash.install(Session())
    def the_last_thing_done():
        faulthandler._sigabrt()
    the_last_thing_done()
"""


def test_where_a_library_ends_the_process_the_log_says_what_was_done(tmp_path: Path) -> None:
    log = tmp_path / "lipsyncer.log"
    done = subprocess.run(
        [sys.executable, "-c", FATAL, str(log)], capture_output=True, timeout=60, check=False
    )
    assert done.returncode != 0
    assert "the_last_thing_done" in log.read_text(encoding="utf-8")


def test_an_exception_in_a_slot_reaches_the_bar(
    reporter: CrashReporter, said: list[Message], qtbot: QtBot
) -> None:
    with qtbot.captureExceptions():
        reporter.install()  # above the hook that pytest-qt has just put in
        QTimer.singleShot(0, fail)
        qtbot.waitUntil(lambda: bool(said))
    assert "ZeroDivisionError" in said[0].details
