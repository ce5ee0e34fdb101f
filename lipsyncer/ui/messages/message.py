"""What is said in the bar at the top of the window."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from PyQt6.QtCore import QCoreApplication

from lipsyncer.diagnostics.errors import LipsyncerError


@dataclass(frozen=True)
class Message:
    """A sentence for the bar at the top of the window.

    Attributes
    ----------
    kind
        An error stays until it is put away; a note goes by itself.
    text
        What is wrong and what to do.
    details
        For "copy details": a traceback, or nothing.
    """

    kind: Literal["error", "warning", "note"]
    text: str
    details: str = ""


def error_message(error: BaseException, details: str, keep_work: Callable[[], bool]) -> Message:
    """Say what went wrong: an error's own sentence, or that it is the program's fault.

    Parameters
    ----------
    keep_work
        Saves the work where the program is at fault, and returns whether that went well.
    """
    if isinstance(error, LipsyncerError):
        return Message("error", str(error), details)
    text = (
        QCoreApplication.translate(
            "Session",
            "Something went wrong inside Lipsyncer. Your work is saved; "
            "copy the details if you want to report it.",
        )
        if keep_work()
        else QCoreApplication.translate(
            "Session",
            "Something went wrong inside Lipsyncer, and your work could not be saved. "
            "Save the project in another place now.",
        )
    )
    return Message("error", text, details or repr(error))


def sentence(text: str) -> str:
    """Make a reason a sentence: a capital at the start, a full stop at the end."""
    text = text[:1].upper() + text[1:]
    return text if text.endswith((".", "!", "?")) else text + "."
