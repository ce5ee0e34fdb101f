"""Where the program starts, from the console or as a window, with imports in the order they need.

Nothing heavy is imported here: ``lipsyncer --help`` should answer at once.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from lipsyncer.diagnostics.errors import is_file, is_folder
from lipsyncer.lean_import import lean_import

NO_SCREEN = (
    "lipsyncer: there is no screen to open the window on; start it on a desktop, or use "
    "lipsyncer align SONG TAKE -o OUT (lipsyncer --help lists the rest)."
)
NO_WINDOW_SYSTEM = (
    "lipsyncer: the window can't be opened ({reason}); on Debian install the packages listed in "
    "packaging/debian-packages.txt, or use lipsyncer align SONG TAKE -o OUT."
)

_COMMANDS = ("align", "export", "check", "inspect", "offset", "demo", "evaluate", "train")


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line; without arguments, or with files alone, the window.

    Parameters
    ----------
    argv
        Arguments without the program's name; those of the process when None.

    Returns
    -------
    int
        Exit code: 0 done, 1 a fault of the program, 2 wrong usage, 3 an input can't be used or
        the output can't be written, 4 the take does not match the song, 130 stopped by the user,
        141 nobody reads the output.
    """
    arguments = list(sys.argv[1:] if argv is None else argv)
    if all(_is_file(argument) for argument in arguments):
        return window(arguments)
    from lipsyncer.cli import run

    return run(arguments)


def _is_file(argument: str) -> bool:
    """Whether an argument names a file or a folder and no command."""
    named = Path(argument)
    if is_folder(named):
        return argument not in _COMMANDS  # `lipsyncer demo` leaves a folder of that name
    return is_file(named) and (bool(named.suffix) or len(named.parts) > 1)


def window(files: Sequence[str] | None = None) -> int:
    """Open the window.

    Parameters
    ----------
    files
        Songs, videos or a project to open in it; those the process was given when None.

    Returns
    -------
    int
        Exit code, as for ``main``.
    """
    given = sys.argv[1:] if files is None else files
    if not has_screen():
        print(NO_SCREEN, file=sys.stderr)
        return 3
    from lipsyncer.diagnostics.log import log_path, logging_to

    # What libraries say while they are loaded belongs into the log as well.
    with logging_to(log_path()) as person:
        try:
            with lean_import():
                prepare_for_qt()
                from lipsyncer.ui.app import run
        except ImportError as error:
            print(NO_WINDOW_SYSTEM.format(reason=error), file=person)
            return 3
        return run([Path(file) for file in given])


def has_screen() -> bool:
    """Whether Qt would find something to draw on; where it would not, it ends the process."""
    if sys.platform in ("win32", "darwin") or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def prepare_for_qt() -> None:
    """Do what must come before the first import of PyQt6.

    torch from 2.9 on fails to load on Windows once Qt is loaded (pytorch issue 166628), and cv2
    points Qt to plugins and fonts of its own when it is imported (opencv-python issue 736).
    """
    if sys.platform == "win32":
        import torch  # noqa: F401  # imported for its order alone

    chosen = {name: value for name, value in os.environ.items() if name.startswith("QT_")}
    import cv2  # noqa: F401  # now, so that it can't set them again later

    for name in [name for name in os.environ if name.startswith("QT_")]:
        if name not in chosen:
            del os.environ[name]
    os.environ.update(chosen)


if __name__ == "__main__":
    sys.exit(main())
