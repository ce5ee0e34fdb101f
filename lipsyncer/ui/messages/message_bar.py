"""The bar at the top of the window: what went wrong and what to do, without a dialog."""

from __future__ import annotations

from dataclasses import replace

from PyQt6.QtCore import QEvent, QObject, Qt, QTimer
from PyQt6.QtGui import QEnterEvent, QGuiApplication, QKeyEvent, QShowEvent
from PyQt6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from lipsyncer.ui.language.translations import in_language
from lipsyncer.ui.messages.message import Message
from lipsyncer.ui.style import theme
from lipsyncer.ui.style.icons import pixmap
from lipsyncer.ui.window.actions import make_action, tool_button

NOTE_MS = 6000
"""How long a note stays, unless the pointer or the keyboard is on it."""
_READING_MS = 60
"""For each character of a note, so that long ones can be read to their end."""
_MOST = 50
"""Messages that wait at most; nobody reads more, the log has them all."""
_COLOURS = {"error": "poor", "warning": "fair", "note": "selection"}


class MessageBar(QFrame):
    """Shows the newest message; those before it come back when it is put away.

    Errors and warnings stay until they are closed, by the button or with Escape. A note goes by
    itself. It is hidden where there is nothing to say.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("message bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._messages: list[Message] = []  # the newest last
        self._icon = QLabel(self)
        self._text = QLabel(self)
        self._text.setWordWrap(True)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._more = QLabel(self)
        self._more.setProperty("role", "caption")
        self._copy = QPushButton(self.tr("Copy details"), self)
        self._copy.setProperty("kind", "quiet")
        self._copy.setToolTip(self.tr("Copies what a developer needs to find the fault"))
        self._copy.clicked.connect(self._copy_details)
        close = make_action(self, self.tr("Close this message"), self.dismiss, icon="close")
        close.setToolTip(self.tr("Close this message (Esc)"))
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.M, theme.XS, theme.XS, theme.XS)
        row.setSpacing(theme.S)
        row.addWidget(self._icon)
        row.addWidget(self._text, 1)
        row.addWidget(self._more)
        row.addWidget(self._copy)
        row.addWidget(tool_button(close, self))
        self._leaving = QTimer(self)
        self._leaving.setSingleShot(True)
        self._leaving.timeout.connect(self.dismiss)
        theme.manager.changed.connect(self._dress)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._await_leaving)
        self.hide()

    # ------------------------------------------------------------------------ messages

    @property
    def message(self) -> Message | None:
        """What is shown."""
        return self._messages[-1] if self._messages else None

    @property
    def waiting(self) -> int:
        """How many more there are."""
        return max(0, len(self._messages) - 1)

    def show_message(self, message: Message) -> None:
        """Show a message before all others; one that is there already takes in its details."""
        message = replace(message, text=in_language(message.text))
        for known in self._messages:
            if (known.kind, known.text) == (message.kind, message.text):
                self._messages.remove(known)
                message = _joined(known, message)
                break
        self._messages.append(message)
        del self._messages[:-_MOST]
        self._update()

    def dismiss(self) -> None:
        """Put the message that is shown away and show the one before it."""
        if self._messages:
            self._messages.pop()
        self._update()

    def clear(self) -> None:
        """Put all of them away."""
        self._messages.clear()
        self._update()

    # ------------------------------------------------------------------------ showing

    def _update(self) -> None:
        self._leaving.stop()
        message = self.message
        if message is None:
            self._give_focus_back()
            self.hide()
            return
        self._text.setText(message.text)
        self._more.setText(self.tr("%n more", "", self.waiting))
        self._more.setVisible(self.waiting > 0)
        self._copy.setText(self.tr("Copy details"))
        self._copy.setVisible(bool(message.details))
        # A screen reader speaks an accessible name that changes.
        self.setAccessibleName(self._spoken(message))
        self._text.setAccessibleName(self._spoken(message))
        self._dress()
        self.show()
        self._await_leaving()

    def _spoken(self, message: Message) -> str:
        form = {
            "error": self.tr("Error: {text}"),
            "warning": self.tr("Warning: {text}"),
            "note": self.tr("Note: {text}"),
        }[message.kind]
        return form.format(text=message.text)

    def _dress(self) -> None:
        message = self.message
        if message is None:
            return
        colours, role = theme.theme(), _COLOURS[message.kind]
        colour = getattr(colours, role)
        self._icon.setPixmap(pixmap(message.kind, role, theme.XL - theme.S))
        self.setStyleSheet(
            f'QFrame[objectName="message bar"] {{ background: {colours.panel};'
            f" border: 1px solid {colours.border}; border-left: {theme.XS}px solid {colour};"
            f" border-radius: {theme.RADIUS_SMALL}px; }}"
        )

    def _give_focus_back(self) -> None:
        """Leave the keyboard where it can be used: not on a button that is hidden."""
        if self._has_focus():
            self.focusNextChild()

    def _copy_details(self) -> None:
        clipboard = QGuiApplication.clipboard()
        if clipboard is not None and self.message is not None:
            clipboard.setText(f"{self.message.text}\n\n{self.message.details}")
            self._copy.setText(self.tr("Copied"))

    # ------------------------------------------------------------------------ leaving

    def _await_leaving(self, *_: object) -> None:
        """Let a note leave in a while, unless it is being read."""
        message = self.message
        if message is None or message.kind != "note" or self.underMouse() or self._has_focus():
            self._leaving.stop()
        elif not self._leaving.isActive():
            self._leaving.start(NOTE_MS + _READING_MS * len(message.text))

    def _has_focus(self) -> bool:
        focus = QApplication.focusWidget()
        return focus is not None and self.isAncestorOf(focus)

    def enterEvent(self, event: QEnterEvent | None) -> None:  # noqa: N802
        """Stay while the pointer is here."""
        super().enterEvent(event)
        self._leaving.stop()

    def leaveEvent(self, event: QEvent | None) -> None:  # noqa: N802
        """Go on when the pointer leaves."""
        super().leaveEvent(event)
        self._await_leaving()

    def showEvent(self, event: QShowEvent | None) -> None:  # noqa: N802
        """Listen to the window: Escape that nobody else wanted is for the bar."""
        super().showEvent(event)
        window = self.window()
        if window is not None:
            window.removeEventFilter(self)
            window.installEventFilter(self)

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:  # noqa: N802
        """Close with the Escape that reached the window itself."""
        escape = (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Escape
        )
        if escape and self.isVisible():
            self.dismiss()
            return True
        return super().eventFilter(watched, event)


def _joined(known: Message, new: Message) -> Message:
    """Make one message of two that say the same, with the details of both."""
    details = [text for text in (known.details, new.details) if text]
    if len(details) == 2 and details[1] in details[0]:
        details.pop()
    return replace(new, details="\n\n".join(details))
