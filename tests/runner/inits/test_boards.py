"""Init steps that collect what a TensorBoard shows."""

import json
import os
import struct
from contextlib import closing
from pathlib import Path

import pytest

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.runner.inits.scalars import ScalarsFile
from polyaxon_sdk.runner.inits.step import Renewable
from polyaxon_sdk.runner.plan import Plan
from polyaxon_sdk.runs.events import header, scalar_row
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.names import new_uuid
from polyaxon_sdk.runs.record import RecordWriter
from polyaxon_sdk.settings import Settings
from polyaxon_sdk.tracking.place import Recorded
from polyaxon_sdk.tracking.run import Run
from polyaxon_sdk.types import Json
from tests.required import required
from tests.runner.inits.conftest import Prepare
from tests.runner.inits.test_referred import brought

FILES = (
    "outputs/tb/events.out.tfevents.1.host",
    "outputs/tb/plugins/profile/a.xplane.pb",
    "outputs/net.keras",
)


def add_run(runs: Path, name: str, files: tuple[str, ...] = FILES) -> str:
    """A run of this name that wrote these files; its uuid."""
    folder = RunFolder(runs / new_uuid()).create()
    writer = RecordWriter(folder)
    writer.append("created", name=name, project="default")
    writer.close()
    for file in files:
        (folder.path / file).parent.mkdir(parents=True, exist_ok=True)
        (folder.path / file).write_text(file)
    return folder.uuid


def add_pipeline(runs: Path, kind: str) -> str:
    """A search or a dag, called `sweep`; its uuid."""
    folder = RunFolder(runs / new_uuid()).create()
    with closing(RecordWriter(folder)) as writer:
        writer.append("created", name="sweep", project="default", kind=kind)
    return folder.uuid


def put_in(runs: Path, pipeline: str, uuid: str) -> None:
    """Make a run one of a pipeline."""
    with closing(RecordWriter(RunFolder(runs / uuid))) as writer:
        writer.append("edge", upstream=pipeline, kind="pipeline", values=[])


def linked(plan: Plan) -> list[str]:
    """The files that a TensorBoard finds below `globals.artifacts_path`, where they really lie."""
    brought(plan)
    assert plan.context is not None
    root = plan.context / "artifacts"
    found = (Path(folder, name) for folder, _, names in os.walk(root, followlinks=True) for name in names)
    return sorted(str(path.relative_to(root)) for path in found)


def test_outputs_of_runs_are_seen_by_run(settings: Settings, prepare: Prepare) -> None:
    one, other = add_run(settings.runs, "a"), add_run(settings.runs, "b", FILES[:1])
    files = linked(prepare({"tensorboard": {"uuids": [one, other]}}))
    assert files == sorted([*(f"{one}/{file}" for file in FILES), f"{other}/{FILES[0]}"])


def test_what_a_run_writes_later_is_seen(settings: Settings, prepare: Prepare) -> None:
    uuid = add_run(settings.runs, "a", ())
    plan = prepare({"tensorboard": {"uuids": [uuid]}})
    assert linked(plan) == []
    (settings.runs / uuid / "outputs" / "events.out.tfevents.1").write_text("late")
    assert linked(plan) == [f"{uuid}/outputs/events.out.tfevents.1"]


def test_runs_are_shown_by_their_names(settings: Settings, prepare: Prepare) -> None:
    uuids = [add_run(settings.runs, "train", FILES[:1]) for _ in range(2)]
    files = linked(prepare({"tensorboard": {"uuids": uuids, "useNames": True}, "path": "logs"}))
    assert files == [f"logs/train-{uuids[1][:12]}/{FILES[0]}", f"logs/train/{FILES[0]}"]


def scalars(file: Path) -> list[tuple[int, str, float]]:
    """The step, the name and the value of each scalar in an event file."""
    event = required("tensorboard.compat.proto.event_pb2").Event
    data, found = file.read_bytes(), []
    while data:
        (length,) = struct.unpack_from("<Q", data)
        read = event.FromString(data[12 : 12 + length])  # the length has a checksum, and so has the rest
        found += [(read.step, value.tag, value.simple_value) for value in read.summary.value]
        data = data[16 + length :]
    return found


def test_a_run_without_event_files_is_seen_by_its_metrics(settings: Settings, prepare: Prepare) -> None:
    uuid = add_run(settings.runs, "a", FILES[2:])
    run = Run(Recorded(RunFolder(settings.runs / uuid)))
    run.log_metric("loss", 0.5, step=10)
    plan = prepare({"tensorboard": {"uuids": [uuid]}})
    file = f"{uuid}/metrics/events.out.tfevents.0.polyaxon"
    assert file in linked(plan)
    run.log_metrics(step=11, loss=0.25)
    run.log_metric("accuracy", 0.75)
    [board] = plan.steps
    assert isinstance(board, Renewable)
    board.renew()
    board.renew()
    assert plan.context is not None
    found = scalars(plan.context / "artifacts" / file)
    assert found == [(10, "loss", 0.5), (11, "loss", 0.25), (0, "accuracy", 0.75)]
    run.end()


def test_many_points_are_thinned_out_and_the_last_is_kept(tmp_path: Path) -> None:
    folder = RunFolder(tmp_path / "runs" / new_uuid()).create()
    run = Run(Recorded(folder))
    for step in range(12_000):
        run.log_metric("loss", 1.0, step=step)
    ScalarsFile(tmp_path / "board").take(folder)
    found = [step for step, _, _ in scalars(tmp_path / "board" / "events.out.tfevents.0.polyaxon")]
    assert (len(found), found[-1], found[1] - found[0]) == (4000, 11_999, 3)
    run.end()


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The artifacts store, to which others ship."""
    monkeypatch.setenv("POLYAXON_ARTIFACTS_STORE", str(tmp_path / "store"))
    return tmp_path / "store"


def renewed(plan: Plan) -> Path:
    """The folder of what a TensorBoard finds, after another look."""
    [board] = plan.steps
    assert isinstance(board, Renewable)
    board.renew()
    assert plan.context is not None
    return plan.context / "artifacts"


def test_an_event_file_of_a_store_grows_here_in_the_same_file(store: Path, prepare: Prepare) -> None:
    uuid = add_run(store, "a", FILES[:1])
    plan = prepare({"tensorboard": {"uuids": [uuid]}})
    assert linked(plan) == [f"{uuid}/{FILES[0]}"]
    with (renewed(plan) / uuid / FILES[0]).open() as opened:
        before = opened.read()
        with (store / uuid / FILES[0]).open("a") as file:
            file.write(" and more")
        (store / uuid / "outputs" / "events.out.tfevents.2").write_text("another")
        renewed(plan)
        assert (before, opened.read()) == (FILES[0], " and more")
    assert linked(plan) == [f"{uuid}/outputs/events.out.tfevents.2", f"{uuid}/{FILES[0]}"]


def add_series(store: Path) -> tuple[str, Path]:
    """A run of a store that has one value of one metric, and where that lies."""
    uuid = add_run(store, "a", ())
    series = store / uuid / "events" / "metric" / "val__loss.plx"
    series.parent.mkdir(parents=True)
    series.write_bytes(header("metric") + scalar_row(10, 1.0, 0.5))
    return uuid, series


def test_metrics_of_a_store_are_seen_by_the_names_that_they_were_logged_under(
    store: Path, prepare: Prepare
) -> None:
    uuid, series = add_series(store)
    named = {"name": "val__loss", "kind": "metric", "path": "events/metric/val__loss.plx"}
    lineage = [{**named, "summary": {"is_event": True, "name": "val/loss"}}]
    (store / uuid / "lineages.plx.json").write_text(json.dumps(lineage))
    plan = prepare({"tensorboard": {"uuids": [uuid]}})
    assert linked(plan) == [f"{uuid}/metrics/events.out.tfevents.0.polyaxon"]
    with series.open("ab") as file:
        file.write(scalar_row(11, 2.0, 0.25))
    found = scalars(renewed(plan) / uuid / "metrics" / "events.out.tfevents.0.polyaxon")
    assert found == [(10, "val/loss", 0.5), (11, "val/loss", 0.25)]


def test_where_the_view_of_lineage_is_damaged_the_record_tells_the_names(
    store: Path, prepare: Prepare
) -> None:
    uuid, _ = add_series(store)
    (store / uuid / "lineages.plx.json").write_text("{")
    named: dict[str, Json] = {"name": "val/loss", "path": "events/metric/val__loss.plx"}
    RecordWriter(RunFolder(store / uuid)).append("series", summaries={"val__loss": named})
    plan = prepare({"tensorboard": {"uuids": [uuid]}})
    found = scalars(renewed(plan) / uuid / "metrics" / "events.out.tfevents.0.polyaxon")
    assert found == [(10, "val/loss", 0.5)]


def test_a_store_that_fails_for_a_while_is_asked_again(store: Path, prepare: Prepare) -> None:
    uuid = add_run(store, "a", FILES[:1])
    plan = prepare({"tensorboard": {"uuids": [uuid]}})
    linked(plan)
    store.rename(store.with_name("gone"))
    renewed(plan)
    store.with_name("gone").rename(store)
    (store / uuid / FILES[0]).write_text(f"{FILES[0]} and more")
    assert (renewed(plan) / uuid / FILES[0]).read_text() == f"{FILES[0]} and more"


@pytest.mark.parametrize(
    ("board", "told"),
    [
        ({"uuids": ["0f" * 16]}, r"tensorboard.uuids: no run '0f"),
        ({"port": 6006}, r"tensorboard.uuids: no runs"),
        ({"uuids": ["0f" * 16], "plugins": ["nope-plugin"]}, "'nope-plugin' is not installed here"),
    ],
)
def test_a_board_that_can_not_be_is_refused(prepare: Prepare, board: dict[str, object], told: str) -> None:
    with pytest.raises(InputError, match=told):
        prepare({"tensorboard": board})


def test_a_run_goes_by_its_name_and_a_search_stands_for_its_runs(
    settings: Settings, prepare: Prepare
) -> None:
    add_run(settings.runs, "train")
    search = add_pipeline(settings.runs, "matrix")
    put_in(settings.runs, search, add_run(settings.runs, "sweep"))
    files = linked(prepare({"tensorboard": {"uuids": ["train", "sweep"], "useNames": True}}))
    assert files == sorted(f"{name}/{file}" for name in ("train", "sweep") for file in FILES)


@pytest.mark.parametrize("digits", [5, 12, 32])
@pytest.mark.parametrize("kind", ["dag", "matrix"])
def test_a_search_stands_for_its_runs_by_its_uuid_too_and_a_dag_for_those_of_a_search_in_it(
    settings: Settings, prepare: Prepare, kind: str, digits: int
) -> None:
    uuids = {each: add_pipeline(settings.runs, each) for each in ("dag", "matrix")}
    put_in(settings.runs, uuids["dag"], uuids["matrix"])
    put_in(settings.runs, uuids["matrix"], trial := add_run(settings.runs, "trial"))
    files = linked(prepare({"tensorboard": {"uuids": [uuids[kind][:digits]]}}))
    assert files == sorted(f"{trial}/{file}" for file in FILES)
