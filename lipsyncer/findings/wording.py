"""The words of every finding."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from lipsyncer.findings.finding import Finding, FindingKind

WORDING: Mapping[FindingKind, str] = {
    FindingKind.NO_VOICE: "The song has no voice from {start} s to {end} s.",
    FindingKind.NO_FOOTAGE: (
        "The footage does not cover the song from {start} s to {end} s; the picture freezes there."
    ),
    FindingKind.NO_FACE: (
        "The picture shows no face from {start} s to {end} s; check the timing there."
    ),
    FindingKind.MOUTH_COVERED: (
        "Something covers the mouth from {start} s to {end} s; check the timing there."
    ),
    FindingKind.MOUTH_HARD_TO_SEE: (
        "The mouth is hard to see from {start} s to {end} s; check the timing there."
    ),
    FindingKind.LIPS_DO_NOT_MATCH: (
        "The lips do not match the song from {start} s to {end} s; check the timing there."
    ),
    FindingKind.LIPS_MOVE: "The lips move from {start} s to {end} s although there is no singing.",
    FindingKind.MOUTH_CLOSED: (
        "The lips moved from {start} s to {end} s although there is no singing; the video now "
        "shows a closed mouth there."
    ),
    FindingKind.LOOSE_MATCH: (
        "The lips match the song only loosely from {start} s to {end} s (confidence {number} "
        "%); check the timing there."
    ),
    FindingKind.DAMAGED_SOURCE: (
        "The picture can't be decoded from {source_start} s to {source_end} s of the take and "
        "freezes there; copy the file again from the camera."
    ),
    FindingKind.SEVERAL_FACES: (
        "The picture shows {number} faces; Lipsyncer follows the largest one that moves its "
        "lips most."
    ),
    FindingKind.TAKE_DOES_NOT_MATCH: (
        "The take does not seem to match the song, so it is not shown."
    ),
    FindingKind.NOTHING_MATCHES: (
        "The footage does not seem to match the song (confidence {number} %); check that it is "
        "the right song."
    ),
    FindingKind.TOO_SHORT: (
        "The footage is too short to tell where in the song it belongs (confidence {number} %); "
        "film ten seconds or more."
    ),
    FindingKind.NOTHING_TO_ALIGN: (
        "There is nothing to align: the take shows no usable lips, or the song has no voice."
    ),
    FindingKind.SONG_NOT_RECORDED: "The camera sound does not contain the song.",
    FindingKind.SONG_TRACK: ("The song's file has several sound tracks; number {number} is used."),
    FindingKind.TAKE_TRACK: (
        "The take has several sound tracks; Lipsyncer listened to number {number}."
    ),
    FindingKind.TURNED: (
        "The file does not say which way up its picture is; it was turned by {number}° clockwise."
    ),
    FindingKind.ENCODED_BY_PROCESSOR: (
        "No graphics card encoder works here, so the processor encoded the video."
    ),
}
"""English sentences with named blanks: seconds of the song or of the take, and ``number``."""


def sentence(
    finding: Finding, take_names: Sequence[str] = (), translate: Callable[[str], str] = str
) -> str:
    """Say what a finding is about.

    Parameters
    ----------
    take_names
        Names of all takes; where there are several, the sentence begins with the one it is about.
    translate
        Gives an entry of ``WORDING`` in another language, with the same blanks.
    """
    blanks = {"number": str(finding.number)}
    if finding.span is not None:
        blanks |= {"start": f"{finding.span[0]:.1f}", "end": f"{finding.span[1]:.1f}"}
    if finding.source is not None:
        blanks["source_start"], blanks["source_end"] = (f"{time:.1f}" for time in finding.source)
    words = translate(WORDING[finding.kind]).format(**blanks)
    if finding.take is not None and len(take_names) > 1:
        return f"{take_names[finding.take]}: {words}"
    return words
