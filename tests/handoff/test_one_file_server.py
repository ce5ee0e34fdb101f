"""A finished video is served to a phone once, at one address, and nothing else is."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from lipsyncer.diagnostics.errors import InputError
from lipsyncer.handoff import one_file_server
from lipsyncer.handoff.one_file_server import OneFileServer

CONTENT = bytes(range(256)) * 8192
"""Two megabytes: more than the buffers of a connection hold."""


@pytest.fixture
def video(tmp_path: Path) -> Path:
    path = tmp_path / "Tanz im März.mp4"
    path.write_bytes(CONTENT)
    (tmp_path / "secret.txt").write_text("nobody's business")
    return path


@pytest.fixture
def server(video: Path) -> Iterator[OneFileServer]:
    server = OneFileServer(video, "127.0.0.1")
    yield server
    server.close()


def ask(
    server: OneFileServer, path: str | None = None, method: str = "GET", **headers: str
) -> tuple[HTTPResponse, bytes]:
    parts = urlsplit(server.address)
    connection = HTTPConnection(parts.hostname or "", parts.port, timeout=20)
    connection.putrequest(method, path or parts.path, skip_host=False, skip_accept_encoding=True)
    for name, value in headers.items():
        connection.putheader(name, value)
    connection.endheaders()
    response = connection.getresponse()
    body = response.read()
    connection.close()
    return response, body


def ended(server: OneFileServer, state: str) -> None:
    deadline = time.monotonic() + 20
    while server.state != state and time.monotonic() < deadline:
        time.sleep(0.01)
    assert server.state == state


def refuses_connections(server: OneFileServer) -> bool:
    parts = urlsplit(server.address)
    server._thread.join(20)
    try:
        socket.create_connection((parts.hostname or "", parts.port or 0), timeout=5).close()
    except OSError:
        return True
    return False


def test_the_file_arrives_whole_under_its_name_and_then_the_server_is_gone(
    server: OneFileServer,
) -> None:
    assert server.state == "waiting"
    response, body = ask(server)
    assert (response.status, body) == (200, CONTENT)
    assert response.headers["Content-Type"] == "video/mp4"
    assert response.headers["Content-Disposition"] == (
        "attachment; filename*=UTF-8''Tanz%20im%20M%C3%A4rz.mp4"
    )
    ended(server, "sent")
    assert refuses_connections(server)


def test_addresses_can_not_be_guessed_and_differ_each_time(video: Path) -> None:
    servers = [OneFileServer(video, "127.0.0.1") for _ in range(3)]
    tokens = {urlsplit(server.address).path for server in servers}
    assert len(tokens) == 3 and all(len(token) == 23 for token in tokens)
    for server in servers:
        server.close()


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/index.html",
        "/{name}",
        "/secret.txt",
        "/{token}/",
        "/{token}/../secret.txt",
        "/{token}/%2e%2e/secret.txt",
        "/../secret.txt",
        "/..%2fsecret.txt",
        "//{token}",
        "/./{token}",
        "/{token}?x=1",
        "/{token}%00",
        "/{token}x",
        "/{short}",
        "/{swapped}",
        "http://127.0.0.1/{token}",
        "/{quoted}",
    ],
)
def test_nothing_else_is_answered(server: OneFileServer, path: str) -> None:
    token = urlsplit(server.address).path[1:]
    asked = path.format(
        token=token,
        name="Tanz%20im%20M%C3%A4rz.mp4",
        short=token[:-1],
        swapped=token.swapcase(),
        quoted="".join(f"%{ord(letter):02x}" for letter in token),
    )
    for method in ("GET", "HEAD"):
        response, body = ask(server, asked, method)
        assert (response.status, body) == (404, b"")
        assert "Server" not in response.headers
    assert server.state == "waiting"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PROPFIND"])
def test_other_methods_are_refused(server: OneFileServer, method: str) -> None:
    response, body = ask(server, method=method)
    assert (response.status, body) == (501, b"")
    assert server.state == "waiting"


def test_a_look_at_the_head_does_not_count(server: OneFileServer) -> None:
    response, body = ask(server, method="HEAD")
    assert (response.status, body) == (200, b"")
    assert response.headers["Content-Length"] == str(len(CONTENT))
    assert server.state == "waiting"
    assert ask(server)[1] == CONTENT


@pytest.mark.parametrize("asked", ["bytes=0-1", "bytes=100-", "bytes=-5", "bytes=9999999999-"])
def test_a_range_gets_the_whole_file(server: OneFileServer, asked: str) -> None:
    response, body = ask(server, Range=asked)
    assert (response.status, body) == (200, CONTENT)
    assert response.headers["Accept-Ranges"] == "none"


def test_of_two_that_fetch_it_at_once_one_gets_it(server: OneFileServer) -> None:
    got: list[tuple[int, bytes]] = []

    def fetch() -> None:
        try:
            response, body = ask(server)
            got.append((response.status, body))
        except OSError:  # the server was gone already
            got.append((0, b""))

    threads = [threading.Thread(target=fetch) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(body == CONTENT for _, body in got) == [False, False, False, True]
    assert {status for status, body in got if body != CONTENT} <= {0, 410}


def test_a_transfer_that_breaks_off_can_be_begun_again(server: OneFileServer) -> None:
    parts = urlsplit(server.address)
    with socket.create_connection((parts.hostname or "", parts.port or 0)) as connection:
        connection.sendall(f"GET {parts.path} HTTP/1.1\r\n\r\n".encode())
        connection.recv(1000)
        # Closed with bytes unread, so the other side hears that they were not wanted.
    ended(server, "waiting")
    assert ask(server)[1] == CONTENT
    ended(server, "sent")


def test_a_connection_that_says_nothing_keeps_nobody_waiting(server: OneFileServer) -> None:
    parts = urlsplit(server.address)
    with socket.create_connection((parts.hostname or "", parts.port or 0)) as silent:
        silent.sendall(b"GET /")
        assert ask(server)[1] == CONTENT


def test_it_ends_by_itself_and_when_it_is_told_to(video: Path) -> None:
    brief = OneFileServer(video, "127.0.0.1", lifetime=0.3)
    ended(brief, "expired")
    assert refuses_connections(brief)
    brief.close()
    assert brief.state == "expired"
    stopped = OneFileServer(video, "127.0.0.1")
    stopped.close()
    assert stopped.state == "stopped" and refuses_connections(stopped)


def test_time_that_is_up_ends_a_transfer_too(video: Path) -> None:
    video.write_bytes(b"0" * 30_000_000)
    server = OneFileServer(video, "127.0.0.1", lifetime=0.5)
    parts = urlsplit(server.address)
    with socket.create_connection((parts.hostname or "", parts.port or 0)) as slow:
        slow.sendall(f"GET {parts.path} HTTP/1.1\r\n\r\n".encode())
        slow.recv(1000)
        ended(server, "expired")
    server.close()


def test_what_takes_the_files_name_later_is_not_served(server: OneFileServer, video: Path) -> None:
    video.rename(video.with_name("moved.mp4"))
    video.with_name(video.name).write_text("something else")
    assert ask(server)[1] == CONTENT


def test_it_listens_in_one_network_only(video: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(one_file_server, "network_address", lambda: "127.0.0.1")
    server = OneFileServer(video)
    assert server._server.socket.getsockname()[0] == "127.0.0.1"
    server.close()


def test_without_a_file_or_a_network_it_says_so(
    video: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(InputError, match="export it again"):
        OneFileServer(video.with_name("gone.mp4"), "127.0.0.1")

    def unreachable() -> str:
        raise OSError("Network is unreachable")

    monkeypatch.setattr(one_file_server, "network_address", unreachable)
    with pytest.raises(InputError, match="no network"):
        OneFileServer(video)
