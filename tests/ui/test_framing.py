"""The picture in the preview's frame is the picture that is written, also as the hand moves it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import av
import clips
import cv2
import flash
import numpy as np
import pytest
from grabbed import pixels
from made_up_analysis import made_up_analysis
from PyQt6.QtCore import QPoint, QRectF, Qt
from PyQt6.QtGui import QWheelEvent
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from lipsyncer.edit import edits
from lipsyncer.edit.document import Document, HandFraming, Segment, Take
from lipsyncer.jobs import faces_of
from lipsyncer.media import conform, probe
from lipsyncer.progress import finish
from lipsyncer.render import render
from lipsyncer.render.presets import PRESETS
from lipsyncer.settings.preferences import Preferences
from lipsyncer.ui.choices.preference_store import PreferenceStore
from lipsyncer.ui.editing.framing_keys import FramingActions
from lipsyncer.ui.editing.segment_table import Column, SegmentModel
from lipsyncer.ui.editing.session import Session
from lipsyncer.ui.preview import PreviewPanel, playback_actions
from lipsyncer.ui.preview.canvas import fitted
from lipsyncer.ui.preview.overlays import frame_room
from lipsyncer.ui.preview.player import Player
from lipsyncer.ui.style import theme

RATE, SECONDS, WIDE = 25, 2.0, (640, 360)


def blots(k: int) -> clips.Image:
    """Give a picture every part of which is unlike the others, drifting with time."""
    random = np.random.default_rng(5)
    rough = random.integers(30, 230, (12, 24, 3)).astype(np.uint8)
    wide = cv2.resize(rough, (WIDE[0] + 60, WIDE[1]), interpolation=cv2.INTER_CUBIC)
    return np.ascontiguousarray(wide[:, k : k + WIDE[0]])


@pytest.fixture(autouse=True)
def small_output(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the platform ask for small pictures, which are written sooner."""
    preset = PRESETS["tiktok"]
    settings = replace(preset.settings, size=(270, 480))
    monkeypatch.setitem(PRESETS, "tiktok", replace(preset, settings=settings))


@pytest.fixture(scope="module")
def cut(tmp_path_factory: pytest.TempPathFactory) -> Document:
    folder = tmp_path_factory.mktemp("frame")
    path = clips.write_clip(
        folder / "wide.mp4", clips.even_times(RATE, SECONDS), size=WIDE, picture=blots
    )
    song = flash.make_song(folder / "song.wav", SECONDS, [1.0])
    segments = (
        Segment(0.0, 1.0, 0, 0.0, 1.0, "matched", 1.0),
        Segment(1.0, 2.0, 0, 1.0, 2.0, "matched", 1.0),
    )
    return Document(song, SECONDS, (Take(path, SECONDS),), segments)


@pytest.fixture
def session(qapp: QApplication, cut: Document, tmp_path: Path) -> Iterator[Session]:
    """Give a session whose singer walks from the left to the right."""
    theme.manager.apply("dark")
    session = Session()
    session.open(cut)
    path = cut.takes[0].path
    proxy = finish(conform(path, probe(path), cache_dir=path.parent / "cache"))
    analysis = made_up_analysis(cut, [proxy])
    steps = np.linspace(0.3, 0.6, 50) * proxy.width
    boxes = np.stack([steps, np.full(50, 0.5 * proxy.height), np.full(50, 60.0)], axis=1)
    track = replace(analysis.takes[0].track, boxes=boxes.astype(np.float32))
    session.learn(replace(analysis, takes=(replace(analysis.takes[0], track=track),)))
    yield session
    session.close()
    session.deleteLater()


@pytest.fixture
def panel(session: Session, qtbot: QtBot, tmp_path: Path) -> Iterator[PreviewPanel]:
    """Give the preview in which the picture is framed by hand for TikTok."""
    player = Player(session)
    store = PreferenceStore(Preferences(preset="tiktok"), path=tmp_path / "preferences.json")
    panel = PreviewPanel(session, player)
    qtbot.addWidget(panel)
    panel.addActions(playback_actions(session, player, panel, store, panel))
    panel.addActions(FramingActions(session, panel, panel).actions)
    panel.resize(640, 560)
    panel.show()
    qtbot.waitUntil(panel.isActiveWindow, timeout=5000)
    session.learn(session.analysis)  # type: ignore[arg-type]
    session.seek(1.5)
    qtbot.keyClick(panel, Qt.Key.Key_C)
    settled(panel, qtbot)
    yield panel
    panel.close()
    player.close()


def settled(panel: PreviewPanel, qtbot: QtBot) -> None:
    """Wait until the frame is found and the picture is there."""
    canvas = panel.canvas
    qtbot.waitUntil(lambda: canvas.finder.ready, timeout=5000)
    wish = canvas.wish_at(canvas._session.playhead)
    qtbot.waitUntil(lambda: canvas.shown == wish, timeout=5000)


def frame_of(panel: PreviewPanel) -> QRectF:
    return fitted(1080, 1920, frame_room(QRectF(panel.canvas.rect())))


def on_screen(panel: PreviewPanel) -> np.ndarray:
    """Give what the frame shows, without its edges and what is written in it."""
    frame = frame_of(panel).toAlignedRect()
    picture = pixels(panel.canvas.grab().toImage())
    inside = picture[frame.top() : frame.bottom(), frame.left() : frame.right()]
    return inside.astype(float)


def written(session: Session, target: Path, like: np.ndarray) -> np.ndarray:
    """Give the frame at 1.5 s of the file that is written, in the size of another picture."""
    document, footage = session.document, session.footage(0)
    assert document is not None
    assert footage is not None
    faces = {0: faces_of(footage.track, footage.proxy)}
    finish(render(document, target, PRESETS["tiktok"].settings, faces=faces))
    with av.open(str(target)) as container:
        frames = [frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)]
    size = (like.shape[1], like.shape[0])
    return cv2.resize(frames[37], size, interpolation=cv2.INTER_CUBIC).astype(float)


def apart(one: np.ndarray, other: np.ndarray) -> float:
    """Median difference in the lower part of the frame, where nothing is written."""
    part = slice(one.shape[0] // 4, one.shape[0] - 10)
    return float(np.median(np.abs(one[part, 10:-10] - other[part, 10:-10])))


def drag(panel: PreviewPanel, qtbot: QtBot, x: int, y: int) -> None:
    start = frame_of(panel).center().toPoint()
    qtbot.mousePress(panel.canvas, Qt.MouseButton.LeftButton, pos=start)
    for step in range(1, 6):
        qtbot.mouseMove(panel.canvas, start + QPoint(x * step // 5, y * step // 5))
    qtbot.mouseRelease(panel.canvas, Qt.MouseButton.LeftButton, pos=start + QPoint(x, y))


def turn(panel: PreviewPanel, notches: int) -> None:
    """Turn the wheel over the picture."""
    middle = frame_of(panel).center()
    for _ in range(abs(notches)):
        event = QWheelEvent(
            middle,
            middle,
            QPoint(),
            QPoint(0, 120 if notches > 0 else -120),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(panel.canvas, event)


def hand(session: Session, index: int = 1) -> HandFraming:
    assert session.document is not None
    return session.document.segments[index].framing or HandFraming()


def test_the_frame_on_the_screen_is_the_one_that_is_written(
    session: Session, panel: PreviewPanel, qtbot: QtBot, tmp_path: Path
) -> None:
    seen = on_screen(panel)
    assert apart(seen, written(session, tmp_path / "followed.mp4", seen)) < 5
    # It follows the face: a centred crop would be another picture.
    panel.canvas.finder._frames = replace(panel.canvas.finder._frames, corners=None)  # type: ignore[type-var]
    assert apart(seen, on_screen(panel)) > 8


def test_a_drag_and_the_wheel_move_the_picture_on_the_screen_and_in_the_file(
    session: Session, panel: PreviewPanel, qtbot: QtBot, tmp_path: Path
) -> None:
    before = on_screen(panel)
    turn(panel, 6)
    drag(panel, qtbot, 60, -40)
    assert hand(session).zoom == pytest.approx(1.08**6)
    assert hand(session).x < 0 < hand(session).y
    seen = on_screen(panel)
    assert apart(seen, before) > 15
    assert apart(seen, written(session, tmp_path / "moved.mp4", seen)) < 5
    assert hand(session, 0) == HandFraming()  # of the other segment nothing was said


def test_what_is_under_the_mouse_stays_under_it(
    session: Session, panel: PreviewPanel, qtbot: QtBot
) -> None:
    turn(panel, 6)
    before = on_screen(panel)
    drag(panel, qtbot, 30, 20)
    after = on_screen(panel)
    rows, columns = slice(150, -60), slice(50, -50)
    moved = np.roll(before, (20, 30), axis=(0, 1))
    assert np.median(np.abs(after[rows, columns] - moved[rows, columns])) < 4


def test_a_drag_is_one_step_of_the_history_and_ends_where_the_picture_ends(
    session: Session, panel: PreviewPanel, qtbot: QtBot
) -> None:
    drag(panel, qtbot, 2000, 0)
    assert session.undo_stack.count() == 1
    far = hand(session)
    shown = panel.canvas.finder.at(session.playhead)
    assert shown is not None
    assert shown.view.left == pytest.approx(0.0, abs=0.002)  # within a pixel
    drag(panel, qtbot, -40, 0)  # takes effect at once: nothing was dragged beyond the edge
    assert hand(session).x > far.x
    assert session.undo_stack.count() == 2
    session.undo_stack.undo()
    session.undo_stack.undo()
    assert hand(session) == HandFraming()


def test_escape_gives_a_drag_up(session: Session, panel: PreviewPanel, qtbot: QtBot) -> None:
    start = frame_of(panel).center().toPoint()
    qtbot.mousePress(panel.canvas, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(panel.canvas, start + QPoint(50, 0))
    assert hand(session) != HandFraming()
    qtbot.keyClick(panel.canvas, Qt.Key.Key_Escape)
    qtbot.mouseMove(panel.canvas, start + QPoint(80, 0))
    assert hand(session) == HandFraming()
    assert session.undo_stack.count() == 0


def test_a_double_click_has_the_picture_framed_by_itself(
    session: Session, panel: PreviewPanel, qtbot: QtBot
) -> None:
    drag(panel, qtbot, 50, 0)
    assert hand(session) != HandFraming()
    middle = frame_of(panel).center().toPoint()
    qtbot.mouseDClick(panel.canvas, Qt.MouseButton.LeftButton, pos=middle)
    assert hand(session) == HandFraming()


def test_keys_do_what_the_mouse_does(session: Session, panel: PreviewPanel, qtbot: QtBot) -> None:
    control, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
    panel.canvas.setFocus()
    qtbot.keyClick(panel.canvas, Qt.Key.Key_Plus)
    qtbot.keyClick(panel.canvas, Qt.Key.Key_Plus)
    assert hand(session).zoom == pytest.approx(1.08**2)
    qtbot.keyClick(panel.canvas, Qt.Key.Key_Minus)
    assert hand(session).zoom == pytest.approx(1.08)
    qtbot.keyClick(panel, Qt.Key.Key_Up, control | shift)
    assert hand(session).zoom == pytest.approx(1.08**2)
    qtbot.keyClick(panel, Qt.Key.Key_Left, control)
    assert hand(session).x > 0  # the picture goes left as the frame goes right
    qtbot.keyClick(panel, Qt.Key.Key_Up, control)
    assert hand(session).y > 0
    qtbot.keyClick(panel, Qt.Key.Key_C, shift)
    assert hand(session) == HandFraming()


def test_outside_of_framing_the_mouse_moves_nothing(
    session: Session, panel: PreviewPanel, qtbot: QtBot
) -> None:
    qtbot.keyClick(panel, Qt.Key.Key_C)
    drag(panel, qtbot, 60, 0)
    turn(panel, 3)
    assert hand(session) == HandFraming()


def test_a_locked_segment_says_why_it_is_not_moved(
    session: Session, panel: PreviewPanel, qtbot: QtBot
) -> None:
    session.edit("Lock", lambda document: edits.lock(document, 1))
    told: list[str] = []
    session.said.connect(lambda message: told.append(message.text))
    drag(panel, qtbot, 60, 0)
    assert hand(session) == HandFraming()
    assert len(told) == 1
    assert "unlock" in told[0]


def test_what_the_platform_covers_lies_in_the_frame_that_will_be_written(
    session: Session, panel: PreviewPanel, qtbot: QtBot
) -> None:
    qtbot.keyClick(panel, Qt.Key.Key_C)
    plain = pixels(panel.canvas.grab().toImage()).astype(float)
    qtbot.keyClick(panel, Qt.Key.Key_G)
    settled(panel, qtbot)
    covered = pixels(panel.canvas.grab().toImage()).astype(float)
    shown = panel.canvas.finder.at(session.playhead)
    assert shown is not None
    place = fitted(*WIDE, QRectF(panel.canvas.rect()))
    left = place.left() + shown.view.left * place.width()
    right = left + shown.view.width * place.width()
    rows = slice(int(place.center().y()) - 30, int(place.center().y()) + 30)
    dimmer = plain[rows].sum(axis=(0, 2)) > 1.3 * covered[rows].sum(axis=(0, 2))
    columns = np.arange(len(dimmer))
    inside = (columns > place.left() + 2) & (columns < place.right() - 2)
    outside = inside & ((columns < left - 2) | (columns > right + 2))
    assert dimmer[outside].all()
    free = (columns > left + 0.1 * (right - left)) & (columns < right - 0.2 * (right - left))
    assert not dimmer[free].any()


def test_the_table_says_what_was_framed_by_hand(
    session: Session, panel: PreviewPanel, qtbot: QtBot
) -> None:
    model = SegmentModel(session)
    turn(panel, 3)
    assert model.data(model.index(1, Column.FRAME)) == "by hand, 1.26×"
    assert model.data(model.index(0, Column.FRAME)) == ""
    session.edit("All", lambda document: edits.frame_take(document, 1))
    assert model.data(model.index(0, Column.FRAME)) == "by hand, 1.26×"


def test_a_frame_that_is_moved_is_not_searched_for_again(
    session: Session, panel: PreviewPanel, qtbot: QtBot
) -> None:
    number = panel.canvas.finder._number
    drag(panel, qtbot, 40, 0)
    turn(panel, 2)
    assert panel.canvas.finder._number == number
    session.edit("Slip", lambda document: edits.slip(document, 1, 0.2))
    assert panel.canvas.finder._number > number
    assert hand(session) != HandFraming()
