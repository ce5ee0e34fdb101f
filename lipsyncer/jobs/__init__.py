"""The long jobs: analyse footage against a song, match it again, and export the result.

They string the rooms together and hold no knowledge of their own about any of them. All are
generators: every yield says how far they are and is a place to stop, by closing the generator.
``analyse`` is named by its module: with it comes torch, for which nobody else should wait.

``running``         the stages of a job: progress, previews, seconds by stage
``preflight``       whether a file can be written, before any work is done for it
``reading``         song and takes, read and refused where they can't be used
``analyse``         takes tracked, scored against the song, and cut
``recall``          a cut shown again whose footage was watched before
``rematch``         the same footage cut again with other choices
``closed_rest``     a closed mouth in one rest of a cut
``damaged_source``  takes whose picture can't be decoded in places
``export``          a cut written as a video
``offset``          how far a video's own lips and sound are apart
``faces``           where the face is, from where the mouth was tracked
"""

from lipsyncer.jobs.export import Export, export
from lipsyncer.jobs.faces import faces_of
from lipsyncer.jobs.preflight import check_output, check_place
from lipsyncer.jobs.recall import Recalled, recall
from lipsyncer.jobs.running import Job, Progress, fetched_face_model, timed

__all__ = [
    "Export",
    "Job",
    "Progress",
    "Recalled",
    "check_output",
    "check_place",
    "export",
    "faces_of",
    "fetched_face_model",
    "recall",
    "timed",
]
