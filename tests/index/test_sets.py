"""The sets of series that runs have, each kept once."""

from pathlib import Path

from sqlalchemy import select

from polyaxon_sdk.index.database import open_database, writing
from polyaxon_sdk.index.filling import Filler
from polyaxon_sdk.index.question import Question
from polyaxon_sdk.index.rows import rows_of
from polyaxon_sdk.index.sets import drop_unused
from polyaxon_sdk.index.store import Index
from polyaxon_sdk.index.tables import runs, series, sets
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.record import RecordWriter
from tests.index.conftest import AddRun


def logged(run: RunFolder, *names: str) -> RunFolder:
    """The run, with series of these names."""
    writer = RecordWriter(run)
    writer.append("series", summaries={name: {"name": name, "last": 1.0} for name in names})
    writer.close()
    return run


def test_runs_with_the_same_series_have_one_set(add_run: AddRun) -> None:
    found = [logged(add_run(), "loss", "acc"), logged(add_run(), "acc", "loss"), logged(add_run(), "loss")]
    engine = open_database(None)
    with writing(engine) as connection:
        Filler(1).replace(connection, [rows_of(run) for run in [*found, add_run()]])
        one, same, other, none = connection.scalars(select(runs.c.series).order_by(runs.c.id)).all()
        assert (one == same, one == other, none) == (True, False, None)
        assert len(connection.scalars(select(series.c.name)).all()) == 3


def test_a_set_that_no_run_has_goes(add_run: AddRun) -> None:
    engine = open_database(None)
    run = add_run()
    with writing(engine) as connection:
        filler = Filler(1)
        filler.replace(connection, [rows_of(logged(run, "loss"))])
        filler.replace(connection, [rows_of(logged(run, "acc"))])
        drop_unused(connection)
        assert len(connection.scalars(select(sets.c.id)).all()) == 1
        assert connection.scalars(select(series.c.name).order_by(series.c.name)).all() == ["acc", "loss"]


def test_runs_are_found_by_their_series_and_by_their_artifacts(add_run: AddRun, home: Path) -> None:
    of_series, of_artifacts, other = logged(add_run("one"), "loss"), add_run("two"), add_run("three")
    writer = RecordWriter(of_artifacts)
    writer.append("lineage", artifact={"name": "loss", "kind": "file", "path": "loss.bin"})
    writer.close()
    with Index(home, home / "cache") as index:
        assert {row.name for row in index.list(Question("artifacts.name:loss"))} == {"one", "two"}
        assert {row.name for row in index.list(Question("artifacts.kind:metric"))} == {"one"}
        assert {row.uuid for row in index.list(Question("artifacts.name:~loss"))} == {other.uuid}
    assert of_series.path.is_dir()
