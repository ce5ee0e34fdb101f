"""What scripts use, as described in docs/api.md; ``lipsyncer`` itself hands it on.

``held_cut``        a cut that Python holds: aligned or opened, exported and saved
``moviepy_clip``    the same as a moviepy clip
``clip_writing``    any moviepy clip written as platforms want it
``timeline_svg``    a cut as a small picture
``script_choices``  choices checked, with a sentence for those that are none
"""

from lipsyncer.api.clip_writing import write
from lipsyncer.api.held_cut import Cut, align, export, open_project
from lipsyncer.diagnostics.errors import LipsyncerError

__all__ = ["Cut", "LipsyncerError", "align", "export", "open_project", "write"]
