from collections.abc import Callable, Mapping

import pytest

from polyaxon_sdk.exceptions import InputError, RunNotFoundError
from polyaxon_sdk.polyaxonfile.layers import lay_over
from polyaxon_sdk.polyflow import V1Operation, read
from polyaxon_sdk.runner.draft import Draft, Labels, draft
from polyaxon_sdk.runner.executors.process import ProcessExecutor
from polyaxon_sdk.runner.lifecycle import carry_out
from polyaxon_sdk.runner.plan import make_plan
from polyaxon_sdk.runner.upstream import Edge
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.names import new_uuid
from polyaxon_sdk.runs.record import RecordWriter
from polyaxon_sdk.runs.state import Upstream, read_run
from polyaxon_sdk.settings import Settings
from polyaxon_sdk.types import Json
from tests.runner.conftest import Memory

AddRun = Callable[..., str]

REPORT: dict[str, object] = {
    "kind": "operation",
    "component": {
        "kind": "component",
        "inputs": [{"name": "losses", "type": "float", "isList": True, "isOptional": True}],
        "run": {"kind": "job", "container": {"command": ["true"], "args": ["{{ losses }}"]}},
    },
}


@pytest.fixture
def add_run(settings: Settings) -> AddRun:
    """Add a run that ended with these outputs; its uuid."""

    def add(loss: Json, project: str = "default") -> str:
        folder = RunFolder(settings.runs / new_uuid()).create()
        writer = RecordWriter(folder)
        writer.append("created", name="train", project=project)
        writer.append("outputs", values={"loss": loss})
        writer.append("lineage", artifact={"name": "board", "kind": "tensorboard", "path": "outputs/tb"})
        writer.append("status", status="succeeded")
        writer.close()
        return folder.uuid

    return add


def drafted(settings: Settings, document: Mapping[str, object], project: str | None = None) -> Draft:
    """The draft of an operation."""
    operation = read(V1Operation, dict(document))
    return draft(operation, settings=settings, params={}, labels=Labels(project=project))


def joined(**join: object) -> dict[str, object]:
    """An operation that joins losses, or what is given."""
    return {
        **REPORT,
        "joins": [{"query": "name:train", "params": {"losses": {"value": "outputs.loss"}}, **join}],
    }


def value_of(found: Draft, name: str = "losses") -> object:
    return next(
        io.value
        for io in [*(found.operation.inputs or []), *(found.operation.contexts or [])]
        if io.name == name
    )


@pytest.mark.parametrize("loss", [0.5, 0, 0.0, False, "", [1]])
def test_a_reference_takes_the_value_of_a_run(settings: Settings, add_run: AddRun, loss: Json) -> None:
    uuid = add_run(loss)
    document = {
        **REPORT,
        "params": {"loss": {"ref": f"runs.{uuid}", "value": "outputs.loss", "contextOnly": True}},
    }
    found = drafted(settings, document)
    assert (value_of(found, "loss"), found.edges) == (loss, (Edge(uuid, "run", ["outputs.loss"]),))


def test_a_reference_to_a_run_that_is_not_there_is_refused(settings: Settings) -> None:
    document = {**REPORT, "params": {"losses": {"ref": f"runs.{'0' * 32}", "value": "outputs.loss"}}}
    with pytest.raises(RunNotFoundError, match="no run '0000"):
        drafted(settings, document)


def test_a_value_that_the_run_lacks_is_named_with_the_nearest(settings: Settings, add_run: AddRun) -> None:
    document = {**REPORT, "params": {"losses": {"ref": f"runs.{add_run(0.5)}", "value": "outputs.los"}}}
    with pytest.raises(InputError, match=r"params.losses: run \w+ has no outputs.los, did you mean 'loss'"):
        drafted(settings, document)


def test_a_join_takes_the_values_of_the_runs_that_it_finds_in_order(
    settings: Settings, add_run: AddRun
) -> None:
    uuids = [add_run(loss) for loss in (0.5, 0.1, 0.3)]
    found = drafted(settings, joined(query="metrics.loss:<0.4", sort="metrics.loss"))
    assert value_of(found) == [0.1, 0.3]
    assert found.edges == (Edge(uuids[1], "join", ["outputs.loss"]), Edge(uuids[2], "join", ["outputs.loss"]))


def test_a_join_takes_as_many_as_its_limit_says(settings: Settings, add_run: AddRun) -> None:
    for loss in (0.5, 0.1, 0.3):
        add_run(loss)
    assert value_of(drafted(settings, joined(sort="-metrics.loss", limit=1, offset=1))) == [0.3]


def test_a_join_looks_in_the_project_of_the_operation(settings: Settings, add_run: AddRun) -> None:
    add_run(0.5)
    add_run(0.1, project="digits")
    assert value_of(drafted(settings, joined(), project="digits")) == [0.1]


def test_a_join_that_finds_nothing_gives_an_empty_list(settings: Settings, add_run: AddRun) -> None:
    add_run(0.5)
    assert value_of(drafted(settings, joined(query="name:other"))) == []


def test_the_query_of_a_join_may_name_params(settings: Settings, add_run: AddRun) -> None:
    add_run(0.5)
    add_run(0.1)
    document = {
        **joined(query="metrics.loss:<{{ most }}"),
        "params": {"most": {"value": 0.2, "contextOnly": True}},
    }
    assert value_of(drafted(settings, document)) == [0.1]


def test_a_join_finds_artifacts_by_name(settings: Settings, add_run: AddRun) -> None:
    uuid = add_run(0.5)
    params = {"boards": {"value": {"dirs": "{{ artifacts.board }}"}, "contextOnly": True}}
    assert value_of(drafted(settings, joined(params=params)), "boards") == {
        "files": [],
        "dirs": [f"{uuid}/outputs/tb"],
    }


def test_a_mistake_in_the_query_of_a_join_is_placed(settings: Settings, add_run: AddRun) -> None:
    add_run(0.5)
    with pytest.raises(
        InputError, match=r"joins\[0\].*no run has a field 'metric.loss', did you mean 'metrics'"
    ):
        drafted(settings, joined(query="metric.loss:<1"))


def test_a_run_that_took_values_knows_from_where(settings: Settings, add_run: AddRun) -> None:
    uuid = add_run(0.5)
    plan = make_plan(drafted(settings, joined()))
    carry_out(plan, settings=settings, executor=ProcessExecutor(), watcher=Memory())
    assert read_run(plan.folder).upstream == [Upstream(uuid, "join", ("outputs.loss",))]


def test_a_join_is_found_under_a_preset(settings: Settings, add_run: AddRun) -> None:
    add_run(0.5)
    preset = V1Operation(patch_strategy="replace", run_patch={"container": {"args": ["found {{ losses }}"]}})
    operation = lay_over(read(V1Operation, joined()), preset)
    found = draft(operation, settings=settings, params={}, labels=Labels())
    assert (value_of(found), found.operation.joins) == ([0.5], None)
