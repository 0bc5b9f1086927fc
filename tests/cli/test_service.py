"""Where a service is reached, from any terminal."""

import json
from pathlib import Path
from urllib.request import urlopen

import pytest

from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.record import RecordWriter
from tests.cli.conftest import Polyaxon
from tests.cli.inside import polyaxon

__all__ = ["polyaxon"]

FILES = """
kind: component
run:
  kind: service
  ports: [8000]
  container: {command: [python, -m, http.server], args: ["{{ globals.ports[0] }}", --bind, 127.0.0.1]}
"""


def test_the_address_of_a_service_opens(polyaxon: Polyaxon, folder: Path) -> None:
    (folder / "files.yml").write_text(FILES)
    uuid = json.loads(polyaxon("run", "-f", "files.yml", "--detach", "-o", "json").out)["uuid"]
    told = polyaxon("ops", "service", "-uid", uuid)
    assert told.code == 0
    with urlopen(told.out.strip(), timeout=60) as answer:
        assert b"files.yml" in answer.read()
    polyaxon("ops", "stop", "-uid", uuid)
    assert "is over: it is stopped" in polyaxon("ops", "service", "-uid", uuid).err


@pytest.mark.parametrize(("kind", "line"), [("job", "is a job"), ("", "is a script")])
def test_what_is_no_service_is_refused(kind: str, line: str, polyaxon: Polyaxon, home: Path) -> None:
    folder = RunFolder(home / "runs" / ("a" * 32)).create()
    record = RecordWriter(folder)
    record.append("created", kind=kind)
    record.close()
    told = polyaxon("ops", "service", "-uid", folder.uuid)
    assert (told.code, told.err) == (2, f"Error: run {'a' * 12} {line}, expected a service\n")
