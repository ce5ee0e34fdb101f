"""Trains and scores the paper's own network on the same clips, to stand beside ours."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import torch
from torch.nn import functional as F  # noqa: N812 - its usual name

from lipsyncer.arrays import Float32s
from lipsyncer.features.log_mel import SAMPLE_RATE, paper_log_mel
from lipsyncer.network.model import standardise_crops
from lipsyncer.training.clips import Clip
from lipsyncer.training.measures import MOST_OFFSET
from lipsyncer.training.paper_network import COLUMNS, WINDOW, PaperNetwork

_BATCH = 64
_SAMPLES = SAMPLE_RATE // 25  # of one position
_NEAREST_MISMATCH = 3  # positions


def train_paper(
    clips: list[Clip],
    *,
    steps: int,
    seed: int,
    report: Callable[[str], None] = print,
    every: int = 500,
) -> PaperNetwork:
    """Train on pairs matched or mismatched at random, half and half (Yin and Wen).

    A mismatched pair takes its sound from elsewhere in the clip, at least three frames away, or
    from another clip.
    """
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    model = PaperNetwork()
    optimiser = torch.optim.AdamW(model.parameters(), lr=1e-3, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, 1e-3, total_steps=steps)
    usable = [clip for clip in clips if len(clip) > WINDOW + _NEAREST_MISMATCH]
    running = 0.0
    for step in range(steps):
        crops, mels, labels = [], [], []
        for index in rng.integers(0, len(usable), _BATCH):
            clip = usable[index]
            start = int(rng.integers(0, len(clip) - WINDOW + 1))
            crops.append(clip.crops[start : start + WINDOW])
            match = bool(rng.random() < 0.5)
            labels.append(float(match))
            other, at = (index, start) if match else _elsewhere(usable, int(index), start, rng)
            mels.append(snippet(usable[other], at))
        pictures = standardise_crops(torch.from_numpy(np.stack(crops)))
        logits = model.match(
            model.encode_sound(torch.from_numpy(np.stack(mels))), model.encode_visual(pictures)
        )
        loss = F.binary_cross_entropy_with_logits(logits, torch.tensor(labels))
        optimiser.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        optimiser.step()
        schedule.step()
        running += float(loss.detach())
        if (step + 1) % every == 0:
            report(f"step {step + 1}  loss {running / every:.3f} (chance 0.693)")
            running = 0.0
    return model.eval()


def _elsewhere(
    clips: list[Clip], index: int, start: int, rng: np.random.Generator
) -> tuple[int, int]:
    if rng.random() < 0.5:
        starts = np.arange(len(clips[index]) - WINDOW + 1)
        far = starts[np.abs(starts - start) >= _NEAREST_MISMATCH]
        if len(far):
            return index, int(rng.choice(far))
    other = int(rng.integers(0, len(clips)))
    return other, int(rng.integers(0, len(clips[other]) - WINDOW + 1))


def snippet(clip: Clip, start: int) -> Float32s:
    """Log-mel spectrogram (20, 128) of the 0.64 s of a clip's sound from a position on."""
    first = start * _SAMPLES
    samples = clip.sound[first : first + WINDOW * _SAMPLES].astype(np.float32) / 32768
    return paper_log_mel(samples, SAMPLE_RATE)[:COLUMNS]


@torch.inference_mode()
def paper_scores(model: PaperNetwork, clip: Clip) -> Float32s:
    """Match logits (n - 15, 31) of each 16-frame window against 31 offsets of the sound.

    Candidates whose snippet leaves the clip are NaN.
    """
    starts = np.arange(max(len(clip) - WINDOW + 1, 0))
    scores = np.full((len(starts), 2 * MOST_OFFSET + 1), np.nan, np.float32)
    if not len(starts):
        return scores
    crops = np.stack([clip.crops[s : s + WINDOW] for s in starts])
    visual = model.encode_visual(standardise_crops(torch.from_numpy(crops)))
    mels = np.stack([snippet(clip, int(s)) for s in starts])
    sound = model.encode_sound(torch.from_numpy(mels))
    for column, d in enumerate(range(-MOST_OFFSET, MOST_OFFSET + 1)):
        inside = starts[(starts + d >= 0) & (starts + d < len(starts))]
        if len(inside):
            scores[inside, column] = model.match(sound[inside + d], visual[inside]).numpy()
    return scores
