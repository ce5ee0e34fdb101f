"""Files on disk: what they hold, their frames at true time stamps, their sound."""

from lipsyncer.media.audio import is_silent, mono_mix, read_audio
from lipsyncer.media.conform import conform
from lipsyncer.media.frames import FrameReader, proxy_frames
from lipsyncer.media.probe import (
    AudioInfo,
    MediaInfo,
    VideoInfo,
    probe,
    probe_take,
    require_song,
    require_take,
)
from lipsyncer.media.proxy import Proxy

__all__ = [
    "AudioInfo",
    "FrameReader",
    "MediaInfo",
    "Proxy",
    "VideoInfo",
    "conform",
    "is_silent",
    "mono_mix",
    "probe",
    "probe_take",
    "proxy_frames",
    "read_audio",
    "require_song",
    "require_take",
]
