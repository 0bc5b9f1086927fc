"""Finding out whether a service answers; the servers are real."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from polyaxon_sdk.runner.services.readiness import Readiness, Service
from tests.polling import eventually


@contextmanager
def serving(answers: dict[str, int]) -> Iterator[int]:
    """The port of a server that answers each path with a status, and others with 404."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(answers.get(self.path, 404))
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Print nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}).start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize(
    ("answers", "path"),
    [
        ({"/base/": 200, "/": 404}, "/base/"),
        ({"/base/": 302, "/": 200}, "/base/"),
        ({"/": 200}, "/"),
        ({"/base/": 403}, "/base/"),
        ({}, "/"),
    ],
    ids=["its base", "a login", "the root", "forbidden", "nothing found"],
)
def test_a_service_is_reached_where_it_serves(answers: dict[str, int], path: str) -> None:
    with serving(answers) as port:
        assert Service(ports=(port,), paths=("/base/", "/")).urls() == [f"http://127.0.0.1:{port}{path}"]


def test_each_port_has_its_url() -> None:
    with serving({"/": 200}) as port:
        urls = Service(ports=(port, 9)).urls()
    assert urls == [f"http://127.0.0.1:{port}/", "http://127.0.0.1:9/"]


def test_a_service_that_fails_is_not_ready() -> None:
    with serving({"/": 503}) as port:
        assert Service(ports=(port,)).urls() is None


@pytest.mark.parametrize(("status", "is_well"), [(200, True), (404, False), (503, False)])
def test_the_path_of_a_probe_decides(status: int, *, is_well: bool) -> None:
    with serving({"/health": status, "/": 200}) as port:
        assert (Service(ports=(port,), asked="/health").urls() is not None) is is_well


@pytest.mark.parametrize(
    ("command", "is_well"), [(("true",), True), (("false",), False), (("no-such-program",), False)]
)
def test_the_command_of_a_probe_decides(command: tuple[str, ...], *, is_well: bool) -> None:
    with serving({"/": 200}) as port:
        assert (Service(ports=(port,), command=command).urls() is not None) is is_well


def test_nobody_answers_where_nobody_listens() -> None:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        assert Service(ports=(held.getsockname()[1],)).urls() is None


def test_what_speaks_something_else_answers_too() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        readiness = Readiness(Service(ports=(port,)))
        readiness.start()
        asking, _ = server.accept()
        with asking:
            asking.sendall(b"220 mail.example ready\r\n")
        assert eventually(lambda: readiness.urls) == [f"http://127.0.0.1:{port}/"]


def test_a_service_is_asked_until_it_answers() -> None:
    answers = {"/": 503}
    with serving(answers) as port:
        readiness = Readiness(Service(ports=(port,)))
        readiness.start()
        answers["/"] = 200
        assert eventually(lambda: readiness.urls)
