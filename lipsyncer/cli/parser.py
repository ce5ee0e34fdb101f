"""What can be typed: the commands, their arguments and their help."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TypeAlias

from lipsyncer import __version__
from lipsyncer.cli.broken import add_broken_option
from lipsyncer.cli.encoder import add_encoder_option
from lipsyncer.cli.extras import add_extras_options
from lipsyncer.cli.gaps import add_gaps_option
from lipsyncer.cli.guide import add_guide_option
from lipsyncer.cli.handoff import add_handoff_option
from lipsyncer.cli.retime import add_retime_option
from lipsyncer.cli.seams import add_seam_options
from lipsyncer.cli.sound import add_sound_options
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

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"

EXIT_CODES = """\
exit codes: 0 done; 1 a fault of the program (see the log it names); 2 wrong usage; 3 an input
can't be used or the output can't be written; 4 the take does not match the song; 5 a file that
was checked is not what the platform asks for; 130 stopped
"""

NAMES_WITH_DASHES = "a name that starts with a dash is written ./-name, or follows --"


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
        help="move the picture of one or more takes so that the lips match the song",
        description=(
            "Moves a take's picture so that its lips match the song, and writes it with the song "
            "as its only sound. Of several takes it shows, at each moment, the one whose lips fit "
            "best, and changes from one to another where nobody sings."
        ),
        epilog=NAMES_WITH_DASHES,
    )
    align.add_argument("song", type=Path, metavar="SONG", help="the song, in any sound format")
    align.add_argument(
        "takes",
        type=Path,
        nargs="+",
        metavar="TAKE",
        help="the video of the performance, or several of it; each may hold a part of the song",
    )
    align.add_argument(
        "-o", "--output", type=Path, required=True, metavar="OUT", help="the MP4 to write"
    )
    align.add_argument(
        "--report", type=Path, metavar="JSON", help="write the time map and how sure it is as JSON"
    )
    _add_platform(align)
    align.add_argument(
        "--force",
        action="store_true",
        help="write the result even where the take does not seem to match the song",
    )
    align.add_argument(
        "--emphasise-vocals",
        action="store_true",
        help="bring the song's voice forward before listening, for a voice buried in its music",
    )
    align.add_argument(
        "--weights",
        type=Path,
        metavar="FILE",
        help="watch with these instead of the shipped weights (see train --finetune)",
    )
    add_guide_option(align)
    align.add_argument(
        "--prefer-take",
        type=at_least(1),
        metavar="N",
        help="show take N, counted from 1, wherever it fits nearly as well as the best one",
    )
    align.add_argument(
        "--pin",
        type=pin,
        action="append",
        default=[],
        metavar="SONG:TAKE[:N]",
        help="show this moment of the take at that moment of the song, both in seconds; N is the "
        "number of the take, 1 by default; may be given several times",
    )
    align.add_argument(
        "--tightness",
        choices=TIGHTNESSES,
        default="normal",
        help="how closely the lips are followed: loose repairs offset and drift alone, tight "
        "follows small errors with many cuts and changes of speed (default: %(default)s)",
    )
    align.add_argument(
        "--max-stretch",
        type=per_cent(50),
        metavar="PERCENT",
        help="largest change of speed, 0 to 50 %% (default: 25)",
    )
    align.add_argument(
        "--max-cuts",
        type=at_least(0),
        metavar="K",
        help="make no more than K cuts, changes of take included (default: as many as help)",
    )
    add_gaps_option(align)
    add_broken_option(align)
    add_seam_options(align)
    add_encoder_option(align)
    add_retime_option(align)
    add_sound_options(align)
    add_extras_options(align)
    add_handoff_option(align)


def _add_export(commands: Commands) -> None:
    export = commands.add_parser(
        "export",
        help="write the video of a project that was saved in the window",
        description="Writes the video that a project describes, as the window's Export does.",
        epilog=NAMES_WITH_DASHES,
    )
    export.add_argument("project", type=Path, metavar="PROJECT", help="a .lipsync file")
    export.add_argument(
        "-o", "--output", type=Path, required=True, metavar="OUT", help="the MP4 to write"
    )
    _add_platform(export)
    add_broken_option(export)
    add_seam_options(export)
    add_encoder_option(export)
    add_sound_options(export)
    add_extras_options(export)
    add_handoff_option(export)


def _add_platform(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--preset",
        choices=PLATFORMS,
        default="master",
        help="what the video is for; master keeps size and rate of the take (default: %(default)s)",
    )
    command.add_argument(
        "--reframe",
        choices=("follow", "centre", "blur", "black"),
        default="follow",
        help="how a take of another shape is shown: cropped around face or middle, or whole "
        "over its own blur or over black (default: %(default)s)",
    )
    command.add_argument(
        "--from",
        dest="start",
        type=seconds,
        metavar="TIME",
        help="begin at this moment of the song, in seconds or as 1:15.5",
    )
    command.add_argument(
        "--to", dest="end", type=seconds, metavar="TIME", help="end at this moment of the song"
    )


def _add_check(commands: Commands) -> None:
    check = commands.add_parser(
        "check",
        help="say whether any video is what a platform asks for",
        description=(
            "Measures a finished file, whoever made it, against what a platform asks for: "
            "container, streams, timing, sizes. Exit code 0 only where everything is right."
        ),
        epilog=NAMES_WITH_DASHES,
    )
    check.add_argument("file", type=Path, metavar="FILE", help="a video")
    check.add_argument(
        "--preset",
        choices=PLATFORMS,
        default="master",
        help="which platform (default: %(default)s)",
    )
    check.add_argument("--json", action="store_true", help="print the outcome as JSON")


def _add_inspect(commands: Commands) -> None:
    inspect = commands.add_parser(
        "inspect",
        help="say what a file holds and whether a face is found",
        description="Says in words what a file holds and, for a video, whether a face is found.",
        epilog=NAMES_WITH_DASHES,
    )
    inspect.add_argument("file", type=Path, metavar="FILE", help="a video or a song")


def _add_offset(commands: Commands) -> None:
    offset = commands.add_parser(
        "offset",
        help="say by how much a video's own lips and sound are apart, and mend it",
        description=(
            "Watches the lips of any video, of singing or speech, and says by how many "
            "milliseconds they are late (+) or early (-) against the video's own sound. With "
            "--fix a copy is written whose picture is moved by that, and nothing encoded anew."
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
            "Makes a song and a selfie with a known fault, aligns them, prints the mean error "
            "before and after, and leaves the files to look at. Exit code 0 only where the error "
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
    evaluate.add_argument("--split", default="test", help="which clips (default: %(default)s)")
    evaluate.add_argument(
        "--weights", type=Path, metavar="FILE", help="measure these instead of the shipped ones"
    )
    evaluate.add_argument(
        "--conditions",
        type=conditions,
        default=DEFAULT_CONDITIONS,
        metavar="NAME,...",
        help=f"how the clips are to sound: {', '.join(CONDITIONS)}, or all (default: speech); "
        "loud-music is 5 dB louder than the voice, music as loud as it; one or two minutes each "
        "for 400 clips",
    )
    _add_corpus(evaluate)
    _add_lags(evaluate)
    _add_network(evaluate, ("lipsync", "paper"))
    evaluate.add_argument(
        "--baselines",
        action="store_true",
        help="print other methods beside it instead, on the same windows",
    )
    evaluate.add_argument(
        "--baseline",
        action="append",
        default=[],
        type=baseline_file,
        metavar="NAME=FILE",
        help=f"weights of a baseline ({', '.join(BASELINES)}); can be given several times",
    )
    evaluate.add_argument("--json", type=Path, metavar="FILE", help="write the figures as JSON")


def _add_train(commands: Commands) -> None:
    train = commands.add_parser(
        "train",
        help="train the network again",
        description=(
            "Trains the network that Lipsyncer ships again, on clips that are in sync: all stages "
            "of its recipe, some three hours on a core. What a stage made is kept beside the "
            "output, and a call that was stopped is gone on with. Any option but -o, --corpus and "
            "--lags asks for one stage alone."
        ),
    )
    train.add_argument("data", type=Path, metavar="DATA_DIR", help="folder with manifest.csv")
    train.add_argument(
        "-o", "--output", type=Path, required=True, metavar="WEIGHTS", help="the weights to write"
    )
    _add_corpus(train)
    _add_lags(train)
    _add_network(train, ("lipsync", *BASELINES))
    train.add_argument("--first", action="store_true", help="the recipe's first stage alone")
    train.add_argument("--steps", type=int, help="optimiser steps, instead of the recipe's")
    train.add_argument("--seed", type=int, help="of everything left to chance, likewise")
    train.add_argument(
        "--from",
        dest="start",
        type=Path,
        metavar="WEIGHTS",
        help="go on from these weights by the recipe's second stage, instead of from chance",
    )
    train.add_argument(
        "--finetune",
        type=Path,
        nargs="+",
        metavar="TAKE",
        help="fit the shipped weights, or those of --from, to whoever is in these takes, which "
        "must be in sync; refused where other people's figures fall by more than a point",
    )
    train.add_argument(
        "--join",
        type=Path,
        metavar="TOWERS",
        help="train nothing, but let these weights of --network syncnet be heard beside ours, or "
        "those of --from",
    )
    train.add_argument(
        "--singing",
        type=per_cent(100),
        metavar="PERCENT",
        help="make this share of the windows from speech turned into singing (needs pyworld)",
    )
    train.add_argument("--no-music", action="store_true", help="lay no music beneath the voices")


def _add_corpus(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--corpus",
        choices=CORPORA,
        default="folder",
        help="how the folder is laid out: with a manifest.csv or a folder for each speaker, or as "
        "the URSing corpus, with its solo voices or with its mixtures (default: %(default)s)",
    )


def _add_lags(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--lags",
        type=Path,
        metavar="FILE",
        help="put the clips in sync first: a table with the columns clip and lag, positions by "
        "which a clip's sound comes late, as training by the whole recipe leaves beside its stages",
    )


def _add_network(command: argparse.ArgumentParser, networks: tuple[str, ...]) -> None:
    command.add_argument(
        "--network",
        choices=networks,
        default="lipsync",
        help="ours, or another for comparison, as that of Yin and Wen's paper "
        "(default: %(default)s)",
    )
