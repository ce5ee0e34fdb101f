"""What Windows' start menu runs: the window, without a console."""

import multiprocessing
import sys

if __name__ == "__main__":
    multiprocessing.freeze_support()
    from lipsyncer.__main__ import window

    sys.exit(window())
