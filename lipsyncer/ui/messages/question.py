"""Questions that a user answers before anything happens."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PyQt6.QtWidgets import QAbstractButton, QMessageBox, QWidget


def ask(
    parent: QWidget, text: str, detail: str, answers: Mapping[str, Callable[[], object]]
) -> QMessageBox:
    """Ask without blocking; besides the answers there is Cancel, which does nothing.

    Parameters
    ----------
    answers
        What each button does, by its label; the first one is the default.
    """
    box = QMessageBox(parent)
    box.setWindowTitle("Lipsyncer")
    box.setText(text)
    box.setInformativeText(detail)
    box.setIcon(QMessageBox.Icon.Question)
    actions: dict[QAbstractButton | None, Callable[[], object]] = {
        box.addButton(label, QMessageBox.ButtonRole.AcceptRole): action
        for label, action in answers.items()
    }
    box.addButton(QMessageBox.StandardButton.Cancel)

    def answer(_: int) -> None:
        action = actions.get(box.clickedButton())
        box.deleteLater()
        if action is not None:
            action()

    box.finished.connect(answer)
    box.open()
    return box
