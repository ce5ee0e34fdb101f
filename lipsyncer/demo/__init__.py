"""A synthetic song and a synthetic singing selfie whose truth is exactly known.

`make_demo` writes both to a folder, for the demo and for tests. `perform` gives a voice alone and
its lip movement, `make_song` adds accompaniment, and `SingingPortrait` draws any lip shape.
"""

from lipsyncer.demo.articulation import Articulation, MouthShape
from lipsyncer.demo.fault import Jump, SyncError, Truth, usual_fault
from lipsyncer.demo.make import Demo, make_demo
from lipsyncer.demo.mouth_shapes import Shape
from lipsyncer.demo.portrait import SingingPortrait
from lipsyncer.demo.score import Score, Syllable, compose
from lipsyncer.demo.song import Performance, Song, make_song, perform

__all__ = [
    "Articulation",
    "Demo",
    "Jump",
    "MouthShape",
    "Performance",
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
    "perform",
    "usual_fault",
]
