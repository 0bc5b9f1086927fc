"""Web servers on loopback, well behaved and not."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ssl import SSLContext
from threading import Event, Thread

Headers = dict[str, str]


class Site:
    """A web server that answers with what was put on it, and keeps what it was asked."""

    def __init__(self, root: str) -> None:
        self.root = root
        self.pages: dict[str, tuple[int, Headers, bytes]] = {}
        self.asked: list[tuple[str, Headers]] = []

    def put(self, path: str, text: str = "", *, status: int = 200, **headers: str) -> str:
        """Answer a path, query included, with a text from now on; returns its URL."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.pages[path] = (status, named, text.encode())
        return self.root + path


@contextmanager
def site(tls: SSLContext | None = None) -> Iterator[Site]:
    """A running site, of http or, with a certificate for localhost, of https."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            place.asked.append((self.path, dict(self.headers.items())))
            status, headers, body = place.pages.get(self.path, (404, {}, b"nothing here"))
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Keep the tests' output clean."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        place = Site(f"http://127.0.0.1:{server.server_port}")
        if tls is not None:
            place = Site(f"https://localhost:{server.server_port}")
            server.socket = tls.wrap_socket(server.socket, server_side=True)
        thread = Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        yield place
        server.shutdown()
        thread.join()


Misbehaviour = Callable[[socket.socket, Event], None]
"""What a server does with a connection, until the test is over."""


@contextmanager
def misbehaving(behave: Misbehaviour) -> Iterator[str]:
    """The URL of a server that answers no request as it should."""
    over = Event()

    def serve(connection: socket.socket) -> None:
        with connection, suppress(OSError):
            connection.recv(4096)
            behave(connection, over)

    def accept() -> None:
        with suppress(OSError):
            while not over.is_set():
                connection, _ = listener.accept()
                Thread(target=serve, args=(connection,), daemon=True).start()

    with socket.create_server(("127.0.0.1", 0)) as listener:
        Thread(target=accept, daemon=True).start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/train.yml"
        over.set()


def hang(_connection: socket.socket, over: Event) -> None:
    """Say nothing."""
    over.wait(60)


def drip_headers(connection: socket.socket, over: Event) -> None:
    """Send a header line that never ends, a letter at a time."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nX-Long: ")
    while not over.wait(0.05):
        connection.sendall(b"a")


def drip_body(connection: socket.socket, over: Event) -> None:
    """Send a document a letter at a time, without an end."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n")
    while not over.wait(0.05):
        connection.sendall(b"#")


def send_without_end(connection: socket.socket, over: Event) -> None:
    """Send as fast as it goes, without an end."""
    connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
    while not over.is_set():
        connection.sendall(b"# all work and no play\n" * 1000)


def cut_off(connection: socket.socket, _over: Event) -> None:
    """Promise more than is sent."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nkind: component\n")


def cut_off_chunked(connection: socket.socket, _over: Event) -> None:
    """End in the middle of a chunk."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n40\r\nkind: component\n")


def talk_nonsense(connection: socket.socket, _over: Event) -> None:
    """Speak another protocol."""
    connection.sendall(b"220 mail.example.com ESMTP ready\r\n")
