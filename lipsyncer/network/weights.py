"""Weights as safetensors: never unpickled, and checked before they are used.

The header names the version of the input definition, the recipe and its seed, the calibration of
the scores, and a hash of the tensors.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, astuple, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from torch import nn

from lipsyncer.arrays import Float32s
from lipsyncer.diagnostics.errors import InputError
from lipsyncer.network.model import Lipsync, ModelConfig
from lipsyncer.resources import resource
from lipsyncer.whole_file import whole_file

SHIPPED = "lipsync.safetensors"

INPUT_VERSION = 1
"""Counts up when what the network is fed changes (features.log_mel, features.mouth)."""


@dataclass(frozen=True)
class Calibration:
    """What turns the network's scores into log-likelihood ratios whose sums can be trusted.

    Fitted on validation speakers (training.calibrate). Windows of neighbouring positions
    overlap, so single scores count for less than they say: that is in the scales.

    Attributes
    ----------
    pair_scale
        ``llr = pair_scale * (similarity - background)`` for embeddings.
    head_scale, band_scale
        ``llr = head_scale * logit + band_scale * similarity - background`` in a band, where
        the scores of pair head and embeddings are added.
    match_scale, match_bias
        Logistic of one 16-frame window's logit: the probability that it matches.
    """

    pair_scale: float = 0.1
    head_scale: float = 0.06
    band_scale: float = 0.03
    match_scale: float = 1.0
    match_bias: float = 0.0

    def together(self, logits: Float32s, similarities: Float32s) -> Float32s:
        """Add the scores of pair head and embeddings, of any one shape, by their scales."""
        return np.asarray(self.head_scale * logits + self.band_scale * similarities, np.float32)


@dataclass(frozen=True)
class Weights:
    """A network ready for use, and how its scores are to be read."""

    model: Lipsync
    calibration: Calibration
    recipe: dict[str, Any]


def _digest(tensors: dict[str, torch.Tensor]) -> str:
    digest = hashlib.sha256()
    for name in sorted(tensors):
        digest.update(name.encode())
        digest.update(tensors[name].contiguous().numpy().tobytes())
    return digest.hexdigest()


def save_weights(
    path: Path, model: Lipsync, calibration: Calibration, recipe: dict[str, Any]
) -> None:
    """Write a network, its calibration and its recipe; the file appears when it is whole."""
    header = {
        "network": "lipsync",
        "model": json.dumps(model.config.as_dict()),
        "calibration": json.dumps(asdict(calibration)),
        "recipe": json.dumps(recipe),
    }
    write_network(path, model, header)


def load_weights(path: Path | None = None) -> Weights:
    """Load and verify weights; without a path, those that are shipped.

    Raises
    ------
    InputError
        When the file is no weight file, is damaged, or belongs to another version.
    """
    path = path or resource("models", SHIPPED)
    header, tensors = read_network(path)
    if header.get("network", "lipsync") != "lipsync":
        raise InputError(path, "holds another network; leave --weights out or name another file.")
    config, calibration, recipe = _described(path, header)
    model = Lipsync(config)
    fill_network(path, model, tensors)
    return Weights(model.eval(), calibration, recipe)


def _described(
    path: Path, header: dict[str, str]
) -> tuple[ModelConfig, Calibration, dict[str, Any]]:
    """Read and check what a header says, before a network of that size is made."""
    try:
        config = ModelConfig(**json.loads(header["model"]))
        calibration = Calibration(**json.loads(header["calibration"]))
        recipe = json.loads(header["recipe"])
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        raise InputError(path, _UNREADABLE) from error
    sizes, scales = (config.channels, config.embedding), astuple(calibration)
    if not (
        all(type(size) is int and 1 <= size <= _LARGEST for size in sizes)
        and all(type(on) is bool for on in (config.pixels, config.landmarks, config.towers))
        and (config.pixels or config.landmarks)
        and type(config.dropout) in (int, float)
        and 0 <= config.dropout < 1
        and all(type(scale) in (int, float) and abs(scale) < _LARGEST for scale in scales)
        and isinstance(recipe, dict)
    ):
        raise InputError(path, _UNREADABLE)
    return config, calibration, recipe


def write_network(path: Path, model: nn.Module, header: dict[str, str]) -> None:
    """Write the tensors of any network under a header; the file appears when it is whole."""
    # Counters of batches seen serve training only.
    tensors = {
        name: value.detach().contiguous()
        for name, value in model.state_dict().items()
        if value.dtype.is_floating_point
    }
    header |= {"lipsyncer_input": str(INPUT_VERSION), "sha256": _digest(tensors)}
    with whole_file(path) as partial:
        save_file(tensors, partial, metadata=header)
        partial.chmod(0o644)  # safetensors leaves it readable by its owner alone


def read_network(path: Path) -> tuple[dict[str, str], dict[str, torch.Tensor]]:
    """Read and verify the header and the tensors of any network; see :func:`load_weights`."""
    try:
        with safe_open(path, framework="pt") as file:
            header: dict[str, str] = file.metadata() or {}
            names = list(file.keys())
            # bfloat16 and the like, which no network here has, can't be hashed as numbers.
            if any(file.get_slice(name).get_dtype() != "F32" for name in names):
                raise InputError(path, _UNREADABLE)
            tensors = {name: file.get_tensor(name) for name in names}
    except (OSError, ValueError, SafetensorError) as error:
        raise InputError(path, _UNREADABLE) from error
    if header.get("lipsyncer_input") != str(INPUT_VERSION):
        raise InputError(
            path,
            "was made for another version of Lipsyncer; train again or name another file.",
        )
    if header.get("sha256") != _digest(tensors):
        raise InputError(path, "is damaged; copy it again or name another file.")
    return header, tensors


def fill_network(path: Path, model: nn.Module, tensors: dict[str, torch.Tensor]) -> None:
    """Give a network its tensors; an InputError says so when they are not those of this one."""
    try:
        missing, unexpected = model.load_state_dict(tensors, strict=False)
    except RuntimeError as error:  # a tensor of another shape
        raise InputError(path, _MISFIT) from error
    if unexpected or any(not name.endswith("num_batches_tracked") for name in missing):
        raise InputError(path, _MISFIT)


_UNREADABLE = "is not a readable weight file; train again or name another file."
_LARGEST = 4096
"""Channels of a network, and a scale of its scores, far beyond any in use."""

_MISFIT = "does not fit this network; train again or name another file."
