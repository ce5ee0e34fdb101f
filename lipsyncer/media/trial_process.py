"""The process in which files are read first: it may crash, and knows nothing but PyAV.

Run as a script, it reads a path (JSON) from each line of its input, reads that file once, and
answers with a line: "ok", or "memory" where that ran out.
"""

from __future__ import annotations

import contextlib
import json
import signal
import sys

import av

_OF_OTHER_FILES = {
    *("concat", "dash", "hls", "imf", "rtp", "rtsp", "sap", "sdp", "vobsub"),
    *("webm_dash_manifest", "tty"),
}
"""Formats that name other files or places to read, and the one by which FFmpeg shows any text."""


def container_options() -> dict[str, str]:
    """Options of FFmpeg with which a file is all that is read."""
    formats = ",".join(sorted(av.formats_available - _OF_OTHER_FILES))
    # A picture is one picture, and its name no pattern for the names of a sequence.
    return {"protocol_whitelist": "file", "format_whitelist": formats, "pattern_type": "none"}


def read(path: str) -> str:
    """Demux a file once, and decode the beginning of each stream."""
    try:
        with av.open(
            f"file:{path}", metadata_errors="replace", container_options=container_options()
        ) as container:
            streams = [*container.streams.video, *container.streams.audio]
            known = {s.index for s in streams if s.codec_context is not None}
            undecoded = dict.fromkeys(known, 3)
            for stream in streams:
                if stream.index in known:
                    # Each thread reserves address space, which the limit counts as memory.
                    stream.codec_context.thread_count = 1
            most = 2 * max(container.size, 0) + 2**20
            size = 0
            packets = container.demux([s for s in streams if s.index in known])
            for count, packet in enumerate(packets, start=1):
                size += packet.size
                # A file that is read in a circle hands out more than it holds.
                if count > most or size > most:
                    break
                index = packet.stream.index
                if undecoded.get(index):
                    undecoded[index] -= 1
                    with contextlib.suppress(av.FFmpegError):
                        packet.decode()
    except MemoryError:
        return "memory"
    except Exception:  # the program that asked says what is wrong in its own words
        return "ok"
    return "ok"


def main() -> None:
    """Answer each line of the input, within the seconds and bytes of memory named as arguments."""
    seconds, memory = int(sys.argv[1]), int(sys.argv[2])
    try:
        import resource
    except ImportError:  # Windows
        pass
    else:
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    for line in sys.stdin:
        if hasattr(signal, "alarm"):
            signal.alarm(seconds)  # also where the program that asked has gone
        print(read(json.loads(line)), flush=True)
        if hasattr(signal, "alarm"):
            signal.alarm(0)


if __name__ == "__main__":
    main()
