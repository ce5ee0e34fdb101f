"""What the bundle's program runs: the command line, or the window without arguments."""

import multiprocessing
import sys

if __name__ == "__main__":
    multiprocessing.freeze_support()
    from lipsyncer.__main__ import main

    sys.exit(main())
