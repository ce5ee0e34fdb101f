"""Options of what is written: transitions, encoder, sound, and the cut for an editing program."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from lipsyncer.cli.values import within
from lipsyncer.edit.document import Document
from lipsyncer.findings import Finding, sentence
from lipsyncer.settings.limits import CAMERA_LEVEL, FADE

if TYPE_CHECKING:  # rendering takes too long to load for a mere --help
    from lipsyncer.cut.analysis import AlignedTake
    from lipsyncer.jobs import Export
    from lipsyncer.render import RenderSettings
    from lipsyncer.render.loudness import Loudness


def add_transition_options(command: argparse.ArgumentParser) -> None:
    """Let a command show cuts as they are, or hide them."""
    transitions = command.add_argument_group(
        "transitions", "how to hide jumps and slowed stretches"
    )
    transitions.add_argument(
        "--jumps",
        choices=("morph", "punch-in", "cut"),
        default="morph",
        help="how to hide a jump of 0.3 s or more within a take: a short morph where the motion "
        "can be estimated, a slightly closer picture until the next jump, or a plain cut (default: "
        "%(default)s)",
    )
    transitions.add_argument(
        "--only-filmed",
        action="store_true",
        help="show only frames that were filmed; without it, stretches slowed by more than 4 %% "
        "get interpolated frames where the motion can be estimated",
    )


def with_transitions(settings: RenderSettings, arguments: argparse.Namespace) -> RenderSettings:
    """Add how transitions are to be hidden to the settings of a render."""
    from lipsyncer.render.transitions import TransitionSettings

    transitions = TransitionSettings(arguments.jumps, interpolate=not arguments.only_filmed)
    return replace(settings, transitions=transitions)


def add_effect_options(command: argparse.ArgumentParser) -> None:
    """Let a command change the whole picture."""
    effects = command.add_argument_group("effects", "changes to the whole picture")
    effects.add_argument(
        "--before-after",
        choices=("beside", "split"),
        default="none",
        help="show the take as it was filmed too: beside the result (above it in an upright "
        "video), or in the left half of a split picture",
    )
    effects.add_argument(
        "--mirror", action="store_true", help="swap left and right, but for words and watermark"
    )
    effects.add_argument("--black-white", action="store_true", help="show the takes without colour")
    for name, way in (("in", "from"), ("out", "to")):
        effects.add_argument(
            f"--picture-fade-{name}",
            type=within(FADE),
            default=0.0,
            metavar="SECONDS",
            help=f"fade the picture {name} {way} black, {FADE.least:g} to {FADE.most:g} s",
        )


def with_effects(settings: RenderSettings, arguments: argparse.Namespace) -> RenderSettings:
    """Add the effects that were asked for to the settings of a render."""
    from lipsyncer.render.effects import EffectSettings

    effects = EffectSettings(
        before_after=arguments.before_after,
        mirror=arguments.mirror,
        black_white=arguments.black_white,
        fade_in=arguments.picture_fade_in,
        fade_out=arguments.picture_fade_out,
    )
    return replace(settings, effects=effects)


def add_encoder_option(command: argparse.ArgumentParser) -> None:
    """Let a command use the graphics card's encoder."""
    command.add_argument(
        "--encoder",
        choices=("software", "hardware"),
        default="software",
        help="encode in software with x264, which makes the smallest file, or in hardware on the "
        "graphics card if one works (default: %(default)s)",
    )


def with_encoder(settings: RenderSettings, arguments: argparse.Namespace) -> RenderSettings:
    """Add the encoder that was asked for to the settings of a render."""
    return replace(settings, encoder=arguments.encoder)


def say_warnings(exported: Export, person: TextIO) -> None:
    """Say what went otherwise than asked for."""
    for finding in exported.findings:
        print(f"warning: {sentence(finding)}", file=person)


def add_sound_options(command: argparse.ArgumentParser) -> None:
    """Let a command fade, turn down, and lay the camera's sound under the song."""
    sound = command.add_argument_group("sound", "changes to the song's sound")
    sound.add_argument(
        "--fade-in",
        type=within(FADE),
        default=0.0,
        metavar="SECONDS",
        help=f"fade the sound in, {FADE.least:g} to {FADE.most:g} s",
    )
    sound.add_argument(
        "--fade-out",
        type=within(FADE),
        default=0.0,
        metavar="SECONDS",
        help=f"fade the sound out, {FADE.least:g} to {FADE.most:g} s",
    )
    sound.add_argument(
        "--turn-down",
        action="store_true",
        help="turn a louder song down to -14 LUFS and -1 dBTP, the level at which platforms play; "
        "never up",
    )
    sound.add_argument(
        "--camera-sound",
        type=within(CAMERA_LEVEL),
        metavar="DB",
        help="mix in the take's own sound, breaths and room, at this level, for example -12",
    )


def with_sound(settings: RenderSettings, arguments: argparse.Namespace) -> RenderSettings:
    """Add the sound that was asked for to the settings of a render."""
    from lipsyncer.render import SoundSettings

    sound = SoundSettings(
        fade_in=arguments.fade_in,
        fade_out=arguments.fade_out,
        camera=arguments.camera_sound,
        turn_down=arguments.turn_down,
    )
    return replace(settings, sound=sound)


def say_loudness(loudness: Loudness) -> None:
    """Print how loud the output is, in one line."""
    print(f"sound: {loudness}")


def add_handoff_option(command: argparse.ArgumentParser) -> None:
    """Let a command that writes a video write the cut too."""
    command.add_argument(
        "--otio",
        type=Path,
        metavar="FILE",
        help="also write the cut on the original footage for an editing program: .otio, .fcpxml "
        "(Final Cut Pro), .xml (Premiere) or .edl",
    )


def check_otio(target: Path | None, others: Sequence[Path]) -> None:
    """Refuse a cut that can't be written, before any work is done for it.

    Parameters
    ----------
    others
        Files of this run that must not be lost.

    Raises
    ------
    OutputError
        When the ending is none that can be written, or the place can't be written to.
    """
    if target is None:
        return
    from lipsyncer.handoff import check_handoff
    from lipsyncer.jobs import check_place

    check_handoff(target)
    check_place(target, others)


def write_otio(
    target: Path | None,
    document: Document,
    findings: Sequence[Finding] | None = None,
    fitted: Document | None = None,
    takes: Sequence[AlignedTake] = (),
) -> None:
    """Write the cut where it was asked for, and say so, as ``write_handoff`` does.

    Raises
    ------
    OutputError
        When it can't be written.
    """
    if target is None:
        return
    from lipsyncer.handoff import write_handoff

    written = write_handoff(document, target, findings, fitted, takes)
    beside = "" if written.song is None else f" (and the song as {written.song.name})"
    print(f"{written.path}: the cut for an editing program{beside}.")
