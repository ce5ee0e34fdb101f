"""One file, once, for a phone in the same network.

The address holds 128 random bits and is the only one that is answered. The server ends when the
file has arrived whole, or after ten minutes. It has no folder, so no path leads anywhere else, and
it listens on the address of one network alone.
"""

from __future__ import annotations

import contextlib
import hmac
import secrets
import socket
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import BinaryIO, Literal
from urllib.parse import quote

from lipsyncer.diagnostics.errors import InputError

LIFETIME = 600.0
"""Seconds until the server ends by itself."""
_PATIENCE = 30.0
"""Seconds without a byte after which a connection is dropped."""
_CHUNK = 256 * 1024
_NOWHERE = "192.0.2.1"
"""An address for documentation (RFC 5737); nothing is sent to it."""

State = Literal["waiting", "sending", "sent", "expired", "stopped"]


class OneFileServer:
    """Serves a file until it has been fetched once.

    Parameters
    ----------
    path
        The file, which is opened at once: whatever takes its name later is not served.
    host
        Address to listen on; that of the network by default.
    lifetime
        Seconds until it ends by itself.

    Raises
    ------
    InputError
        When the file can't be read, or there is no network.
    """

    def __init__(self, path: Path, host: str | None = None, lifetime: float = LIFETIME) -> None:
        self.name = path.name
        self._until = time.monotonic() + lifetime
        self._state: State = "waiting"
        self._sent = 0
        self._sending = threading.Lock()
        self._token = secrets.token_urlsafe(16)
        try:
            self._file: BinaryIO = path.open("rb")
        except OSError as error:
            raise InputError(path, "this can't be read any more; export it again.") from error
        self.size = path.stat().st_size
        try:
            address = host or network_address()
            self._server = _Server((address, 0), self)
        except OSError as error:
            self._file.close()
            raise InputError(
                path, "there is no network to send it over; connect to the phone's Wi-Fi."
            ) from error
        self.address = f"http://{address}:{self._server.server_port}/{self._token}"
        self._thread = threading.Thread(target=self._serve, name="one file", daemon=True)
        self._thread.start()

    @property
    def state(self) -> State:
        """What becomes of it; ``sent``, ``expired`` and ``stopped`` are ends."""
        return self._state

    @property
    def share(self) -> float:
        """Share of the file that is on its way, 0 to 1."""
        return self._sent / max(1, self.size)

    @property
    def seconds_left(self) -> float:
        """Seconds until it ends by itself."""
        return max(0.0, self._until - time.monotonic())

    def close(self) -> None:
        """Stop serving, also in the middle of the file."""
        self._end("stopped")
        self._thread.join()

    def _serve(self) -> None:
        self._server.timeout = 0.1
        while self._state in ("waiting", "sending"):
            self._server.handle_request()
            if not self.seconds_left:
                self._end("expired")
        self._server.server_close()
        with self._sending:  # whoever still reads from it has heard that it is over
            self._file.close()

    def _end(self, state: State) -> None:
        if self._state in ("waiting", "sending"):
            self._state = state

    def is_right(self, request: str) -> bool:
        """Whether the first line of a request names the file, letter by letter."""
        asked = request.split()[1]
        return hmac.compare_digest(asked.encode(), f"/{self._token}".encode())

    def send(self, connection: socket.socket, head: bytes) -> None:
        """Send the file over a connection; the second of two that ask at once waits.

        Raises
        ------
        OSError
            When it doesn't arrive; it can be fetched again then.
        """
        with self._sending:
            if self._state != "waiting":
                connection.sendall(_refusal(410))
                return
            self._state, self._sent = "sending", 0
            try:
                connection.sendall(head)
                self._file.seek(0)
                while chunk := self._file.read(_CHUNK):
                    if self._state != "sending" or not self.seconds_left:
                        raise ConnectionAbortedError
                    connection.sendall(chunk)
                    self._sent += len(chunk)
                # The other side closes when it has read everything; where it keeps the connection
                # open, it has had its time.
                connection.shutdown(socket.SHUT_WR)
                with contextlib.suppress(TimeoutError):
                    while connection.recv(_CHUNK):
                        pass
                self._end("sent")
            finally:
                if self._state == "sending":
                    self._state, self._sent = "waiting", 0


def _refusal(code: int) -> bytes:
    return f"HTTP/1.0 {code} Refused\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, address: tuple[str, int], owner: OneFileServer) -> None:
        self.owner = owner
        super().__init__(address, _Handler)

    def server_bind(self) -> None:
        """Bind without looking up a name for the address, which takes seconds in some networks."""
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = self.socket.getsockname()

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of connections that break off."""


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    timeout = _PATIENCE

    def do_GET(self) -> None:
        """Send the file, whole whatever range is asked for (RFC 9110, 14.2)."""
        if self.server.owner.is_right(self.requestline):
            self.close_connection = True
            self.server.owner.send(self.connection, self._head())
        else:
            self.send_error(404)

    def do_HEAD(self) -> None:
        """Describe the file, which does not count as fetching it."""
        if self.server.owner.is_right(self.requestline):
            self.wfile.write(self._head())
        else:
            self.send_error(404)

    def _head(self) -> bytes:
        name = quote(self.server.owner.name, safe="")
        lines = (
            "HTTP/1.0 200 OK",
            "Content-Type: video/mp4",
            f"Content-Length: {self.server.owner.size}",
            f"Content-Disposition: attachment; filename*=UTF-8''{name}",
            "Accept-Ranges: none",
            "Cache-Control: no-store",
            "X-Content-Type-Options: nosniff",
            "Connection: close",
        )
        return "\r\n".join([*lines, "", ""]).encode("ascii")

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Refuse without a word about what is here."""
        self.close_connection = True
        with contextlib.suppress(OSError):
            self.wfile.write(_refusal(code))

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Keep addresses out of the log: they would still serve the file."""


def network_address() -> str:
    """Give this machine's address in the network that leads outside.

    Raises
    ------
    OSError
        When there is none.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect((_NOWHERE, 9))  # UDP: this only asks which way would be taken
        return str(probe.getsockname()[0])
