from math import isnan
from pathlib import Path
from typing import Any

import pytest

from polyaxon_sdk.alias.schemas.kinds import V1ArtifactKind
from polyaxon_sdk.client import RunClient
from polyaxon_sdk.client.events import KINDS
from polyaxon_sdk.exceptions import InputError, RunNotFoundError
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.record import RecordWriter
from polyaxon_sdk.tracking.place import Recorded
from polyaxon_sdk.tracking.run import Run
from tests.scripts import Scripts
from tests.sidecar.draining import Logger
from tests.test_front_door import loaded_by, packages


def test_a_run_tells_its_data(trained: RunClient) -> None:
    run = trained.run_data
    assert (run.name, run.status, run.tags, run.description) == (
        "train",
        "succeeded",
        ["digits"],
        "a parabola",
    )


def test_inputs_and_outputs_are_read(trained: RunClient) -> None:
    outputs = trained.get_outputs()
    assert (trained.get_inputs(), outputs["loss"], outputs["free"]) == ({"rate": 0.1}, 0.2, 1.5)


def test_the_last_value_of_a_metric_is_an_output_before_a_sidecar_drains_it(folder: RunFolder) -> None:
    run = Run(Recorded(folder))
    run.log_metrics({"loss": 0.5, "free": 2.0})
    run.log_outputs(free=1.5)
    run.end()
    assert RunClient(run_uuid=folder.uuid).get_outputs() == {"loss": 0.5, "free": 1.5}


def test_statuses_come_in_order(trained: RunClient) -> None:
    status, conditions = trained.get_statuses()
    assert (status, [each.status for each in conditions]) == (
        "succeeded",
        ["running", "succeeded"],
    )


def test_owner_and_project_are_the_runs_own(trained: RunClient) -> None:
    assert (trained.owner, trained.project, trained.status) == ("default", "default", "succeeded")


def test_metrics_are_columns_by_the_name_they_were_logged_under(trained: RunClient) -> None:
    metrics = trained.get_metrics()
    assert list(metrics) == ["free", "loss", "val loss/x"]
    assert metrics["loss"]["step"] == [0, 1, 2, 3, 4]
    assert metrics["loss"]["metric"] == [1 / (step + 1) for step in range(5)]


def test_a_step_that_was_not_given_is_none(trained: RunClient) -> None:
    assert trained.get_metrics("free")["free"]["step"] == [None]


def test_nan_comes_back_as_itself(trained: RunClient) -> None:
    first, *others = trained.get_metrics(["val loss/x"])["val loss/x"]["metric"]
    assert (first, [isnan(float(str(value))) for value in others]) == (2.0, [True] * 4)


@pytest.mark.parametrize("names", ["val loss/x", "val-loss__x", ["val-loss__x"], "other,val loss/x"])
def test_a_series_is_named_as_logged_or_as_its_file(trained: RunClient, names: str | list[str]) -> None:
    assert list(trained.get_events("metric", names)) == ["val loss/x"]


def test_a_series_that_is_not_there_is_left_out(trained: RunClient) -> None:
    assert trained.get_events("metric", ["accuracy"]) == {}


def test_a_series_of_a_copy_that_lost_its_name_is_found_by_it(folder: RunFolder) -> None:
    Logger(folder).log("train__acc")
    assert list(RunClient(run_uuid=folder.uuid).get_metrics("train/acc")) == ["train__acc"]


@pytest.mark.parametrize("names", [5, [5]])
def test_what_names_no_series_is_told(trained: RunClient, names: Any) -> None:
    with pytest.raises(InputError, match=r"names: it is \[?5\]?, expected texts"):
        trained.get_metrics(names)


def test_a_kind_that_nothing_is_of_is_told_with_those_that_there_are(trained: RunClient) -> None:
    with pytest.raises(
        InputError, match=r"kind: no events are of the kind 'metrics', .*, did you mean 'metric'"
    ):
        trained.get_events("metrics")
    with pytest.raises(InputError, match="expected one of metric, text"):
        trained.get_multi_run_events("nokind", [trained.folder.uuid])


def test_a_kind_that_a_run_has_none_of_is_empty(trained: RunClient) -> None:
    assert trained.get_events("audio") == {}
    assert {*V1ArtifactKind} <= {*KINDS}


def test_a_kind_of_a_persons_own_is_found(folder: RunFolder, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    Run(Recorded(folder)).log_artifact(tmp_path / "file", "mine", kind="weights", step=1)
    assert RunClient(run_uuid=folder.uuid).get_events("weights")["mine"]["step"] == [1]


def test_texts_come_as_they_were_logged(trained: RunClient) -> None:
    (note,) = trained.get_events("text").values()
    assert (note["step"], note["text"]) == ([1, None], ["hello | world\nline 2", "bye"])


def test_the_text_of_an_event_file_is_its_bytes(trained: RunClient) -> None:
    text = trained.get_events("metric", "loss", orient="csv")["loss"]
    assert text.encode() == (trained.folder.path / "events/metric/loss.plx").read_bytes()


def test_events_of_several_runs_come_by_uuid(trained: RunClient) -> None:
    found = trained.get_multi_run_events("metric", [trained.run_uuid[:8]], ["free"])
    assert found == {trained.run_uuid: trained.get_metrics("free")}


def test_a_run_is_found_by_its_first_digits(trained: RunClient) -> None:
    assert RunClient(run_uuid=trained.run_uuid[:10]).run_uuid == trained.run_uuid


def test_artifacts_and_series_are_the_lineage(trained: RunClient) -> None:
    found = {(item["kind"], item["name"]): item.get("path") for item in trained.get_artifacts_lineage()}
    assert found["model", "net"] == "outputs/net.bin"
    assert found["metric", "val loss/x"] == "events/metric/val-loss__x.plx"


def test_the_runs_of_a_home_are_listed(trained: RunClient) -> None:
    listing = RunClient().list(sort="name", limit=1)
    assert ([row.uuid for row in listing.rows], listing.total) == ([trained.run_uuid], 1)


def test_the_runs_of_another_project_are_not_listed(trained: RunClient) -> None:
    assert RunClient(project="other").list().rows == []


def test_a_client_without_a_run_says_so(home: Path) -> None:
    with pytest.raises(InputError, match=r"no run is named, expected RunClient\(run_uuid=...\)"):
        RunClient().get_inputs()


@pytest.mark.parametrize("named", [5, b"0f3a"])
def test_what_is_no_text_names_no_run(home: Path, named: Any) -> None:
    with pytest.raises(InputError, match=f"run_uuid: it is {named!r}, expected text, or None"):
        RunClient(run_uuid=named)


def test_what_names_no_run_is_told(home: Path) -> None:
    with pytest.raises(InputError, match="run_uuid='' names no run, expected a uuid"):
        RunClient(run_uuid="")


def test_a_run_that_is_not_there_is_told(home: Path) -> None:
    with pytest.raises(RunNotFoundError, match="no run '0f3a' in"):
        RunClient(run_uuid="0f3a").refresh_data()


def test_data_stay_as_read_until_they_are_refreshed(folder: RunFolder) -> None:
    client = RunClient(run_uuid=folder.uuid)
    assert client.status == "unknown"
    RecordWriter(folder).append("status", status="running")
    assert (client.status, client.refresh_data().status) == ("unknown", "running")


def test_a_script_of_a_run_reads_its_own_inputs(scripts: Scripts, folder: RunFolder) -> None:
    RecordWriter(folder).append("inputs", values={"message": "hello"})
    text = "from polyaxon_sdk.client import RunClient; print(RunClient().get_inputs())"
    assert scripts.run(text, POLYAXON_RUN_UUID=folder.uuid).out == "{'message': 'hello'}\n"


def test_importing_the_client_loads_no_heavy_library() -> None:
    loaded = packages(loaded_by("import polyaxon_sdk.client"))
    assert loaded & {"pandas", "polars", "pyarrow", "numpy", "sqlalchemy", "yaml", "attrs", "lark"} == set()
