"""What a user chooses when exporting, beside the platform, kept from one time to the next."""

from __future__ import annotations

import dataclasses
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from lipsyncer.diagnostics.errors import OutputError
from lipsyncer.render import RenderSettings, SoundSettings
from lipsyncer.render.effects import NO_EFFECTS, BeforeAfter, EffectSettings
from lipsyncer.render.overlays.options import (
    Corner,
    ExtrasSettings,
    LyricsSize,
    Place,
)
from lipsyncer.render.presets import Reframe
from lipsyncer.render.transitions import Jumps, TransitionSettings
from lipsyncer.settings.limits import CAMERA_LEVEL, COUNTDOWN, FADE, WATERMARK, Limits
from lipsyncer.settings.stored import from_values, load_values, save_values

log = logging.getLogger(__name__)

_SONGS = 100
"""Songs whose lyrics are remembered."""


@dataclass(frozen=True)
class ExportChoices:
    """What the export sheet offers; by default what the command line does without options.

    Attributes
    ----------
    reframe, jumps, interpolate, turn_down, lyrics_place, lyrics_size, watermark_corner
        As the settings of the same name.
    fade_in, fade_out
        Seconds.
    camera, camera_level
        Whether the takes' own sound is laid under the song, and its level (dB).
    countdown
        Seconds; none when 0.
    watermark
        Path of a picture; none when empty.
    watermark_size, watermark_opacity
        Per cent.
    before_after, mirror, black_white
        As the settings of the same name.
    picture_fade_in, picture_fade_out
        Seconds.
    """

    reframe: Reframe = "follow"
    jumps: Jumps = "morph"
    interpolate: bool = True
    turn_down: bool = False
    fade_in: float = field(default=0.0, metadata={"limits": FADE})
    fade_out: float = field(default=0.0, metadata={"limits": FADE})
    camera: bool = False
    camera_level: int = field(default=-12, metadata={"limits": CAMERA_LEVEL})
    lyrics_place: Place = "bottom"
    lyrics_size: LyricsSize = "medium"
    countdown: int = field(default=0, metadata={"limits": Limits(0, COUNTDOWN.most)})
    watermark: str = ""
    watermark_corner: Corner = "top-right"
    watermark_size: int = field(default=18, metadata={"limits": WATERMARK})
    watermark_opacity: int = field(default=80, metadata={"limits": WATERMARK})
    before_after: BeforeAfter = "none"
    mirror: bool = False
    black_white: bool = False
    picture_fade_in: float = field(default=0.0, metadata={"limits": FADE})
    picture_fade_out: float = field(default=0.0, metadata={"limits": FADE})

    @property
    def changed(self) -> int:
        """How many of them are not as they are at first."""
        usual = ExportChoices()
        names = (item.name for item in dataclasses.fields(self))
        return sum(getattr(self, name) != getattr(usual, name) for name in names)


SOUND_CHOICES = frozenset({"turn_down", "fade_in", "fade_out", "camera", "camera_level"})


@dataclass(frozen=True)
class Kept:
    """All that is remembered of the export sheet.

    Attributes
    ----------
    choices
        Habits, for all songs.
    lyrics
        Path of the lyrics by the song's path, the song used last at the end.
    more
        Whether the choices are shown.
    """

    choices: ExportChoices = ExportChoices()
    lyrics: Mapping[str, str] = field(default_factory=dict)
    more: bool = False

    def with_lyrics(self, song: Path, lyrics: Path | None) -> Kept:
        """Remember a song's lyrics, or forget them."""
        others = {key: path for key, path in self.lyrics.items() if key != str(song.absolute())}
        if lyrics is not None:
            others[str(song.absolute())] = str(lyrics.absolute())
        return replace(self, lyrics=dict(list(others.items())[-_SONGS:]))

    def lyrics_of(self, song: Path) -> Path | None:
        """The lyrics that were chosen for a song."""
        path = self.lyrics.get(str(song.absolute()))
        return Path(path) if path is not None else None


def rendering(
    base: RenderSettings,
    choices: ExportChoices,
    lyrics: Path | None = None,
    first_word: float | None = None,
    titles: tuple[str, str] = NO_EFFECTS.titles,
) -> RenderSettings:
    """Add the choices to a platform's settings.

    Parameters
    ----------
    lyrics, first_word
        See ``ExtrasSettings``.
    titles
        See ``EffectSettings``.
    """
    return replace(
        base,
        reframe=choices.reframe,
        transitions=TransitionSettings(choices.jumps, choices.interpolate),
        sound=SoundSettings(
            fade_in=choices.fade_in,
            fade_out=choices.fade_out,
            camera=float(choices.camera_level) if choices.camera else None,
            turn_down=choices.turn_down,
        ),
        extras=ExtrasSettings(
            lyrics=lyrics,
            lyrics_place=choices.lyrics_place,
            lyrics_size=choices.lyrics_size,
            countdown=choices.countdown,
            first_word=first_word,
            watermark=Path(choices.watermark) if choices.watermark else None,
            watermark_corner=choices.watermark_corner,
            watermark_size=choices.watermark_size / 100,
            watermark_opacity=choices.watermark_opacity / 100,
        ),
        effects=EffectSettings(
            before_after=choices.before_after,
            titles=titles,
            mirror=choices.mirror,
            black_white=choices.black_white,
            fade_in=choices.picture_fade_in,
            fade_out=choices.picture_fade_out,
        ),
    )


def load_kept(path: Path) -> Kept:
    """Read what is remembered; whatever is missing or makes no sense has its default."""
    stored = load_values(path)
    songs = stored.get("lyrics")
    lyrics = songs if isinstance(songs, dict) else {}
    return Kept(
        from_values(ExportChoices, stored.get("choices")),
        {song: text for song, text in lyrics.items() if isinstance(text, str)},
        stored.get("more") is True,
    )


def save_kept(kept: Kept, path: Path) -> None:
    """Write it; what can't be kept is only noted in the log, as the export itself goes on."""
    try:
        save_values(kept, path)
    except OutputError:
        log.exception("what was chosen for exporting can't be kept")
