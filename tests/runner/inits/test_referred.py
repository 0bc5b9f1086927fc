"""Init steps that name what runs logged, and what is registered."""

import json
from collections.abc import Mapping
from pathlib import Path
from threading import Event

import pytest

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.projects.promotion import Promotion, promote, registered
from polyaxon_sdk.projects.shelf import Shelf
from polyaxon_sdk.runner.inits.step import Work
from polyaxon_sdk.runner.plan import Plan
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.state import read_run
from polyaxon_sdk.settings import Settings
from tests.runner.conftest import Memory
from tests.runner.inits.conftest import Prepare, RunInits
from tests.runner.inits.test_fetched import add_run, cat


def brought(plan: Plan) -> tuple[list[str], list[Mapping[str, object]]]:
    """The files that the first step of a plan brings, and what it notes of the run."""
    noted: list[Mapping[str, object]] = []
    work = Work(Event(), say=lambda line: None, note=lambda kind, /, **fields: noted.append(fields))
    plan.steps[0].carry_out(work)
    assert plan.context is not None
    root = plan.context / "artifacts"
    return sorted(str(path.relative_to(root)) for path in root.rglob("*") if path.is_file()), noted


def add_version(settings: Settings, name: str, *, project: str = "default", **words: object) -> str:
    """Register a model that a run made, or words alone; the run's uuid."""
    uuid = add_run(settings.runs)
    shelf = Shelf(settings.home / "hub", "default", project)
    if words:
        shelf.put(registered("model", "default", project, Promotion(name, **words)))  # type: ignore[arg-type] # as given
    else:
        promote(settings.home / "hub", read_run(RunFolder(settings.runs / uuid)), "model", Promotion(name))
    return uuid


@pytest.mark.parametrize("reference", ["best", "default:best", "default/default:best"])
def test_a_registered_model_is_brought_with_its_lineage(
    settings: Settings, prepare: Prepare, reference: str
) -> None:
    uuid = add_version(settings, "best")
    files, noted = brought(prepare({"modelRef": reference}))
    assert files == [f"{uuid}/outputs/model/net.txt"]
    assert noted == [{"upstream": uuid, "kind": "run", "values": ["outputs/model"]}]


@pytest.mark.system
def test_the_main_process_finds_the_registered_model(
    settings: Settings, run_inits: RunInits, watcher: Memory
) -> None:
    uuid = add_version(settings, "best")
    run_inits({"modelRef": "best", "path": "models"}, script=cat(f"models/{uuid}/outputs/model/net.txt"))
    assert watcher.printed == b"net"


def test_a_registered_artifact_is_brought(settings: Settings, prepare: Prepare) -> None:
    uuid = add_run(settings.runs)
    run = read_run(RunFolder(settings.runs / uuid))
    promote(settings.home / "hub", run, "artifact", Promotion("data", artifacts=["net"]))
    assert brought(prepare({"artifactRef": "data"}))[0] == [f"{uuid}/outputs/model/net.txt"]


def test_a_version_that_lies_behind_a_connection_is_brought_from_there(
    settings: Settings, prepare: Prepare, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "net.txt").write_text("net")
    schema = {"hostPath": str(tmp_path / "data"), "mountPath": str(tmp_path / "data")}
    found = [{"name": "data", "kind": "host_path", "schema": schema}]
    monkeypatch.setenv("POLYAXON_CONNECTIONS_CATALOG", json.dumps(found))
    add_version(settings, "best", connection="data", artifacts=["net.txt"])
    assert brought(prepare({"modelRef": "best"}))[0] == ["net.txt"]


def test_what_a_run_in_the_store_logged_is_brought_by_its_name(
    tmp_path: Path, prepare: Prepare, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POLYAXON_ARTIFACTS_STORE", str(tmp_path / "store"))
    uuid = add_run(tmp_path / "store")
    view = [{"name": "net", "kind": "model", "path": "outputs/model"}]
    (tmp_path / "store" / uuid / "lineages.plx.json").write_text(json.dumps(view))
    assert brought(prepare({"lineageRef": f"{uuid}:net"}))[0] == [f"{uuid}/outputs/model/net.txt"]


@pytest.mark.parametrize(
    ("step", "told"),
    [
        ({"modelRef": "bets"}, r"modelRef: no model version 'bets' in project .*, did you mean 'best'"),
        ({"modelRef": "other:best"}, "no model version 'best' in project default/other"),
        ({"artifactRef": "best"}, "artifactRef: no artifact version 'best'"),
        ({"modelRef": "bare"}, "names no run and no connection"),
        ({"lineageRef": f"{'0f' * 16}:net"}, "lineageRef: no run '0f.*' in this home"),
    ],
)
def test_a_reference_that_leads_nowhere_is_refused(
    settings: Settings, prepare: Prepare, step: dict[str, object], told: str
) -> None:
    add_version(settings, "best")
    add_version(settings, "bare", description="nothing")
    with pytest.raises(InputError, match=told):
        prepare(step)
