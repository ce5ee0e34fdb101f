from __future__ import annotations

from pathlib import Path

import av
import numpy as np
import pytest
import soundfile
from watched_lips import watch

from lipsyncer.demo import Demo, Jump, Truth, make_demo
from lipsyncer.diagnostics.errors import OutputError
from lipsyncer.progress import finish


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    fault = Truth(late=0.4, drift=0.01, jumps=(Jump(5.2, 0.5),))
    folder = tmp_path_factory.mktemp("demo")
    return finish(make_demo(folder, seconds=10.0, size=(256, 256), seed=8, fault=fault))


def frames_of(path: Path) -> tuple[np.ndarray, np.ndarray]:
    """Time stamps (s) and RGB pictures of a video."""
    with av.open(str(path)) as container:
        decoded = [(f.time, f.to_ndarray(format="rgb24")) for f in container.decode(video=0)]
    return np.array([time for time, _ in decoded]), np.array([rgb for _, rgb in decoded])


def best_lag(seen: np.ndarray, expected: np.ndarray, reach: int) -> int:
    """Frames by which `seen` is later than `expected`, by normalised cross-correlation."""
    inner = slice(reach, len(seen) - reach)
    score = {
        lag: np.corrcoef(seen[inner], expected[reach - lag : len(seen) - reach - lag])[0, 1]
        for lag in range(-reach, reach + 1)
    }
    return max(score, key=score.__getitem__)


def test_the_files_are_what_a_phone_and_a_studio_leave(demo: Demo) -> None:
    sound, rate = soundfile.read(demo.song_path)
    assert (sound.shape, rate) == ((441000, 2), 44100)
    with av.open(str(demo.take_path)) as container:
        video, audio = container.streams.video[0], container.streams.audio[0]
        assert (video.codec_context.name, video.average_rate) == ("h264", 30)
        assert (video.width, video.height) == (256, 256)
        assert audio.codec_context.name == "aac"
    times, _ = frames_of(demo.take_path)
    assert np.diff(times) == pytest.approx(np.full(len(times) - 1, 1 / 30), abs=1e-3)
    assert times[0] == pytest.approx(0.0, abs=1e-3)
    # From before the song's start to a second after its last moment is shown.
    assert len(times) / 30 == pytest.approx(float(demo.truth.take_time(10.0)) + 1.0, abs=0.05)


def test_the_mouth_is_late_by_exactly_the_known_fault(demo: Demo) -> None:
    times, pictures = frames_of(demo.take_path)
    seen = watch(pictures)[:, 0]
    middle = times + 0.5 / 30
    through_truth = demo.song.articulation.at(demo.truth.song_time(middle)).opening
    assert np.corrcoef(seen, through_truth)[0, 1] > 0.95
    assert abs(best_lag(seen, through_truth, 15)) <= 1
    # Each side of the jump for itself, and against the song's own clock: late by the fault.
    in_song = demo.song.articulation.at(middle).opening
    jump = round(5.45 * 30)
    for part, late in ((slice(0, jump), 0.4 + 0.03), (slice(jump + 20, None), 0.9 + 0.08)):
        assert abs(best_lag(seen[part], through_truth[part], 15)) <= 1
        assert abs(best_lag(seen[part], in_song[part], 40) - late * 30) <= 2


def test_the_camera_hears_only_the_room_unless_it_is_asked_to_hear_the_song(tmp_path: Path) -> None:
    heard: dict[str, np.ndarray] = {}
    for microphone in ("room", "song", "none"):
        made = finish(
            make_demo(
                tmp_path / microphone,
                seconds=4.0,
                size=(64, 64),
                fault=Truth(late=0.25),
                microphone=microphone,
            )
        )
        with av.open(str(made.take_path)) as container:
            if not container.streams.audio:
                continue
            pieces = [f.to_ndarray()[0] for f in container.decode(audio=0)]
        heard[microphone] = np.concatenate(pieces)
    assert set(heard) == {"room", "song"}
    song = made.song.samples.mean(axis=1)
    correlation = {}
    for microphone in ("room", "song"):
        late = heard[microphone][round(0.25 * 44100) :][: len(song)]
        spectrum = np.fft.rfft(late, 2**19) * np.conj(np.fft.rfft(song[: len(late)], 2**19))
        product = np.fft.irfft(spectrum)
        # Within 10 ms of the fault; an encoder's delay is no more than that after its edit list.
        near = np.concatenate([product[:441], product[-441:]]).max()
        correlation[microphone] = near / (np.linalg.norm(late) * np.linalg.norm(song))
    assert correlation["song"] > 0.2
    assert correlation["room"] < 0.05


def test_stopping_half_way_leaves_nothing_behind(tmp_path: Path) -> None:
    making = make_demo(tmp_path, seconds=3.0, size=(64, 64))
    shares = [next(making) for _ in range(10)]
    assert shares == sorted(shares)
    assert 0.0 < shares[0] < shares[-1] < 1.0
    making.close()
    assert list(tmp_path.iterdir()) == []


def test_a_seed_repeats_song_and_pictures(tmp_path: Path) -> None:
    one, two = (
        finish(make_demo(tmp_path / name, seconds=3.0, size=(64, 64), seed=3)) for name in "ab"
    )
    assert one.song_path.read_bytes() == two.song_path.read_bytes()
    assert np.array_equal(frames_of(one.take_path)[1], frames_of(two.take_path)[1])
    assert one.truth == two.truth


def test_a_folder_that_is_a_file_is_refused_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("not a folder", encoding="utf-8")
    with pytest.raises(OutputError, match="choose another folder"):
        finish(make_demo(tmp_path / "taken", seconds=3.0, size=(64, 64)))
