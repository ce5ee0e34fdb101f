"""What will be burned into the video, laid over the preview's picture."""

from __future__ import annotations

import contextlib

from PIL import Image
from PyQt6.QtCore import QRectF, Qt
from PyQt6.QtGui import QImage, QPainter

from lipsyncer.diagnostics import LipsyncerError
from lipsyncer.edit.document import Document
from lipsyncer.jobs import faces_of
from lipsyncer.render.extras.burn import TITLE_SAFE, Burn, Extras, read_extras, song_times_of
from lipsyncer.render.extras.mouths import mouth_boxes
from lipsyncer.render.extras.settings import NO_EXTRAS
from lipsyncer.render.presets import PRESETS, RenderSettings
from lipsyncer.render.retime import frame_at, output_rate, plan_frames
from lipsyncer.ui.preview.overlays import platform_frame
from lipsyncer.ui.session import Session


class ExtrasOverlay:
    """Paints lyrics, countdown and watermark as the export will burn them in.

    The preview shows takes whole, so where the export crops one, what is burned in lies over the
    middle of it, as the hatching of what a platform covers does.

    Parameters
    ----------
    session
        What is shown.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._settings, self._render = NO_EXTRAS, PRESETS["master"].settings
        self._read: Extras | None = None
        self._burn: tuple[Document, float, Burn] | None = None

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

    def paint(self, painter: QPainter, place: QRectF, song_time: float) -> None:
        """Paint what lies over the frame of a song time (s).

        Parameters
        ----------
        place
            Where the take's picture was painted.
        """
        document, first = self._session.document, self._session.footage(0)
        if self._read is None or document is None or first is None:
            return
        size = self._render.size or (first.proxy.width & ~1, first.proxy.height & ~1)
        rate = output_rate(first.proxy.rate, self._render.max_rate, self._render.min_rate)
        if self._burn is None or self._burn[:2] != (document, float(rate)):
            self._burn = (document, float(rate), self._prepared(self._read, document, size))
        frame = platform_frame(place, self._render.size)
        scale = frame.width() / size[0]
        device = painter.device()
        density = device.devicePixelRatioF() if device is not None else 1.0
        for patch in self._burn[2].at(frame_at(document, rate, song_time)):
            left, top = patch.corner
            width, height = (scale * side for side in patch.picture.size)
            painter.setOpacity(patch.opacity)
            painter.drawImage(
                QRectF(frame.left() + scale * left, frame.top() + scale * top, width, height),
                _scaled(patch.picture, width * density, height * density),
            )
        painter.setOpacity(1.0)

    def _prepared(self, read: Extras, document: Document, size: tuple[int, int]) -> Burn:
        first = self._session.footage(0)
        assert first is not None
        rate = output_rate(first.proxy.rate, self._render.max_rate, self._render.min_rate)
        plan = plan_frames(document, rate)
        faces, shapes = {}, {}
        for index in {segment.take for segment in document.segments}:
            take = self._session.footage(index)
            if take is not None:
                faces[index] = faces_of(take.track, take.proxy)
                shapes[index] = (take.proxy.width, take.proxy.height)
        zone = self._render.safe_zone
        # In what the preview shows no take is cropped.
        mouths = mouth_boxes(plan, shapes, size, faces)
        margins = (zone.left, zone.top, zone.right, zone.bottom) if zone else TITLE_SAFE
        times = song_times_of(document, None, len(plan), float(rate))
        return Burn(read, self._settings, size, margins, times, float(rate), mouths)


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
