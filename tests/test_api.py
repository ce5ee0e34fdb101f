"""What scripts use: a cut as a moviepy clip, exported, written and saved."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import av
import clips
import flash
import numpy as np
import phone
import pytest
from av.video.reformatter import Colorspace
from moviepy import ColorClip, CompositeVideoClip, clips_array, vfx
from PIL import Image

import lipsyncer
from lipsyncer.edit import edits
from lipsyncer.edit.document import Document, Segment, Take
from lipsyncer.media import probe, read_audio, require_take
from lipsyncer.progress import finish
from lipsyncer.project import Project
from lipsyncer.render import render
from lipsyncer.render.check import check
from lipsyncer.render.presets import DEFAULT, PRESETS, RenderSettings
from lipsyncer.settings.export_choices import ExportChoices, rendering

NEARLY_LOSSLESS = replace(DEFAULT, crf=1.0)

IMPORT = """
import sys, time
began = time.perf_counter()
import lipsyncer
print(time.perf_counter() - began)
heavy = {"torch", "numpy", "PyQt6", "cv2", "av", "moviepy", "librosa"}
print(sorted(heavy & {name.partition(".")[0] for name in sys.modules}))
print(callable(lipsyncer.align), lipsyncer.Cut.__name__)
"""


def gradient(k: int) -> np.ndarray:
    """Colours that change over the picture and with every frame, with the frame's number."""
    rows, columns = np.mgrid[0:96, 0:128]
    picture = np.stack([rows * 2 + k, columns + 3 * k, 200 - rows + k], axis=2) % 160 + 48
    picture = np.where(picture > 128, 256 - picture, picture).astype(np.uint8)
    picture[24:72, 32:96] = clips.coded_frame(k, (64, 48))
    return picture


@pytest.fixture
def cut(tmp_path: Path) -> lipsyncer.Cut:
    """Give a cut of two takes: one slowed, with a jump in it and a part framed by hand."""
    first = clips.write_clip(tmp_path / "a.mp4", clips.even_times(25, 4), picture=gradient)
    second = clips.write_clip(tmp_path / "b.mp4", clips.even_times(25, 4), size=(96, 128))
    song = flash.make_song(tmp_path / "song.wav", 4.0, [1.0, 2.5])
    segments = (
        Segment(0.5, 1.5, 0, 0.2, 1.1, "matched", 0.9),
        Segment(1.5, 2.0, 0, 2.0, 2.5, "matched", 0.9),
        Segment(2.0, 3.0, 1, 1.0, 2.0, "matched", 0.4),
        Segment(3.0, 3.5, 0, 3.0, 3.5, "gap", 0.0),
    )
    document = Document(song, 4.0, (Take(first, 4.0), Take(second, 4.0)), segments)
    return lipsyncer.Cut(Project(edits.reframe(document, 3, 0.05, 0.0, 1.2)))


def written(cut: lipsyncer.Cut, settings: RenderSettings = NEARLY_LOSSLESS) -> list[np.ndarray]:
    """Give the frames of the file that the renderer writes."""
    target = cut.document.song.with_name("written.mp4")
    finish(render(cut.document, target, settings))
    return decoded(target)


def decoded(path: Path) -> list[np.ndarray]:
    """Give a file's frames as a player shows them; PyAV heeds no tag by itself."""
    with av.open(str(path)) as container:
        return [
            frame.reformat(
                format="rgb24", src_colorspace=Colorspace.ITU709, dst_colorspace=Colorspace.DEFAULT
            ).to_ndarray()
            for frame in container.decode(video=0)
        ]


def psnr(one: np.ndarray, other: np.ndarray) -> float:
    """Peak signal-to-noise ratio (dB)."""
    error = np.mean((one.astype(float) - other.astype(float)) ** 2)
    return float(10 * np.log10(255**2 / max(error, 1e-9)))


def moments(clip: Any, count: int = 200) -> Iterator[tuple[int, float]]:
    """Give frame numbers and times within these frames, in no order."""
    rng = np.random.default_rng(3)
    for number in rng.integers(0, round(clip.duration * clip.fps), count):
        yield int(number), (number + rng.uniform(0.0, 0.99)) / clip.fps


def failed(path: Path, preset: str) -> list[str]:
    return [line.name for line in check(path, PRESETS[preset]) if not line.passed]


def test_the_import_is_quick_and_loads_nothing_heavy() -> None:
    results = [
        subprocess.run([sys.executable, "-c", IMPORT], capture_output=True, text=True, check=True)
        for _ in range(3)
    ]
    lines = [result.stdout.splitlines() for result in results]
    assert min(float(seconds) for seconds, *_ in lines) < 0.2
    assert [rest for _, *rest in lines] == [["[]", "True Cut"]] * 3


def test_every_public_name_is_there() -> None:
    assert all(hasattr(lipsyncer, name) for name in lipsyncer.__all__)
    assert set(lipsyncer.__all__) <= set(dir(lipsyncer))
    assert (Path(lipsyncer.__file__).parent / "py.typed").is_file()


def test_a_clip_shows_what_the_renderer_writes(cut: lipsyncer.Cut) -> None:
    frames = written(cut)
    with cut.clip() as clip:
        assert (clip.size, clip.fps, clip.duration) == ((128, 96), 25, 3.0)
        assert len(frames) == 75
        ratios = [psnr(clip.get_frame(time), frames[number]) for number, time in moments(clip)]
    assert min(ratios) > 45


@pytest.mark.parametrize("reframe", ["centre", "blur", "black"])
def test_a_clip_of_another_size_and_rate_is_framed_as_the_renderer_does(
    cut: lipsyncer.Cut, reframe: Any
) -> None:
    settings = replace(
        NEARLY_LOSSLESS, size=(72, 128), reframe=reframe, min_rate=30.0, max_rate=30.0
    )
    frames = written(cut, settings)
    with cut.clip((72, 128), 30, reframe=reframe) as clip:
        assert (clip.size, clip.fps) == ((72, 128), 30)
        ratios = [psnr(clip.get_frame(time), frames[number]) for number, time in moments(clip)]
    assert min(ratios) > 45


@pytest.mark.parametrize(
    "choices",
    [
        {},
        {"mirror": True, "picture_fade_out": 1.0},
        {"before_after": "split", "black_white": True},
        {"before_after": "beside"},
    ],
    ids=str,
)
def test_a_clip_shows_lyrics_watermark_and_effects_as_they_are_written(
    cut: lipsyncer.Cut, tmp_path: Path, choices: dict[str, Any]
) -> None:
    mark, words = tmp_path / "mark.png", tmp_path / "song.lrc"
    Image.new("RGBA", (40, 20), (250, 250, 60, 255)).save(mark)
    words.write_text("[00:01.00]La\n[00:03.00]\n", "utf-8")
    chosen = ExportChoices(watermark=str(mark), watermark_size=30, lyrics_size="large", **choices)
    frames = written(cut, rendering(NEARLY_LOSSLESS, chosen, words))
    with cut.clip(
        lyrics=words, watermark=str(mark), watermark_size=30, lyrics_size="large", **choices
    ) as clip:
        ratios = [psnr(clip.get_frame(time), frames[number]) for number, time in moments(clip, 30)]
    bare = written(cut)
    # Letters have edges of colour, of which a file has half the pixels.
    assert min(ratios) > 25 and np.median(ratios) > 30
    if not choices:
        assert (np.abs(frames[40].astype(int) - bare[40]).max(axis=2) > 40).sum() > 100


def test_a_clip_of_a_turned_variable_rate_take_shows_the_frame_of_each_moment(
    tmp_path: Path,
) -> None:
    times = [k / 25 for k in range(25)] + [1 + k / 5 for k in range(5)]
    times += [2 + k / 60 for k in range(60)]

    def lying(index: int) -> np.ndarray:
        return np.rot90(clips.coded_frame(index, (96, 128)), -1).copy()

    stored = clips.write_clip(tmp_path / "stored.mp4", times, picture=lying)
    take = clips.remux(stored, tmp_path / "turned.mp4", "-display_rotation", "90")
    song = flash.make_song(tmp_path / "song.wav", 3.0, [1.0])
    segment = Segment(0.0, 3.0, 0, 0.0, 3.0, "matched", 1.0)
    cut = lipsyncer.Cut(Project(Document(song, 3.0, (Take(take, 3.0),), (segment,))))
    frames = written(cut)
    with cut.clip() as clip:
        assert clip.size == (96, 128)
        for number, time in moments(clip):
            picture = clip.get_frame(time)
            shown = (number + 0.5) / clip.fps
            on_screen = int(np.searchsorted(times, shown + 6e-4, "right")) - 1
            assert clips.read_code(picture) == on_screen
            assert psnr(picture, frames[number]) > 45


def test_colours_are_as_filmed_in_interpolated_pictures_too(tmp_path: Path) -> None:
    red = np.full((96, 128, 3), (200, 60, 60), np.uint8)
    take = clips.write_clip(tmp_path / "take.mp4", clips.even_times(25, 2), picture=lambda k: red)
    song = flash.make_song(tmp_path / "song.wav", 3.0, [1.0])
    segments = (
        Segment(0.0, 1.0, 0, 0.0, 1.0, "matched", 1.0),
        Segment(1.0, 3.0, 0, 1.0, 1.9, "matched", 1.0),
    )
    cut = lipsyncer.Cut(Project(Document(song, 3.0, (Take(take, 2.0),), segments)))
    for size in (None, (96, 96)):
        with cut.clip(size, reframe="black") as clip:
            for time in (0.5, 1.5, 1.54):
                np.testing.assert_allclose(clip.get_frame(time)[48, 48], (200, 60, 60), atol=4)


def test_a_clip_sounds_like_the_song_sample_by_sample(cut: lipsyncer.Cut) -> None:
    song = read_audio(cut.document.song, rate=48_000, mono=False)
    with cut.clip() as clip:
        heard = clip.audio.to_soundarray(np.arange(3 * 48_000) / 48_000)
    np.testing.assert_array_equal(heard[1000:-1000], song[24_000 + 1000 : 168_000 - 1000])


def test_a_clip_takes_effects_and_composes(cut: lipsyncer.Cut) -> None:
    clip = cut.clip()
    plain = clip.get_frame(2.0)
    mirrored = clip.with_effects([vfx.MirrorX()])
    np.testing.assert_array_equal(mirrored.get_frame(2.0), plain[:, ::-1])
    later = CompositeVideoClip([ColorClip((128, 96), (0, 0, 0), duration=4), clip.with_start(1)])
    np.testing.assert_array_equal(later.get_frame(3.0), plain)
    part = clip.subclipped(1.0, 2.5)
    np.testing.assert_array_equal(part.get_frame(1.0), plain)
    clip.close()


def open_files() -> set[str]:
    return {str(path.resolve()) for path in Path("/proc/self/fd").iterdir()}


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="open files are listed on Linux")
def test_closing_a_clip_closes_the_takes_until_a_frame_is_asked_for(cut: lipsyncer.Cut) -> None:
    paths = {str(take.path.resolve()) for take in cut.document.takes}
    clip = cut.clip()
    assert not paths & open_files()  # cheap to make
    before = [clip.get_frame(time) for time in (0.1, 2.0)]
    assert paths <= open_files()
    clip.close()
    assert not paths & open_files()
    np.testing.assert_array_equal(clip.get_frame(2.0), before[1])
    clip.close()


def test_two_clips_side_by_side_are_written_as_platforms_want_them(
    cut: lipsyncer.Cut, tmp_path: Path
) -> None:
    told: list[float] = []
    with cut.clip() as left, cut.clip() as right:
        both = clips_array([[left, right.with_effects([vfx.BlackAndWhite()])]])
        target = tmp_path / "both.mp4"
        assert lipsyncer.write(both, target, progress=lambda p: told.append(p.share)) == target
        expected = both.get_frame(1.99)
    assert failed(target, "master") == []
    assert (told[0], told[-1]) == (0.0, 1.0)
    frames = decoded(target)
    assert len(frames) == 75
    assert psnr(frames[49], expected) > 30
    heard = flash.seen_and_heard(target, ignore_edit_lists=True)[1]
    np.testing.assert_allclose(heard, [0.5, 2.0], atol=0.001)


def test_a_clip_is_laid_whole_into_the_size_of_a_platform(tmp_path: Path) -> None:
    clip = ColorClip((128, 96), (200, 60, 60), duration=3.2).with_fps(30000 / 1001)
    target = lipsyncer.write(clip, tmp_path / "reel.mp4", preset="reels")
    assert failed(target, "reels") == []
    video = require_take(probe(target))
    assert video.rate == pytest.approx(30000 / 1001, abs=1e-9)
    frame = decoded(target)[0]
    assert frame[100, 540].max() < 20
    np.testing.assert_allclose(frame[960, 540], [200, 60, 60], atol=4)


def test_an_odd_size_loses_a_row_and_the_sound_is_resampled(tmp_path: Path) -> None:
    from moviepy.audio.AudioClip import AudioArrayClip

    samples = np.repeat(clips.clicks([1.0, 2.0], 3.0, 44_100)[:, np.newaxis], 2, axis=1)
    clip = ColorClip((129, 97), (30, 90, 200), duration=3.0).with_fps(25)
    clip = clip.with_audio(AudioArrayClip(samples, fps=44_100))
    target = lipsyncer.write(clip, tmp_path / "odd.mp4")
    assert failed(target, "master") == []
    assert (require_take(probe(target)).width, require_take(probe(target)).height) == (128, 96)
    heard = read_audio(target, rate=48_000)
    found = clips.click_times(heard, 48_000, [1.0, 2.0])
    np.testing.assert_allclose(found, [1.0, 2.0], atol=1e-4)


def test_an_export_is_for_the_platform_and_of_the_part(cut: lipsyncer.Cut, tmp_path: Path) -> None:
    target = lipsyncer.export(cut, tmp_path / "feed.mp4", "feed", (1.0, 3.0), reframe="black")
    info = probe(target)
    video = require_take(info)
    assert (video.width, video.height) == (1080, 1350)
    assert video.duration == pytest.approx(2.0, abs=0.01)
    heard = flash.seen_and_heard(target, ignore_edit_lists=True)[1]
    np.testing.assert_allclose(heard[-1], 1.5, atol=0.001)


def test_a_project_comes_back_as_it_was_saved(cut: lipsyncer.Cut, tmp_path: Path) -> None:
    path = tmp_path / "dance.lipsync"
    cut.save(path)
    opened = lipsyncer.open_project(str(path))
    assert opened.document == cut.document
    assert opened.analysis is None
    assert opened.confidence == pytest.approx((0.9 * 1.5 + 0.4) / 2.5)
    assert [finding.span for finding in opened.findings] == [(2.0, 3.0)]
    assert opened.summary == (
        "The cut switches 2 times between 2 takes; there is one place left to look at."
    )
    with closing(opened.clip()) as ours, closing(cut.clip()) as theirs:
        np.testing.assert_array_equal(ours.get_frame(1.0), theirs.get_frame(1.0))


def test_a_notebook_shows_the_timeline(cut: lipsyncer.Cut) -> None:
    from xml.etree import ElementTree

    page = ElementTree.fromstring(cut._repr_html_())
    titles = [title.text or "" for title in page.iter("{http://www.w3.org/2000/svg}title")]
    assert len(titles) == 4
    assert titles[2] == "2.00 to 3.00 s: b.mp4 from 1.00 s, confidence 40%"
    assert "Confidence 70%" in (page.findtext("p") or "")
    bars = [g[2] for g in page.iter("{http://www.w3.org/2000/svg}g")]
    assert [float(bar.get("width", "")) for bar in bars] == [162.0, 81.0, 72.0, 0.0]


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        (lambda cut: lipsyncer.align(cut.document.song, []), "name at least one video"),
        (lambda cut: lipsyncer.align("none.mp3", "none.mov"), "there is no such file"),
        (lambda cut: lipsyncer.align("a", "b", tightness="firm"), "one of loose, relaxed"),  # type: ignore[arg-type]
        (lambda cut: lipsyncer.align("a", "b", max_stretch=3), "between 0 and 0.5"),
        (lambda cut: lipsyncer.align("a", "b", prefer_take=1), "index of the 1 takes"),
        (lambda cut: lipsyncer.open_project("none.lipsync"), "there is no such project"),
        (lambda cut: cut.clip((127, 96)), "two even numbers"),
        (lambda cut: cut.clip(fps=0), "between 1 and 240"),
        (lambda cut: cut.clip(jumps="leap"), "jumps is one of"),
        (lambda cut: cut.clip(fade_in=2), "takes no fade_in"),
        (lambda cut: cut.clip(mirrored=True), "no choice mirrored"),
        (lambda cut: lipsyncer.export(cut, "x.mp4", before_after="above"), "one of none, beside"),
        (lambda cut: cut.part(10.0, 12.0), "part from 10 to 12 s"),
        (lambda cut: lipsyncer.export(cut, "x.mp4", "vine"), "preset is one of tiktok"),
        (lambda cut: lipsyncer.export(cut, "x.mp4", fade=2), "no choice fade"),
        (lambda cut: lipsyncer.export(cut, "x.avi"), "ends in .mp4"),
        (lambda cut: lipsyncer.write(cut.clip().with_fps(None), "x.mp4"), "has no fps"),
    ],
)
def test_what_cannot_be_done_is_refused_in_a_sentence(
    cut: lipsyncer.Cut, ask: Any, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(lipsyncer.LipsyncerError, match=said):
        ask(cut)
    assert not list(tmp_path.glob("x.*"))


def test_an_edited_cut_is_summed_up_anew(cut: lipsyncer.Cut) -> None:
    assert cut.part(0.5, 1.8).summary.startswith("The cut shows one of 2 takes throughout")


def test_a_take_with_its_own_sound_is_shown_against_it(tmp_path: Path) -> None:
    kind = next(kind for kind in phone.TAKES if kind.name == "H.264, 24 to 60 fps, variable")
    filmed = kind.make(tmp_path, 3)
    cut = lipsyncer.Cut(Project(phone.document_of(filmed.path)))
    with cut.clip(fps=60) as clip:
        target = lipsyncer.write(clip, tmp_path / "out.mp4")
    assert phone.errors(target, filmed.times, by_ffmpeg=False).max() < 0.018
