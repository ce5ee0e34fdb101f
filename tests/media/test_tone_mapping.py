"""Skin and whites filmed in high dynamic range look as they did, with the tags of what they are."""

from __future__ import annotations

from pathlib import Path

import clips
import cv2
import flash
import numpy as np
import pytest

from lipsyncer.edit.document import Document, Segment, Take
from lipsyncer.media import FrameReader, conform, probe
from lipsyncer.media.delivery import measure
from lipsyncer.progress import finish
from lipsyncer.render import render

SKIN = {
    "pale": (233, 196, 174),
    "light": (198, 150, 125),
    "brown": (141, 96, 72),
    "dark": (84, 54, 42),
}
TO_BT2020 = np.array(  # ITU-R BT.2087
    [[0.6274, 0.3293, 0.0433], [0.0691, 0.9195, 0.0114], [0.0164, 0.0880, 0.8956]]
)
LUMA = np.array([0.2627, 0.6780, 0.0593])
HLG = "arib-std-b67"


def hlg(light: np.ndarray) -> np.ndarray:
    """HLG signal of light (cd/m2) on a display of 1000 cd/m2 (ITU-R BT.2100)."""
    scene = light / 1000 * (light @ LUMA / 1000) ** (1 / 1.2 - 1)
    bright = 0.17883277 * np.log(np.maximum(12 * scene - 0.28466892, 1e-9)) + 0.55991073
    return np.where(scene <= 1 / 12, np.sqrt(3 * scene), bright)


def pq(light: np.ndarray) -> np.ndarray:
    """PQ signal of light (cd/m2) (SMPTE ST 2084)."""
    power = (light / 10_000) ** 0.1593017578125
    return ((0.8359375 + 18.8515625 * power) / (1 + 18.6875 * power)) ** 78.84375


def filmed(path: Path, colour: tuple[int, int, int], transfer: str) -> Path:
    """Film one colour of a standard screen, whose white shines with 203 cd/m2 (ITU-R BT.2408)."""
    light = TO_BT2020 @ (203 * (np.array(colour) / 255) ** 2.4)
    signal = hlg(light) if transfer == HLG else pq(light)
    luma = float(LUMA @ signal)
    colours = ((signal[2] - luma) / 1.8814, (signal[0] - luma) / 1.4746)
    planes = [round(64 + 876 * luma), *(round(512 + 896 * float(c)) for c in colours)]
    params = f"log-level=error:lossless=1:transfer={transfer}:colorprim=bt2020:colormatrix=bt2020nc"
    return clips.write_clip(
        path,
        clips.even_times(25, 1.2),
        codec="libx265",
        pixel_format="yuv420p10le",
        planes=planes,
        options={"preset": "ultrafast", "x265-params": params},
    )


def lab(rgb: np.ndarray) -> np.ndarray:
    pixel = (np.array(rgb, np.float32) / 255).reshape(1, 1, 3)
    return cv2.cvtColor(pixel, cv2.COLOR_RGB2LAB)[0, 0]


@pytest.mark.parametrize("transfer", [HLG, "smpte2084"])
@pytest.mark.parametrize("skin", SKIN)
def test_skin_keeps_its_colour(tmp_path: Path, skin: str, transfer: str) -> None:
    path = filmed(tmp_path / "take.mov", SKIN[skin], transfer)
    with FrameReader(path) as reader:
        after = lab(reader.frame_at(0.5)[40, 60])
    before = lab(np.array(SKIN[skin]))
    turned = np.degrees(np.arctan2(after[2], after[1]) - np.arctan2(before[2], before[1]))
    assert abs(turned) < 3  # degrees of hue
    assert np.hypot(*after[1:]) == pytest.approx(np.hypot(*before[1:]), abs=3)
    # Bright skin may be a little darker, as highlights need room above it.
    assert -6 < after[0] - before[0] < 1.5


@pytest.mark.parametrize("transfer", [HLG, "smpte2084"])
def test_what_is_written_is_the_standard_range_it_says_it_is(tmp_path: Path, transfer: str) -> None:
    path = filmed(tmp_path / "take.mov", SKIN["light"], transfer)
    song = flash.make_song(tmp_path / "song.wav", 1.2, [0.5])
    segment = Segment(0.0, 1.2, 0, 0.0, 1.2, "matched", 1.0)
    document = Document(song, 1.2, (Take(path, 1.2),), (segment,))
    written = finish(render(document, tmp_path / "out.mp4")).path
    facts = measure(written)
    assert (facts.colour, facts.colour_range) == ("bt709", "limited")
    assert facts.video is not None
    assert (facts.video.pixel_format, facts.video.hdr) == ("yuv420p", None)
    proxy = finish(conform(path, probe(path), cache_dir=tmp_path / "cache"))
    for other in (written, proxy.path):
        with FrameReader(path) as one, FrameReader(other) as two:
            difference = one.frame_at(0.5)[40, 60].astype(int) - two.frame_at(0.5)[40, 60]
        assert np.abs(difference).max() <= 4
