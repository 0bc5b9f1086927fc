"""Services that nobody uses end; the servers and connections are real."""

import signal
import socket
import subprocess
import sys
from pathlib import Path
from time import monotonic, sleep

import pytest

from polyaxon_sdk.polyflow import V1Operation, read
from polyaxon_sdk.runner.carrying import Nobody, carry_out_any, plan_any
from polyaxon_sdk.runner.draft import Labels, draft
from polyaxon_sdk.runner.executors.process import ProcessExecutor
from polyaxon_sdk.runner.services.culling import Culling, is_connected
from polyaxon_sdk.runner.services.readiness import Service
from polyaxon_sdk.settings import Settings
from tests.polling import eventually


def test_a_port_is_in_use_while_somebody_is_connected() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        assert not is_connected([port])
        with socket.create_connection(("127.0.0.1", port)):
            assert is_connected([port])


def test_it_is_told_once_nobody_uses_it() -> None:
    told: list[str] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        culling = Culling(Service(ports=(server.getsockname()[1],)), timeout=0.2, end=told.append)
        culling.start()
        assert eventually(lambda: told) == ["nobody used it for 0.2 s"]


def test_a_command_tells_where_there_is_one(tmp_path: Path) -> None:
    told: list[str] = []
    (tmp_path / "used").touch()
    service = Service(
        ports=(1,), command=("sh", "-c", f"echo 1 >> {tmp_path}/asked; test -e {tmp_path}/used")
    )
    culling = Culling(service, timeout=0.1, end=told.append)
    culling.start()
    eventually(lambda: (tmp_path / "asked").exists() and len((tmp_path / "asked").read_text().split()) > 8)
    assert told == []
    (tmp_path / "used").unlink()
    eventually(lambda: bool(told))


HELD_UP = """
from threading import Event
from polyaxon_sdk.runner.services.culling import Culling
from polyaxon_sdk.runner.services.readiness import Service
over = Event()
culling = Culling(Service(ports=(1,)), timeout=2.0, end=lambda _: over.set())
culling.start()
print("begun", flush=True)
over.wait()
print("over", flush=True)
"""


@pytest.mark.system
def test_time_in_which_nobody_could_look_does_not_count() -> None:
    with subprocess.Popen([sys.executable, "-c", HELD_UP], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"begun\n"
        process.send_signal(signal.SIGSTOP)
        sleep(2.5)
        process.send_signal(signal.SIGCONT)
        goes_on = monotonic()
        assert process.stdout.readline() == b"over\n"
        assert monotonic() - goes_on > 1.0


@pytest.mark.system
def test_a_service_that_nobody_uses_is_stopped(settings: Settings) -> None:
    serve = "{{ globals.ports[0] }}"
    container = {"command": [sys.executable, "-m", "http.server"], "args": [serve, "--bind", "127.0.0.1"]}
    run = {"kind": "service", "ports": [8123], "container": container}
    component = {"kind": "component", "termination": {"culling": {"timeout": 2}}, "run": run}
    operation = read(V1Operation, {"kind": "operation", "component": component})
    plan = plan_any(draft(operation, settings=settings, params={}, labels=Labels()))
    outcome = carry_out_any(plan, settings=settings, executor=ProcessExecutor(), watcher=Nobody())
    assert outcome.state is not None
    assert outcome.state.status == "stopped"
    assert "nobody used it for 2 s" in [each.message for each in outcome.state.conditions]
