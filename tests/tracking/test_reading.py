import json

import pytest

from polyaxon_sdk import tracking
from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.record import RecordWriter
from polyaxon_sdk.tracking.nowhere import Nowhere
from polyaxon_sdk.tracking.run import Run
from tests.tracking.logged import problem_of


def test_a_run_knows_what_the_runner_said_of_it(run: Run, folder: RunFolder) -> None:
    RecordWriter(folder).append("created", owner="acme", project="digits")
    assert (run.owner, run.project, run.run_uuid) == ("acme", "digits", folder.uuid)


def test_inputs_and_outputs_are_those_of_all_processes(run: Run, folder: RunFolder) -> None:
    RecordWriter(folder).append("inputs", values={"epochs": 3})
    run.log_outputs(best=0.5)
    assert (run.get_inputs(), run.get_outputs()) == ({"epochs": 3}, {"best": 0.5})


def test_a_run_knows_its_statuses(run: Run) -> None:
    run.log_status("running")
    run.log_status("warning", reason="Loss")
    status, conditions = run.get_statuses()
    assert (status, run.status, [each.status for each in conditions]) == (
        "warning",
        "warning",
        ["running", "warning"],
    )


def test_a_run_is_read_again(run: Run) -> None:
    before = run.refresh_data(load_conditions=True)
    run.log_tags("cnn")
    assert (before.tags, run.refresh_data().tags) == ([], ["cnn"])


def test_a_run_that_is_nowhere_knows_nothing() -> None:
    assert Run(Nowhere()).get_inputs() == {}


def test_the_module_reads_the_active_run() -> None:
    assert tracking.get_outputs() == {}


@pytest.mark.parametrize(
    ("store", "kind"),
    [("s3://team/runs", "s3"), ("gs://team", "gcs"), ("abfs://team@acme/runs", "wasb")],
)
def test_the_store_is_a_connection(store: str, kind: str, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLYAXON_ARTIFACTS_STORE", store)
    connection = run.get_artifacts_store_connection()
    assert (connection.kind, connection.schema.bucket) == (kind, store)  # type: ignore[union-attr]  # it is there


def test_a_store_in_a_folder_is_a_path_of_the_machine(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLYAXON_ARTIFACTS_STORE", "file:///mnt/team")
    connection = run.get_artifacts_store_connection()
    assert connection.schema.host_path == "/mnt/team"  # type: ignore[union-attr]  # it is there


def test_without_a_store_there_is_none(run: Run) -> None:
    assert run.get_artifacts_store_connection() is None


def test_the_catalog_is_what_a_cluster_says(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    catalog = {"connections": [{"name": "data", "kind": "s3", "schema": {"bucket": "s3://data"}}]}
    monkeypatch.setenv("POLYAXON_CONNECTIONS_CATALOG", json.dumps(catalog))
    (found,) = run.get_connections_catalog() or []
    assert (found.name, found.schema.bucket) == ("data", "s3://data")  # type: ignore[union-attr]  # as written


def test_without_a_cluster_there_is_none(run: Run) -> None:
    assert run.get_connections_catalog() is None


@pytest.mark.parametrize("text", ["{", "[]", '{"connection": []}', '{"connections": 3}'])
def test_a_catalog_that_is_none_is_refused(text: str, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLYAXON_CONNECTIONS_CATALOG", text)
    with pytest.raises(InputError, match=r"^POLYAXON_CONNECTIONS_CATALOG: .* expected \{\"connections\""):
        run.get_connections_catalog()


def test_another_artifacts_path_is_told(run: Run, folder: RunFolder) -> None:
    run.set_artifacts_path("/elsewhere")
    assert problem_of(folder).startswith("artifacts path '/elsewhere' is not used: files lie in ")


def test_the_runs_own_path_is_nothing_to_tell(run: Run) -> None:
    run.set_artifacts_path(run.get_artifacts_path())
    assert run.run_data.problems == []
