"""Heavy libraries are imported without what they would load for nothing."""

from __future__ import annotations

import gc
import importlib
import sys
from pathlib import Path

import pytest

from lipsyncer.lean_import import lean_import


@pytest.mark.parametrize("collecting", [True, False])
def test_garbage_is_left_alone_meanwhile_and_collected_again_if_it_was(collecting: bool) -> None:
    (gc.enable if collecting else gc.disable)()
    try:
        with lean_import():
            assert not gc.isenabled()
        assert gc.isenabled() == collecting
    finally:
        gc.enable()


def test_what_is_not_needed_is_empty_meanwhile_and_whole_for_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "heavy_plots.py").write_text("value = 1\n", encoding="utf-8")
    (tmp_path / "with_plots.py").write_text("import heavy_plots\n", encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    with lean_import("heavy_plots"):
        user = importlib.import_module("with_plots")
    assert not hasattr(user.heavy_plots, "value")
    assert importlib.import_module("heavy_plots").value == 1


def test_what_is_loaded_already_stays_and_so_does_everything_after_an_error() -> None:
    with pytest.raises(ImportError), lean_import("json", "none_such"):
        import json

        assert json.loads("1") == 1
        raise ImportError
    assert "none_such" not in sys.modules
    assert sys.modules["json"] is json
    assert gc.isenabled()
