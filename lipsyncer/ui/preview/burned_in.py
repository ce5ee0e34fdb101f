"""What will be burned into the video, laid over the preview's picture."""

from __future__ import annotations

import contextlib

from PIL import Image
from PyQt6.QtCore import QObject, QRectF, Qt, pyqtSignal
from PyQt6.QtGui import QImage, QPainter

from lipsyncer.diagnostics.errors import LipsyncerError
from lipsyncer.edit.document import Document
from lipsyncer.jobs import faces_of
from lipsyncer.render.overlays.burn import TITLE_SAFE, Burn, Extras, read_extras, song_times_of
from lipsyncer.render.overlays.mouth_avoidance import mouth_boxes
from lipsyncer.render.overlays.options import NO_EXTRAS
from lipsyncer.render.presets import PRESETS, RenderSettings
from lipsyncer.render.retime import frame_at, plan_frames
from lipsyncer.ui.editing.session import Session
from lipsyncer.ui.preview.effect_painting import mirrored_in
from lipsyncer.ui.preview.output_frame import FrameFinder, Frames
from lipsyncer.ui.preview.overlays import frame_in


class ExtrasOverlay(QObject):
    """Paints lyrics, countdown and watermark as the export will burn them in.

    Parameters
    ----------
    session
        What is shown.

    Attributes
    ----------
    changed
        They stand elsewhere now.
    """

    changed = pyqtSignal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._settings, self._render = NO_EXTRAS, PRESETS["master"].settings
        self._read: Extras | None = None
        self._finder = FrameFinder(session, self)
        self._finder.found.connect(self.changed)
        self._burn: tuple[Document, Frames, Burn] | None = None

    def show(self, render: RenderSettings) -> None:
        """Paint what an export with these settings would burn in, from now on.

        Nothing where a file can't be used; the export sheet, where it was chosen, says why.
        """
        if render == self._render:
            return
        if render.extras != self._settings:
            self._settings, self._read = render.extras, None
            if render.extras != NO_EXTRAS:
                with contextlib.suppress(LipsyncerError):
                    self._read = read_extras(render.extras)
        self._render, self._burn = render, None
        self._finder.show(render if self._read is not None else None)

    def close(self) -> None:
        """End the thread that finds the frame."""
        self._finder.close()

    def paint(self, painter: QPainter, place: QRectF, song_time: float) -> None:
        """Paint what lies over the frame of a song time (s).

        Parameters
        ----------
        place
            Where the take's picture was painted; mirrored, if it is.
        """
        document, frames = self._session.document, self._finder.frames
        shown = self._finder.at(song_time)
        if self._read is None or document is None or frames is None or shown is None:
            return
        if self._burn is None or self._burn[0] != document or self._burn[1] is not frames:
            self._burn = (document, frames, self._prepared(self._read, document, frames))
        frame = frame_in(place, shown.view)
        if self._render.effects.mirror:
            frame = mirrored_in(frame, place)
        scale = frame.width() / frames.size[0]
        device = painter.device()
        density = device.devicePixelRatioF() if device is not None else 1.0
        for patch in self._burn[2].at(frame_at(document, frames.rate, song_time)):
            left, top = patch.corner
            width, height = (scale * side for side in patch.picture.size)
            painter.setOpacity(patch.opacity)
            painter.drawImage(
                QRectF(frame.left() + scale * left, frame.top() + scale * top, width, height),
                _scaled(patch.picture, width * density, height * density),
            )
        painter.setOpacity(1.0)

    def _prepared(self, read: Extras, document: Document, frames: Frames) -> Burn:
        plan = plan_frames(document, frames.rate)
        mouths = None
        if frames.corners is not None and len(frames.corners) == len(plan) and read.lines:
            faces = {
                index: faces_of(take.track, take.proxy)
                for index in frames.shapes
                if (take := self._session.footage(index)) is not None
            }
            mouths = mouth_boxes(
                plan, frames.shapes, frames.size, frames.framing, faces, frames.corners
            )
            if self._render.effects.mirror:
                mouths[:, [0, 2]] = frames.size[0] - mouths[:, [2, 0]]
        zone = self._render.safe_zone
        margins = (zone.left, zone.top, zone.right, zone.bottom) if zone else TITLE_SAFE
        times = song_times_of(document, None, len(plan), float(frames.rate))
        return Burn(read, self._settings, frames.size, margins, times, float(frames.rate), mouths)


def _scaled(picture: Image.Image, width: float, height: float) -> QImage:
    """Bring a picture to the screen's pixels; a painter alone would skip some of the picture's."""
    image = QImage(
        picture.tobytes(),
        picture.width,
        picture.height,
        4 * picture.width,
        QImage.Format.Format_RGBA8888,
    )
    return image.scaled(
        max(1, round(width)),
        max(1, round(height)),
        transformMode=Qt.TransformationMode.SmoothTransformation,
    )
