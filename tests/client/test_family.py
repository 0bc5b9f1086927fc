"""What the runs of a pipeline print, told apart by their names."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from polyaxon_sdk.client.family import follow_relatives, runs_within
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.names import new_uuid
from polyaxon_sdk.runs.record import RecordWriter
from polyaxon_sdk.settings import Settings, load

Add = Callable[..., RunFolder]


@pytest.fixture
def settings(home: Path) -> Settings:
    return load({"POLYAXON_HOME": str(home), "POLYAXON_CACHE": str(home.parent / "cache")})


@pytest.fixture
def add(settings: Settings) -> Add:
    """Add a run that is over, of a pipeline where one is given, with a line that it printed."""

    def add(name: str, kind: str = "job", pipeline: RunFolder | None = None) -> RunFolder:
        folder = RunFolder(settings.runs / new_uuid()).create()
        writer = RecordWriter(folder)
        writer.append("created", name=name, kind=kind)
        if pipeline is not None:
            writer.append("edge", upstream=pipeline.uuid, kind="pipeline", values=[])
        writer.append("status", status="succeeded")
        writer.close()
        (folder.journal / "main.out").write_text(f"{name} is done\n")
        return folder

    return add


def test_runs_of_a_dag_have_its_operations_names_and_those_of_a_search_their_uuids(
    settings: Settings, add: Add
) -> None:
    flow = add("flow", "dag")
    inner = add("inner", "dag", flow)
    search = add("search", "matrix", inner)
    add("one", pipeline=flow)
    add("two", pipeline=inner)
    trial = add("search", pipeline=search)
    names = [each.name for each in runs_within(settings, flow, "dag")]
    tried = f"inner/search {trial.uuid[:12]}"
    assert names == ["inner", "inner/search", tried, "inner/two", "one"]


def test_what_runs_of_a_pipeline_print_is_followed_to_its_end(settings: Settings, add: Add) -> None:
    search = add("search", "matrix")
    trial = add("search", pipeline=search)
    within = partial(runs_within, settings, search, "matrix")
    told = [(each.name, line.text) for each, line in follow_relatives(settings, search, within)]
    assert told == [(f"search {trial.uuid[:12]}", "search is done")]
