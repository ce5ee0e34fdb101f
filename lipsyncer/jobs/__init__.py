"""The two long jobs: analyse footage against a song, and export the result.

They string the rooms together and hold no knowledge of their own about any of them. Both are
generators: every yield says how far they are and is a place to stop, by closing the generator.

``running``    the stages of a job by name: what it tells, what it sees, how long each took
``reading``    song and takes, read and refused where they can't be used
``analysing``  takes watched, and scored against the song
``cutting``    each take aligned, and one cut made of all of them
``analysis``   what that hands on
``broken``     takes whose picture can't be decoded in places
``exporting``  a cut written as a video
``faces``      where the face is, from where the mouth was watched
``places``     whether a file can be written, before any work is done for it
"""

from lipsyncer.jobs.analysing import analyse
from lipsyncer.jobs.analysis import Analysis, TakeAnalysis
from lipsyncer.jobs.cutting import segments_of
from lipsyncer.jobs.exporting import Export, export
from lipsyncer.jobs.faces import faces_of
from lipsyncer.jobs.places import check_output, check_place
from lipsyncer.jobs.running import Job, Progress, timed

__all__ = [
    "Analysis",
    "Export",
    "Job",
    "Progress",
    "TakeAnalysis",
    "analyse",
    "check_output",
    "check_place",
    "export",
    "faces_of",
    "segments_of",
    "timed",
]
