"""Lipsyncer puts real footage in sync with a song by watching the lips."""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("lipsyncer")
except PackageNotFoundError:  # run from a checkout that was never installed
    __version__ = "0+unknown"
