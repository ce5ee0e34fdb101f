"""The face model is fetched once, whole and checked, or one sentence says what to do."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from lipsyncer.diagnostics.errors import LipsyncerError
from lipsyncer.features import face_model
from lipsyncer.progress import driven, finish

CONTENT = bytes(range(256)) * 1000


class _Maker(BaseHTTPRequestHandler):
    """Serves the content at any address."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(CONTENT)

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def place(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Give the path under which a new user's model is saved."""
    monkeypatch.delenv(face_model.VARIABLE)
    for name in ("XDG_DATA_HOME", "HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path))
    return face_model._place()


@pytest.fixture
def maker(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Serve a model on this machine."""
    server = HTTPServer(("127.0.0.1", 0), _Maker)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    address = f"http://127.0.0.1:{server.server_port}/{face_model.NAME}"
    monkeypatch.setattr(face_model, "ADDRESS", address)
    monkeypatch.setattr(face_model, "SIZE", len(CONTENT))
    monkeypatch.setattr(face_model, "SHA256", hashlib.sha256(CONTENT).hexdigest())
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    yield
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.usefixtures("maker")
def test_the_model_is_fetched_once_and_its_progress_told(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shares: list[float] = []
    driven(face_model.fetch(), shares.append)
    assert place.read_bytes() == CONTENT
    assert shares == sorted(shares) and len(shares) > 2 and shares[-1] == 1.0
    assert face_model.face_model() == place
    monkeypatch.setattr(face_model, "ADDRESS", "http://127.0.0.1:9/")
    finish(face_model.fetch())  # nothing to do, and nobody asked


@pytest.mark.usefixtures("maker")
def test_something_else_is_not_kept(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(face_model, "SHA256", "0" * 64)
    with pytest.raises(LipsyncerError, match="is not the face model") as error:
        finish(face_model.fetch())
    assert str(place) in str(error.value)
    assert [path for path in place.parent.rglob("*") if path.is_file()] == []


def test_without_a_connection_the_sentence_says_how_to_bring_the_file(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(face_model, "ADDRESS", "http://127.0.0.1:9/face.task")
    with pytest.raises(LipsyncerError, match="can't be fetched") as error:
        finish(face_model.fetch())
    assert "save http://127.0.0.1:9/face.task as" in str(error.value)
    assert str(place) in str(error.value)


def test_a_file_brought_by_hand_is_checked(place: Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(b"a page that says 404")
    with pytest.raises(LipsyncerError, match="this is not the face model"):
        face_model.face_model()


def test_a_file_that_is_named_is_used_and_never_fetched(
    place: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    named = tmp_path / "mine.task"
    monkeypatch.setenv(face_model.VARIABLE, str(named))
    assert not face_model.is_missing()
    with pytest.raises(LipsyncerError, match="the face model is missing"):
        face_model.face_model()
    named.write_bytes(CONTENT)
    monkeypatch.setattr(face_model, "SHA256", hashlib.sha256(CONTENT).hexdigest())
    assert face_model.face_model() == named
