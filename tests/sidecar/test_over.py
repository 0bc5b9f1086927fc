"""A run that is over when its sidecar comes: what is made of it, and by how little."""

import json
import subprocess
from pathlib import Path
from threading import Thread

import pytest

from polyaxon_sdk.runs.changes import read_changes
from polyaxon_sdk.runs.drained import Drained, read_drained
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.names import new_uuid
from polyaxon_sdk.runs.record import RecordWriter, read_facts
from polyaxon_sdk.runs.state import read_run
from polyaxon_sdk.runs.writer import process_start
from polyaxon_sdk.settings import held, load
from polyaxon_sdk.sidecar.beside import Beside
from polyaxon_sdk.sidecar.captures import Captures
from polyaxon_sdk.sidecar.chores import Chores
from tests.polling import eventually
from tests.sidecar.draining import HeldLease


@pytest.fixture
def over(home: Path) -> RunFolder:
    """A run that succeeded, of which nobody has taken care."""
    folder = begun(home, 1, 1)
    RecordWriter(folder).append("status", status="succeeded")
    return folder


def begun(home: Path, pid: int, start: int | None) -> RunFolder:
    """A run that is carried out by a process, and printed nothing."""
    folder = RunFolder(home / "runs" / new_uuid()).create()
    (folder.journal / "main.out").touch()
    record = RecordWriter(folder)
    record.append("created", name="digits", track_env=True, track_code=False, collect_resources=False)
    record.append("process", replica="main", pid=pid, start=start)
    record.append("status", status="running")
    return folder


def accompanied(home: Path, child: subprocess.Popen[bytes]) -> RunFolder:
    """A run that succeeded while its sidecar was there."""
    folder = begun(home, child.pid, process_start(child.pid))
    sidecar = Thread(target=lambda: Beside(folder, HeldLease(), load()).run())
    sidecar.start()
    eventually(lambda: ("env", "env") in read_run(folder).artifacts)
    RecordWriter(folder).append("status", status="succeeded")
    child.kill()
    child.wait()
    sidecar.join(60)
    return folder


def files(folder: RunFolder) -> set[str]:
    """The files of a run, those of its record left out, whose names are their writers'."""
    found = (path.relative_to(folder.path) for path in folder.path.rglob("*") if path.is_file())
    return {str(path) for path in found if path.parts[0] != "record"}


def kinds(folder: RunFolder) -> set[str]:
    """What the record of a run tells."""
    return {fact.kind for fact in read_facts(folder)}


def finished(folder: RunFolder) -> Drained:
    """What is kept of how far a run is drained."""
    drained = read_drained(folder)
    assert drained.is_finished
    return drained


@pytest.mark.system
def test_a_run_that_was_over_has_what_one_has_that_was_accompanied(
    over: RunFolder, home: Path, child: subprocess.Popen[bytes]
) -> None:
    other = accompanied(home, child)
    Beside(over, HeldLease(), load()).run()
    assert files(over) == files(other)
    assert finished(over).text() == finished(other).text()
    assert over.lineages_view.read_text() == other.lineages_view.read_text()
    assert (over.outputs / "env.json").read_bytes() == (other.outputs / "env.json").read_bytes()
    mine, others = (json.loads(folder.run_view.read_text()) for folder in (over, other))
    told = ("name", "status", "meta_info", "outputs", "problems")
    assert [mine[each] for each in told] == [others[each] for each in told]
    assert kinds(over) == kinds(other) - {"heartbeat"}


def test_what_was_captured_is_told_in_one_write_with_the_end(over: RunFolder) -> None:
    Beside(over, HeldLease(), load()).run()
    *_, captured, summarised = read_facts(over)
    assert [captured.kind, summarised.kind] == ["lineage", "series"]
    assert [clock for clock, _, _ in read_changes(over.home) if clock >= captured.clock] == [summarised.clock]


def test_what_was_captured_is_on_the_disk_before_it_is_told(over: RunFolder) -> None:
    facts = Chores(over, load(), RecordWriter(over).append).capture(read_run(over))
    assert [(kind, fields["artifact"]["path"]) for kind, fields in facts] == [("lineage", "outputs/env.json")]  # type: ignore[index,call-overload]  # a dictionary in JSON
    assert (over.outputs / "env.json").is_file()
    assert ("env", "env") not in read_run(over).artifacts


def test_one_that_was_killed_before_it_told_is_followed_by_one_that_captures_again(over: RunFolder) -> None:
    Chores(over, load(), RecordWriter(over).append).capture(read_run(over))
    Beside(over, HeldLease(), load()).run()
    assert finished(over).is_finished
    assert [*read_run(over).artifacts] == [("env", "env")]


def test_runs_with_the_same_settings_share_what_takes_secrets_out(home: Path) -> None:
    captures = Captures()
    with held():
        assert captures.masker(load().usable("ship_wait")[0]) is captures.masker(load())
