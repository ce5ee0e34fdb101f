"""Playback by keys, menus and buttons."""

from __future__ import annotations

from functools import partial

from PyQt6.QtCore import QEvent, QObject, Qt
from PyQt6.QtGui import QAction, QActionGroup, QKeyEvent
from PyQt6.QtWidgets import QApplication

from lipsyncer.ui.choices.preference_store import PreferenceStore
from lipsyncer.ui.editing.session import Session
from lipsyncer.ui.preview.delay_dialog import DelayTest
from lipsyncer.ui.preview.panel import PreviewPanel
from lipsyncer.ui.preview.playback_audio import Choice
from lipsyncer.ui.preview.player import Player
from lipsyncer.ui.style import theme
from lipsyncer.ui.style.once import open_once
from lipsyncer.ui.window.actions import make_action, with_icon


def playback_actions(
    session: Session,
    player: Player,
    panel: PreviewPanel,
    store: PreferenceStore,
    parent: QObject,
) -> list[QAction]:
    """Make the actions of the Play menu and put the main ones below the picture."""
    controls = Controls(session, player, panel, store, parent)
    return controls.actions


class Controls(QObject):
    """The actions, and what they do.

    Parameters
    ----------
    session, player, panel
        What they move, play and show.
    store
        Knows the platform, and how late the sound is.
    """

    def __init__(
        self,
        session: Session,
        player: Player,
        panel: PreviewPanel,
        store: PreferenceStore,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._session, self._player, self._panel = session, player, panel
        self._store = store
        self._play = make_action(self, self.tr("&Play"), player.toggle, "Space", icon="play")
        back = make_action(
            self, self.tr("One frame &back"), partial(player.step, -1), ",", icon="previous"
        )
        on = make_action(self, self.tr("One frame &on"), partial(player.step, 1), ".", icon="next")
        self._loop = make_action(
            self,
            self.tr("&Loop the segment"),
            self._toggle_loop,
            "Ctrl+I",
            icon="loop",
            tip=self.tr("I and O set the ends of any loop; Shift and the mouse on the song too"),
            checkable=True,
        )
        self._compare = make_action(
            self,
            self.tr("&Before and after"),
            self._toggle_compare,
            "B",
            icon="compare",
            tip=self.tr("What you filmed beside the result"),
            checkable=True,
        )
        self._compare.setObjectName("compare")
        self._raw = make_action(
            self, self.tr("Befo&re alone"), self._toggle_raw, "Shift+B", checkable=True
        )
        self._peek = make_action(
            self,
            self.tr("Hold to see it before"),
            partial(panel.canvas.peek, True),
            "H",
            tip=self.tr("What you filmed in place of the result, as long as the key is down"),
        )
        self._peek.setAutoRepeat(False)
        self._face = make_action(
            self,
            self.tr("&Watched mouth"),
            self._toggle_face,
            "F",
            icon="face",
            tip=self.tr("Where the lips were seen and how sure this segment is"),
            checkable=True,
        )
        self._close_up = make_action(
            self,
            self.tr("Mouth close-&up"),
            self._toggle_close_up,
            "E",
            icon="mouth",
            tip=self.tr("The mouth, large, beside the voice of the same instant"),
            checkable=True,
        )
        self._safe_zone = make_action(
            self,
            self.tr("What the &platform covers"),
            self._show_platform,
            "G",
            tip=self.tr("Where the platform you export for lays its buttons over the picture"),
            checkable=True,
        )
        self._frame = make_action(
            self,
            self.tr("Frame by &hand"),
            self._show_platform,
            "C",
            icon="frame",
            tip=self.tr(
                "Shows the picture as the platform will: drag it, scroll to zoom, "
                "double-click to frame it automatically"
            ),
            checkable=True,
        )
        self._delay_test = make_action(
            self,
            self.tr("Test the sound &delay…"),
            self._test_delay,
            tip=self.tr("For Bluetooth: find out how late your headphones or loudspeaker play"),
        )
        self.actions = [
            self._play,
            make_action(self, self.tr("Play back&wards"), partial(player.shuttle, -1), "J"),
            make_action(self, self.tr("&Stop"), player.pause, "K"),
            make_action(self, self.tr("Play, then &faster"), partial(player.shuttle, 1), "L"),
            back,
            on,
            make_action(self, self.tr("To the start"), self._to_start, "Home"),
            make_action(self, self.tr("To the end"), self._to_end, "End"),
            self._loop,
            make_action(self, self.tr("Loop starts here"), self._loop_in, "I"),
            make_action(self, self.tr("Loop ends here"), self._loop_out, "O"),
            self._compare,
            self._raw,
            self._peek,
            self._face,
            self._close_up,
            self._safe_zone,
            self._frame,
            *self._sound_actions(),
            self._delay_test,
        ]
        panel.add_buttons(
            [
                self._loop,
                back,
                self._play,
                on,
                self._compare,
                self._face,
                self._close_up,
                self._frame,
            ]
        )
        player.state_changed.connect(self._show_state)
        session.loop_changed.connect(self._show_state)
        session.opened.connect(self._enable)
        theme.manager.changed.connect(self._show_state)
        store.changed.connect(self._show_platform)
        application = QApplication.instance()
        if application is not None:
            application.installEventFilter(self)
        self._enable()

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:  # noqa: N802
        """End the look at the raw take when its key is let go."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyRelease
            and event.key() == Qt.Key.Key_H
            and not event.isAutoRepeat()
        ):
            self._panel.canvas.peek(False)
        return False

    def _sound_actions(self) -> list[QAction]:
        group = QActionGroup(self)
        choices: list[tuple[Choice, str]] = [
            ("song", self.tr("Hear the &song")),
            ("camera", self.tr("Hear the &camera")),
            ("both", self.tr("Hear b&oth")),
        ]
        actions = []
        for choice, text in choices:
            action = make_action(
                self, text, partial(self._player.set_sound, choice), checkable=True
            )
            action.setChecked(choice == self._player.sound)
            group.addAction(action)
            actions.append(action)
        return actions

    def _enable(self) -> None:
        for action in self.actions:
            action.setEnabled(self._session.document is not None)
        self._delay_test.setEnabled(True)

    def _show_state(self) -> None:
        with_icon(self._play, "pause" if self._player.playing else "play")
        self._play.setText(self.tr("&Pause") if self._player.playing else self.tr("&Play"))
        self._loop.setChecked(self._session.loop is not None)

    def _toggle_loop(self) -> None:
        document = self._session.document
        if self._session.loop is not None or document is None:
            self._session.set_loop(None)
        else:
            index = self._session.selected
            if index < 0:
                index = document.index_at(self._session.playhead)
            segment = document.segments[index]
            self._session.set_loop((segment.song_start, segment.song_end))
        self._show_state()

    def _loop_in(self) -> None:
        document = self._session.document
        if document is not None:
            end = self._session.loop[1] if self._session.loop else document.span[1]
            start = self._session.playhead
            self._session.set_loop((start, end if end > start else document.span[1]))

    def _loop_out(self) -> None:
        document = self._session.document
        if document is not None:
            start = self._session.loop[0] if self._session.loop else document.span[0]
            end = self._session.playhead
            self._session.set_loop((start if start < end else document.span[0], end))

    def _to_start(self) -> None:
        if self._session.document is not None:
            self._session.seek(self._session.document.span[0])

    def _to_end(self) -> None:
        if self._session.document is not None:
            self._session.seek(self._session.document.span[1])

    def _toggle_compare(self) -> None:
        self._raw.setChecked(False)
        self._panel.canvas.set_mode("both" if self._compare.isChecked() else "after")

    def _toggle_raw(self) -> None:
        self._compare.setChecked(False)
        self._panel.canvas.set_mode("before" if self._raw.isChecked() else "after")

    def _toggle_face(self) -> None:
        self._panel.canvas.set_face(self._face.isChecked())

    def _toggle_close_up(self) -> None:
        self._panel.canvas.set_close_up(self._close_up.isChecked())

    def _show_platform(self) -> None:
        self._panel.canvas.set_platform(
            self._store.preferences.preset,
            covered=self._safe_zone.isChecked(),
            framing=self._frame.isChecked(),
        )

    def _test_delay(self) -> None:
        self._player.pause()
        window = self._panel.window()
        open_once(DelayTest, lambda: DelayTest(self._store, window), window)
