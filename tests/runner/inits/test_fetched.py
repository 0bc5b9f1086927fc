import json
import re
from pathlib import Path

import pytest

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.names import new_uuid
from polyaxon_sdk.runs.record import RecordWriter
from polyaxon_sdk.runs.state import Upstream
from polyaxon_sdk.settings import Settings
from tests.runner.conftest import Memory
from tests.runner.inits.conftest import Prepare, RunInits


def add_run(runs: Path) -> str:
    """Add a run that made a model; its uuid."""
    folder = RunFolder(runs / new_uuid()).create()
    (folder.outputs / "model").mkdir()
    (folder.outputs / "model" / "net.txt").write_text("net")
    writer = RecordWriter(folder)
    writer.append("created", name="train", project="default")
    writer.append("lineage", artifact={"name": "net", "kind": "model", "path": "outputs/model"})
    writer.append("status", status="succeeded")
    writer.close()
    return folder.uuid


def cat(path: str) -> str:
    """A script that prints a file below `globals.artifacts_path`."""
    return f"cat '{{{{ globals.artifacts_path }}}}/{path}'"


@pytest.mark.system
def test_files_of_another_run_are_there(settings: Settings, run_inits: RunInits, watcher: Memory) -> None:
    uuid = add_run(settings.runs)
    wanted = f"{uuid}/outputs/model/net.txt"
    run_inits({"artifacts": {"files": [wanted]}}, script=cat(wanted))
    assert watcher.printed == b"net"


@pytest.mark.system
def test_a_folder_of_another_run_goes_where_it_is_wanted(
    settings: Settings, run_inits: RunInits, watcher: Memory
) -> None:
    uuid = add_run(settings.runs)
    step = {"artifacts": {"dirs": [[f"{uuid}/outputs", "before"]]}, "path": "data"}
    run_inits(step, script=cat("data/before/model/net.txt"))
    assert watcher.printed == b"net"


@pytest.mark.system
def test_a_run_that_others_shipped_comes_from_the_store(
    tmp_path: Path, run_inits: RunInits, watcher: Memory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POLYAXON_ARTIFACTS_STORE", str(tmp_path / "store"))
    uuid = add_run(tmp_path / "store")
    run_inits({"artifacts": {"dirs": [uuid]}}, script=cat(f"{uuid}/outputs/model/net.txt"))
    assert watcher.printed == b"net"


@pytest.mark.system
def test_what_another_run_logged_under_a_name_is_there(
    settings: Settings, run_inits: RunInits, watcher: Memory
) -> None:
    uuid = add_run(settings.runs)
    run_inits({"lineageRef": f"{uuid}:net"}, script=cat(f"{uuid}/outputs/model/net.txt"))
    assert watcher.printed == b"net"


@pytest.mark.system
def test_an_input_of_artifacts_becomes_a_step(
    settings: Settings, run_inits: RunInits, watcher: Memory
) -> None:
    uuid = add_run(settings.runs)
    inputs = [{"name": "models", "type": "artifacts", "toInit": True}]
    params = {"models": {"dirs": [f"{uuid}/outputs"]}}
    run_inits(inputs=inputs, params=params, script=cat(f"{uuid}/outputs/model/net.txt"))
    assert watcher.printed == b"net"


@pytest.mark.system
def test_the_run_says_which_run_its_files_come_from(settings: Settings, run_inits: RunInits) -> None:
    uuid = add_run(settings.runs)
    state = run_inits({"artifacts": {"dirs": [f"{uuid}/outputs"]}}).state
    assert state is not None
    assert state.upstream == [Upstream(uuid, "run", ("outputs",))]


@pytest.mark.system
def test_a_file_that_is_not_there_fails_the_run(settings: Settings, run_inits: RunInits) -> None:
    uuid = add_run(settings.runs)
    state = run_inits({"artifacts": {"files": [f"{uuid}/outputs/none"]}}).state
    assert state is not None
    told = f"run {uuid[:12]} has no file 'outputs/none' in file://{settings.runs}"
    assert told in state.conditions[-1].message


def joining(query: str, path: str = "outputs") -> dict[str, object]:
    """A join that brings a folder of each run, and the input that it is for."""
    found = {"value": {"dirs": [path]}, "toInit": True}
    inputs = [{"name": "models", "type": "artifacts"}]
    return {"joins": [{"query": query, "params": {"models": found}}], "inputs": inputs}


@pytest.mark.system
def test_a_join_that_finds_nothing_brings_nothing(run_inits: RunInits) -> None:
    state = run_inits(**joining("name:nobody")).state
    assert state is not None
    assert (state.status, state.inputs) == ("succeeded", {"models": {"files": [], "dirs": []}})


@pytest.mark.system
def test_a_run_of_a_join_that_lacks_what_is_brought_is_named_with_the_param(
    settings: Settings, run_inits: RunInits
) -> None:
    uuids = [add_run(settings.runs) for _ in range(5)]
    state = run_inits(**joining("name:train", "none")).state
    assert state is not None
    told = state.conditions[-1].message
    assert re.match(r"run.init\[0\]: models: artifacts .* and 2 more: run \w+ has no folder 'none'", told)
    assert any(f"run {uuid[:12]} has" in told for uuid in uuids)


def test_a_run_that_is_nowhere_is_refused_before_anything_is_created(prepare: Prepare) -> None:
    uuid = new_uuid()
    with pytest.raises(InputError, match=rf"run.init\[0\].artifacts.dirs: no run '{uuid}' in this home"):
        prepare({"artifacts": {"dirs": [uuid]}})


@pytest.mark.parametrize("path", ["../a", "a/../..", "."])
def test_a_path_out_of_the_store_is_refused(prepare: Prepare, path: str) -> None:
    with pytest.raises(InputError, match="leads out of the store"):
        prepare({"artifacts": {"files": [path]}})


def test_a_name_that_no_run_logged_is_refused(prepare: Prepare, settings: Settings) -> None:
    uuid = add_run(settings.runs)
    with pytest.raises(InputError, match=r"logged no 'nets' with a path, did you mean 'net'\?"):
        prepare({"lineageRef": f"{uuid}:nets"})


def test_an_unknown_connection_is_refused(prepare: Prepare) -> None:
    with pytest.raises(InputError, match=r"run.init\[0\].connection: unknown connection 'data'"):
        prepare({"connection": "data", "paths": ["a"]})


def catalog(**schema: object) -> str:
    """A catalog of one connection `data`."""
    kind = "git" if "url" in schema else "host_path"
    return json.dumps([{"name": "data", "kind": kind, "schema": schema}])


@pytest.mark.system
def test_paths_of_a_connection_are_there(
    tmp_path: Path, run_inits: RunInits, watcher: Memory, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "data" / "images").mkdir(parents=True)
    (tmp_path / "data" / "images" / "a.txt").write_text("image")
    place = str(tmp_path / "data")
    monkeypatch.setenv("POLYAXON_CONNECTIONS_CATALOG", catalog(hostPath=place, mountPath=place))
    run_inits({"connection": "data", "paths": ["images"]}, script=cat("data/images/a.txt"))
    assert watcher.printed == b"image"


@pytest.mark.system
def test_a_git_connection_alone_is_cloned(
    repository: Path, run_inits: RunInits, watcher: Memory, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = catalog(url=str(repository), revision="v1")
    monkeypatch.setenv("POLYAXON_CONNECTIONS_CATALOG", found)
    run_inits({"connection": "data"}, script=cat("train/train.txt"))
    assert watcher.printed == b"first"


@pytest.mark.system
def test_templates_see_the_connections(
    tmp_path: Path, run_inits: RunInits, watcher: Memory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POLYAXON_CONNECTIONS_CATALOG", catalog(hostPath="/data", mountPath="/mnt"))
    run_inits(script="echo '{{ connections.data.hostPath }}'")
    assert watcher.printed == b"/data\n"
