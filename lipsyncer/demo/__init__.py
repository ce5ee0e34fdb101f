"""A synthetic song and a synthetic singing selfie whose truth is exactly known.

`make_demo` writes both to a folder, for the demo and for tests. `make_song` alone gives sound and
lip movement for anything else that needs them, and `SingingPortrait` a picture for any lips.
"""

from lipsyncer.demo.articulation import Articulation, Lips
from lipsyncer.demo.fault import Jump, SyncError, Truth, usual_fault
from lipsyncer.demo.make import Demo, make_demo
from lipsyncer.demo.mouth import Shape
from lipsyncer.demo.portrait import SingingPortrait
from lipsyncer.demo.score import Score, Syllable, compose
from lipsyncer.demo.song import Song, make_song

__all__ = [
    "Articulation",
    "Demo",
    "Jump",
    "Lips",
    "Score",
    "Shape",
    "SingingPortrait",
    "Song",
    "Syllable",
    "SyncError",
    "Truth",
    "compose",
    "make_demo",
    "make_song",
    "usual_fault",
]
