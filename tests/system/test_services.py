"""Services that really listen, reached by HTTP."""

import json
import re
import signal
import subprocess
from pathlib import Path
from urllib.error import HTTPError

import pytest

from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.state import read_run
from tests.conformance.corpus import CORPUS, needs_corpus
from tests.polling import eventually
from tests.required import required
from tests.system.services import Start, fetch, start
from tests.terminal import PROGRAMS

__all__ = ["start"]

WEB = """
kind: component
name: web
{more}
run:
  kind: service
  ports: [18417]
  container: {{command: [python, -m, http.server], args: ["{{{{ globals.ports[0] }}}}", --bind, 127.0.0.1]}}
"""
PROBE = "termination: {probe: {http: {port: 18417, path: /here.txt}}}"


def test_a_service_runs_once_it_answers_and_is_stopped(start: Start, tmp_path: Path) -> None:
    (tmp_path / "web.yml").write_text(WEB.format(more=""))
    (tmp_path / "here.txt").write_text("found")
    service = start("-f", "web.yml")
    assert fetch(f"{service.url}here.txt") == b"found"
    service.runner.send_signal(signal.SIGINT)
    service.runner.wait(120)
    ended = read_run(service.folder)
    assert (ended.kind, ended.status) == ("service", "stopped")
    assert f"answers at {service.url}" in [each.message for each in ended.conditions]


def test_two_services_that_want_one_port_both_answer(start: Start, tmp_path: Path) -> None:
    (tmp_path / "web.yml").write_text(WEB.format(more=""))
    services = [start("-f", "web.yml") for _ in range(2)]
    assert len({each.url for each in services}) == len([fetch(each.url) for each in services])


def test_a_service_that_its_probe_finds_unwell_does_not_run_yet(start: Start, tmp_path: Path) -> None:
    (tmp_path / "web.yml").write_text(WEB.format(more=PROBE))
    command = [str(PROGRAMS / "polyaxon"), "run", "-f", "web.yml"]
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.DEVNULL) as runner:
        folder = RunFolder(eventually(lambda: [*(tmp_path / "home" / "runs").glob("*")], 120)[0])
        log = folder.journal / "main.out"
        eventually(lambda: log.exists() and b"GET /here.txt" in log.read_bytes(), 120)
        assert read_run(folder).status == "starting"
        (tmp_path / "here.txt").write_text("well")
        eventually(lambda: read_run(folder).status == "running", 120)
        runner.send_signal(signal.SIGINT)
        runner.wait(120)


@pytest.mark.parametrize("place", ["dag", "hook"])
def test_a_service_beside_other_runs_is_told_with_its_address(home: Path, tmp_path: Path, place: str) -> None:
    web = WEB.format(more="").replace("\n", "\n      ")
    dag = f"kind: component\nrun:\n  kind: dag\n  operations:\n  - name: web\n    component:{web}"
    hooked = "kind: component\nhooks: [{trigger: succeeded, hubRef: web}]\ncmd: 'true'\n"
    (home / "hub" / "web").mkdir(parents=True)
    (home / "hub" / "web" / "latest.yaml").write_text(WEB.format(more=""))
    (tmp_path / "file.yml").write_text({"dag": dag, "hook": hooked}[place])
    command = [str(PROGRAMS / "polyaxon"), "run", "-f", "file.yml"]
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, text=True) as runner:
        assert runner.stdout is not None
        told = next(line for line in runner.stdout if " answers at " in line)
        assert fetch(told.split()[-1])
        runner.send_signal(signal.SIGINT)
        runner.communicate(timeout=120)
    assert re.match(r"polyaxon: (hook )?web \w{12} answers at ", told)


LAB = CORPUS / "quick-start" / "scheduling" / "services" / "notebook.yaml"


@pytest.mark.parametrize(
    ("package", "words"),
    [
        ("notebook", ("--hub", "notebook")),
        pytest.param("jupyterlab", ("-f", str(LAB)), marks=needs_corpus),
    ],
)
def test_a_notebook_server_answers_under_its_base(start: Start, package: str, words: tuple[str, ...]) -> None:
    required(package)
    service = start(*words)
    assert re.search(r"/services/v1/default/default/runs/\w+/\d+/$", service.url)
    with pytest.raises(HTTPError, match="HTTP Error 403: Forbidden"):
        fetch(f"{service.url}api/contents")
    assert "version" in json.loads(fetch(f"{service.url}api"))
