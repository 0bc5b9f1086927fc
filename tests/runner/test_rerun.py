"""Runs started again: their drafts, and what becomes of them once they are carried out."""

import json
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyflow import V1Operation, V1Param
from polyaxon_sdk.runner.draft import Draft, Labels
from polyaxon_sdk.runner.lifecycle import Outcome
from polyaxon_sdk.runner.plan import Plan, make_plan
from polyaxon_sdk.runner.reporter import create
from polyaxon_sdk.runner.rerun import Changes, ports_of_run, restart, resume
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.logs import read_logs
from polyaxon_sdk.runs.record import RecordWriter
from polyaxon_sdk.runs.state import RunState, read_run
from polyaxon_sdk.settings import Settings
from tests.runner.conftest import MakePlan, shell

SCRIPT = """
echo {{ lr }}
test -e "{{ globals.run_outputs_path }}/net" && echo there
touch "{{ globals.run_outputs_path }}/net"
"""
pytestmark = pytest.mark.system

INPUTS = [{"name": "lr", "type": "float", "value": 0.5, "isOptional": True}]


@pytest.fixture
def over(plan_of: MakePlan, run_plan: Callable[[Plan], Outcome]) -> RunFolder:
    """A run that is over and left a file."""
    plan = plan_of(shell(SCRIPT), inputs=INPUTS, labels=Labels(name="first", tags=["a"]))
    assert run_plan(plan).exit is not None
    return plan.folder


@pytest.fixture
def carried(run_plan: Callable[[Plan], Outcome]) -> Callable[[Draft], RunState]:
    """Carry out a draft; the run as it then is."""

    def carry(drafted: Draft) -> RunState:
        plan = make_plan(drafted)
        run_plan(plan)
        return read_run(plan.folder)

    return carry


Carried = Callable[[Draft], RunState]


def printed(settings: Settings, run: RunState) -> list[str]:
    return [line.text for line in read_logs(RunFolder(settings.runs / run.uuid))]


def test_a_restart_is_a_new_run_of_the_same(settings: Settings, over: RunFolder, carried: Carried) -> None:
    run = carried(restart(settings, over))
    assert (run.status, run.name, run.inputs) == ("succeeded", "first", {"lr": 0.5})
    assert (run.original, run.cloning_kind) == (over.uuid, "restart")
    assert (printed(settings, run), run.uuid != over.uuid) == (["0.5"], True)


def test_a_copy_has_the_files(settings: Settings, over: RunFolder, carried: Carried) -> None:
    run = carried(restart(settings, over, copy=True))
    assert (run.cloning_kind, printed(settings, run)) == ("copy", ["0.5", "there"])


def test_single_files_are_copied(settings: Settings, over: RunFolder) -> None:
    drafted = restart(settings, over, paths=["outputs/net"])
    assert drafted.descent is not None
    assert (drafted.descent.kind, drafted.descent.copies) == ("copy", ("outputs/net",))


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("record", "belongs to one run"),
        ("run.plx.json", "belongs to one"),
        ("outputs/no", "has no file"),
        ("../x", "out"),
    ],
)
def test_what_can_not_be_copied_is_told(settings: Settings, over: RunFolder, path: str, why: str) -> None:
    with pytest.raises(InputError, match=why):
        restart(settings, over, paths=[path])


def test_other_labels_are_kept(settings: Settings, over: RunFolder, carried: Carried) -> None:
    labels = Labels(project="acme/digits", name="again", tags=["b"])
    run = carried(restart(settings, over, Changes(labels=labels)))
    assert (run.owner, run.project, run.name, run.tags) == ("acme", "digits", "again", ["a", "b"])


def test_runs_of_what_is_restarted_are_called_as_it_is(settings: Settings, over: RunFolder) -> None:
    source = restart(settings, over, Changes(labels=Labels(name="other", tags=["again"]))).source
    assert source is not None
    assert (source.name, source.tags) == ("other", ["a", "again"])


@pytest.mark.parametrize(
    "changes",
    [Changes(params={"lr": "0.25"}), Changes(over=V1Operation(params={"lr": V1Param(value=0.25)}))],
    ids=["params", "file"],
)
def test_a_changed_run_is_compiled_anew(
    settings: Settings, over: RunFolder, carried: Carried, changes: Changes
) -> None:
    run = carried(restart(settings, over, changes))
    assert (run.inputs, printed(settings, run)) == ({"lr": 0.25}, ["0.25"])


def test_a_changed_run_is_started_again_as_it_was_changed(
    settings: Settings, over: RunFolder, carried: Carried
) -> None:
    changed = carried(restart(settings, over, Changes(params={"lr": "0.25"})))
    again = RunFolder(settings.runs / changed.uuid)
    assert carried(restart(settings, again, Changes(recompile=True))).inputs == {"lr": 0.25}


def test_a_resumed_run_goes_on_in_its_folder(settings: Settings, over: RunFolder, carried: Carried) -> None:
    run = carried(resume(settings, over))
    assert (run.uuid, run.attempt, run.status) == (over.uuid, 1, "succeeded")
    assert printed(settings, run) == ["0.5", "0.5", "there"]


def test_a_run_that_goes_on_is_not_resumed(settings: Settings, over: RunFolder) -> None:
    RecordWriter(over).append("status", status="resuming")
    with pytest.raises(InputError, match="is resuming, expected one that is over"):
        resume(settings, over)


def test_a_script_run_by_hand_has_nothing_to_start_again(settings: Settings) -> None:
    folder = RunFolder(settings.runs / ("0" * 32)).create()
    with pytest.raises(InputError, match=r"has no operation\.plx\.json"):
        restart(settings, folder)


def test_what_it_was_started_from_holds_no_secret(plan_of: MakePlan, tmp_path: Path) -> None:
    plan = plan_of(
        shell("true"), inputs=[{"name": "api_token", "type": "str"}], params={"api_token": "s3cret-value"}
    )
    assert plan.source is not None
    assert "s3cret-value" not in json.dumps(plan.document(plan.source))


def test_a_restart_of_a_pipelines_run_is_none_of_its_runs(settings: Settings, over: RunFolder) -> None:
    record = RecordWriter(over)
    record.append("edge", upstream="a" * 32, kind="pipeline", values=[])
    record.append("edge", upstream="b" * 32, kind="join", values=["outputs.loss"])
    assert [(edge.upstream[0], edge.kind) for edge in restart(settings, over).edges] == [("b", "join")]


@pytest.fixture
def service(plan_of: MakePlan, settings: Settings) -> RunFolder:
    """A service that was given a port, and is over."""
    container = {"command": ["sh", "-c"], "args": ["echo {{ globals.ports[0] }}"]}
    plan = plan_of({}, run={"kind": "service", "ports": [0], "container": container})
    create(plan, settings)
    record = RecordWriter(plan.folder)
    record.append("status", status="failed", reason="ProcessGone", message="")
    record.close()
    return plan.folder


def words(drafted: Draft) -> tuple[list[int], list[str]]:
    """The ports that a service is given, and what it prints of them."""
    assert drafted.ports is not None
    ports = [*drafted.ports.numbers]
    drafted.ports.release()
    return ports, [*make_plan(drafted).task.words[2:]]


@pytest.mark.parametrize("again", [restart, resume])
def test_a_service_is_given_its_port_again(
    settings: Settings, service: RunFolder, again: Callable[[Settings, RunFolder], Draft]
) -> None:
    [port] = ports_of_run(service)
    assert words(again(settings, service)) == ([port], [f"echo {port}"])


@pytest.mark.parametrize("again", [restart, resume])
def test_a_service_whose_port_is_taken_is_given_another(
    settings: Settings, service: RunFolder, again: Callable[[Settings, RunFolder], Draft]
) -> None:
    [before] = ports_of_run(service)
    with socket.create_server(("127.0.0.1", before)):
        [port], told = words(again(settings, service))
    assert (port != before, told) == (True, [f"echo {port}"])
