"""Any cut comes back from its project file as it was."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from any_document import documents
from hypothesis import given
from hypothesis import strategies as st

from lipsyncer.edit.document import Document
from lipsyncer.project import Project, load_project, save_project

view = st.dictionaries(
    st.text(max_size=8),
    st.none() | st.booleans() | st.integers(-(10**9), 10**9) | st.text(max_size=8),
    max_size=4,
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("project")


def placed(document: Document, folder: Path) -> Document:
    """A document whose media lie in a folder."""
    takes = tuple(replace(take, path=folder / take.path) for take in document.takes)
    return replace(document, song=folder / document.song, takes=takes)


@given(documents(), documents(), view)
def test_a_project_comes_back_as_it_was_saved(
    folder: Path, document: Document, found: Document, view: dict[str, object]
) -> None:
    document = placed(document, folder)
    # What was found is about the same media.
    other = placed(replace(document, segments=document.segments[:1], pins=()), folder)
    project = Project(document, other if found.pins else None, {}, view)
    save_project(project, folder / "cut.lipsync")
    assert load_project(folder / "cut.lipsync") == project
