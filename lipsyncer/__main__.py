"""Where the program starts, from the console or as a window, with imports in the order they need.

Nothing heavy is imported here: ``lipsyncer --help`` should answer at once.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

WINDOW_IS_LATER = (
    "The window is a later piece of work; until then use lipsyncer align SONG TAKE -o OUT "
    "(lipsyncer --help lists the rest)."
)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line; without arguments, the window.

    Parameters
    ----------
    argv
        Arguments without the program's name; those of the process when None.

    Returns
    -------
    int
        Exit code: 0 done, 1 a fault of the program, 2 wrong usage, 3 an input can't be used or
        the output can't be written, 4 the take does not match the song, 130 stopped by the user.
    """
    arguments = list(sys.argv[1:] if argv is None else argv)
    if not arguments:
        return window()
    from lipsyncer.cli import run

    return run(arguments)


def window() -> int:
    """Open the window; for now, say that there is none yet."""
    print(WINDOW_IS_LATER)
    return 0


def prepare_for_qt() -> None:
    """Do what must come before the first import of PyQt6.

    torch from 2.9 on fails to load on Windows once Qt is loaded (pytorch issue 166628), and cv2
    points Qt to plugins and fonts of its own when it is imported (opencv-python issue 736).
    """
    import torch  # noqa: F401  # imported for its order alone

    chosen = {name: value for name, value in os.environ.items() if name.startswith("QT_")}
    import cv2  # noqa: F401  # now, so that it can't set them again later

    for name in [name for name in os.environ if name.startswith("QT_")]:
        if name not in chosen:
            del os.environ[name]
    os.environ.update(chosen)


if __name__ == "__main__":
    sys.exit(main())
