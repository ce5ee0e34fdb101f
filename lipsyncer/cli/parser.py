"""What can be typed: the commands, their arguments and their help."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TypeAlias

from lipsyncer import __version__
from lipsyncer.cli.analysis_options import (
    add_damage_option,
    add_gaps_option,
    add_retime_option,
    add_sync_source_option,
)
from lipsyncer.cli.output_options import (
    add_effect_options,
    add_encoder_option,
    add_handoff_option,
    add_sound_options,
    add_transition_options,
)
from lipsyncer.cli.overlay_options import add_overlay_options
from lipsyncer.cli.values import (
    BASELINES,
    CONDITIONS,
    CORPORA,
    DEFAULT_CONDITIONS,
    PLATFORMS,
    TIGHTNESSES,
    at_least,
    baseline_file,
    conditions,
    per_cent,
    pin,
    seconds,
)
from lipsyncer.settings.limits import STRETCH, Limits

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"

EXIT_CODES = """\
exit codes: 0 done; 1 the program failed (see the log it names); 2 wrong usage; 3 an input can't be
used or the output can't be written; 4 the take does not match the song; 5 the checked file does not
meet the platform's requirements; 130 interrupted; 141 nobody read the output
"""

NAMES_WITH_DASHES = "write a file name that starts with a dash as ./-name, or put it after --"


def build_parser() -> argparse.ArgumentParser:
    """Make the parser; ``arguments.command`` is the command's name."""
    parser = argparse.ArgumentParser(
        prog="lipsyncer",
        description="Puts real footage in sync with a song by watching the lips.",
        epilog=EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"lipsyncer {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    _add_align(commands)
    _add_export(commands)
    _add_check(commands)
    _add_inspect(commands)
    _add_offset(commands)
    _add_demo(commands)
    _add_evaluate(commands)
    _add_train(commands)
    return parser


def _add_align(commands: Commands) -> None:
    align = commands.add_parser(
        "align",
        help="align one or more takes with a song and write the video",
        description=(
            "Moves the picture of the takes until their lips match the song, and writes it with "
            "the song as its sound. With several takes, each stretch of the song shows the take "
            "whose lips fit best, and takes change between sung phrases."
        ),
        epilog=NAMES_WITH_DASHES,
    )
    align.add_argument("song", type=Path, metavar="SONG", help="any file with sound")
    align.add_argument(
        "takes",
        type=Path,
        nargs="+",
        metavar="TAKE",
        help="one or more videos of the performance; each may cover only a part of the song",
    )
    align.add_argument(
        "-o", "--output", type=Path, required=True, metavar="OUT", help="the MP4 to write"
    )
    align.add_argument(
        "--report", type=Path, metavar="JSON", help="write the time map and its confidence as JSON"
    )
    _add_platform(align)
    align.add_argument(
        "--force",
        action="store_true",
        help="write the result even if the take does not seem to match the song",
    )
    align.add_argument(
        "--weights",
        type=Path,
        metavar="FILE",
        help="use these weights instead of the shipped ones",
    )
    add_sync_source_option(align)
    align.add_argument(
        "--prefer-take",
        type=at_least(1),
        metavar="N",
        help="show take N, counted from 1, wherever it fits nearly as well as the best one",
    )
    align.add_argument(
        "--attempts",
        choices=("all", "best"),
        default="all",
        help="which attempts of a recording to cut together: all, or the best alone "
        "(default: %(default)s)",
    )
    align.add_argument(
        "--turn",
        choices=("auto", "0", "90", "180", "270"),
        default="auto",
        help="turn the takes' pictures clockwise by so many degrees beyond what the files say, or "
        "so that the face is upright (default: %(default)s)",
    )
    align.add_argument(
        "--pin",
        type=pin,
        action="append",
        default=[],
        metavar="SONG:TAKE[:N]",
        help="show this moment of take N (default: 1) at that moment of the song, both in seconds; "
        "repeatable",
    )
    align.add_argument(
        "--tightness",
        choices=TIGHTNESSES,
        default="normal",
        help="how closely to follow the lips: loose corrects only an offset and a drift, tight "
        "follows small errors with many cuts and changes of speed (default: %(default)s)",
    )
    align.add_argument(
        "--max-stretch",
        type=per_cent(STRETCH),
        metavar="PERCENT",
        help=f"largest change of speed, {STRETCH.least:g} to {STRETCH.most:g} %% (default: 25)",
    )
    align.add_argument(
        "--max-cuts",
        type=at_least(0),
        metavar="K",
        help="make at most K cuts, including changes of take (default: as many as help)",
    )
    add_gaps_option(align)
    add_damage_option(align)
    add_transition_options(align)
    add_effect_options(align)
    add_encoder_option(align)
    add_retime_option(align)
    add_sound_options(align)
    add_overlay_options(align)
    add_handoff_option(align)


def _add_export(commands: Commands) -> None:
    export = commands.add_parser(
        "export",
        help="write the video of a project that you saved in the window",
        description="Writes the video of a project, as Export in the window does.",
        epilog=NAMES_WITH_DASHES,
    )
    export.add_argument("project", type=Path, metavar="PROJECT", help="a .lipsync file")
    export.add_argument(
        "-o", "--output", type=Path, required=True, metavar="OUT", help="the MP4 to write"
    )
    _add_platform(export)
    add_damage_option(export)
    add_transition_options(export)
    add_effect_options(export)
    add_encoder_option(export)
    add_sound_options(export)
    add_overlay_options(export)
    add_handoff_option(export)


def _add_platform(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--preset",
        choices=PLATFORMS,
        default="master",
        help="the platform; master keeps the size and rate of the take (default: %(default)s)",
    )
    command.add_argument(
        "--reframe",
        choices=("follow", "centre", "blur", "black"),
        default="follow",
        help="how to fit a take of another shape: crop around the face or the centre, or show the "
        "whole picture over its own blur or over black (default: %(default)s)",
    )
    command.add_argument(
        "--from",
        dest="start",
        type=seconds,
        metavar="TIME",
        help="start at this moment of the song, in seconds or as 1:15.5",
    )
    command.add_argument(
        "--to", dest="end", type=seconds, metavar="TIME", help="end at this moment of the song"
    )


def _add_check(commands: Commands) -> None:
    check = commands.add_parser(
        "check",
        help="check whether a video meets a platform's requirements",
        description=(
            "Measures any finished video against a platform's requirements: container, streams, "
            "timing and sizes. The exit code is 0 only if everything is right."
        ),
        epilog=NAMES_WITH_DASHES,
    )
    check.add_argument("file", type=Path, metavar="FILE", help="a video")
    check.add_argument(
        "--preset",
        choices=PLATFORMS,
        default="master",
        help="the platform (default: %(default)s)",
    )
    check.add_argument("--json", action="store_true", help="print the result as JSON")


def _add_inspect(commands: Commands) -> None:
    inspect = commands.add_parser(
        "inspect",
        help="describe a file and say whether it shows a face",
        description="Describes a video or song and, for a video, says whether it shows a face.",
        epilog=NAMES_WITH_DASHES,
    )
    inspect.add_argument("file", type=Path, metavar="FILE", help="a video or a song")


def _add_offset(commands: Commands) -> None:
    offset = commands.add_parser(
        "offset",
        help="measure and correct the lag between a video's own lips and sound",
        description=(
            "Watches the lips of any video, singing or speech, and prints how many milliseconds "
            "they are late (+) or early (-) relative to the video's own sound. --fix writes a "
            "corrected copy, without encoding it again."
        ),
        epilog=NAMES_WITH_DASHES,
    )
    offset.add_argument("file", type=Path, metavar="VIDEO", help="a video with sound")
    offset.add_argument("--fix", type=Path, metavar="OUT", help="the MP4 or MOV to write")
    offset.add_argument("--json", action="store_true", help="print the offset as JSON")


def _add_demo(commands: Commands) -> None:
    demo = commands.add_parser(
        "demo",
        help="make a song and a mistimed selfie, align them, print the error before and after",
        description=(
            "Makes a song and a selfie with a known timing error, aligns them, prints the mean "
            "error before and after, and keeps the files. The exit code is 0 only if the error "
            "afterwards is below 45 ms."
        ),
    )
    demo.add_argument(
        "folder",
        type=Path,
        nargs="?",
        default=Path("demo"),
        metavar="FOLDER",
        help="where to put the files (default: %(default)s)",
    )


def _add_evaluate(commands: Commands) -> None:
    evaluate = commands.add_parser(
        "evaluate",
        help="measure the network on clips that are in sync",
        description="Measures the shipped network on clips that are in sync and prints a table.",
    )
    evaluate.add_argument("data", type=Path, metavar="DATA_DIR", help="folder with manifest.csv")
    evaluate.add_argument(
        "--split", default="test", help="which clips to use (default: %(default)s)"
    )
    evaluate.add_argument(
        "--weights",
        type=Path,
        metavar="FILE",
        help="measure these weights instead of the shipped ones",
    )
    evaluate.add_argument(
        "--conditions",
        type=conditions,
        default=DEFAULT_CONDITIONS,
        metavar="NAME,...",
        help=f"the sound to measure with: {', '.join(CONDITIONS)}, or all (default: speech); music "
        "is as loud as the voice, loud-music 5 dB louder; each takes one or two minutes for 400 "
        "clips",
    )
    _add_corpus(evaluate)
    _add_lags(evaluate)
    _add_network(evaluate, ("lipsync", "paper"))
    evaluate.add_argument(
        "--baselines",
        action="store_true",
        help="print other methods for comparison, on the same windows",
    )
    evaluate.add_argument(
        "--baseline",
        action="append",
        default=[],
        type=baseline_file,
        metavar="NAME=FILE",
        help=f"weights of a baseline ({', '.join(BASELINES)}); repeatable",
    )
    evaluate.add_argument("--json", type=Path, metavar="FILE", help="write the figures as JSON")


def _add_train(commands: Commands) -> None:
    train = commands.add_parser(
        "train",
        help="train the network",
        description=(
            "Trains the shipped network from scratch, with every stage of its recipe, in about "
            "three hours on one core. Finished stages are kept beside the output, and an "
            "interrupted run resumes. Any option other than -o, --corpus and --lags runs a single "
            "stage."
        ),
    )
    train.add_argument("data", type=Path, metavar="DATA_DIR", help="folder with manifest.csv")
    train.add_argument(
        "-o", "--output", type=Path, required=True, metavar="WEIGHTS", help="the weights to write"
    )
    _add_corpus(train)
    _add_lags(train)
    _add_network(train, ("lipsync", *BASELINES))
    train.add_argument(
        "--first", action="store_true", help="run only the first stage of the recipe"
    )
    train.add_argument(
        "--steps", type=int, help="number of optimiser steps, instead of the recipe's"
    )
    train.add_argument("--seed", type=int, help="random seed, instead of the recipe's")
    train.add_argument(
        "--from",
        dest="start",
        type=Path,
        metavar="WEIGHTS",
        help="start from these weights and run the second stage of the recipe",
    )
    train.add_argument(
        "--join",
        type=Path,
        metavar="TOWERS",
        help="train nothing; add these weights of --network syncnet to the shipped ones, or to "
        "those of --from",
    )
    train.add_argument(
        "--singing",
        type=per_cent(Limits(0, 100)),
        metavar="PERCENT",
        help="turn the speech of this share of the windows into singing (needs pyworld)",
    )
    train.add_argument("--no-music", action="store_true", help="put no music under the voices")


def _add_corpus(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--corpus",
        choices=CORPORA,
        default="folder",
        help="the layout of the folder: with a manifest.csv or one folder per speaker, or the "
        "URSing corpus with its solo voices or its mixtures (default: %(default)s)",
    )


def _add_lags(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--lags",
        type=Path,
        metavar="FILE",
        help="put the clips in sync first, by a CSV file with the columns clip and lag (the lag of "
        "the sound, in frames), which the full recipe leaves beside its stages",
    )


def _add_network(command: argparse.ArgumentParser, networks: tuple[str, ...]) -> None:
    command.add_argument(
        "--network",
        choices=networks,
        default="lipsync",
        help="ours, or another for comparison, such as that of Yin and Wen's paper "
        "(default: %(default)s)",
    )
