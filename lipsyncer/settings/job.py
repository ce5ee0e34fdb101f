"""What a user may choose, declared once: name, type, default and help text."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from lipsyncer.alignment import AlignSettings
from lipsyncer.render import DEFAULT, RenderSettings

SyncSource = Literal["lips", "sound", "both"]
"""What says which moment of a take belongs to which of the song."""

Attempts = Literal["all", "best"]
"""Which attempts of a recording may be shown."""

Gaps = Literal["close", "keep"]
"""What becomes of lips that move though nobody sings."""


@dataclass(frozen=True)
class Settings:
    """Choices that reach the jobs from the command line or the window."""

    cache_dir: Path | None = field(
        default=None,
        metadata={"help": "where prepared pictures are kept; None: the user's cache folder"},
    )
    weights: Path | None = field(
        default=None,
        metadata={"help": "the network that watches; None: the one that is shipped"},
    )
    align: AlignSettings = field(
        default=AlignSettings(),
        metadata={"help": "how freely a take's time may be bent"},
    )
    sync_source: SyncSource = field(
        default="both",
        metadata={
            "help": "what says which moment of the song a take shows: its lips, its own sound, or "
            "the lips near where the sound says"
        },
    )
    prefer_take: int | None = field(
        default=None,
        metadata={"help": "index of the take that is shown wherever it fits nearly as well"},
    )
    attempts: Attempts = field(
        default="all",
        metadata={"help": "which attempts of a recording are cut together: all, or the best alone"},
    )
    turn: int | None = field(
        default=None,
        metadata={
            "help": "degrees clockwise by which the takes' pictures are turned; None: so that the "
            "face is upright"
        },
    )
    retime: Literal["picture", "song"] = field(
        default="picture",
        metadata={"help": "what is moved: the picture to the song, or the song to the picture"},
    )
    gaps: Gaps = field(
        default="close",
        metadata={"help": "whether a closed mouth is shown where lips move though nobody sings"},
    )
    damaged_source: Literal["deliver", "refuse"] = field(
        default="deliver",
        metadata={"help": "what becomes of a take whose picture can't be decoded in places"},
    )
    render: RenderSettings = field(
        default=DEFAULT,
        metadata={"help": "how the output is encoded"},
    )
