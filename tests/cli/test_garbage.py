"""A run with garbage in one of its files, or in all: each command that reads ends, and shows what it can."""

import os
import random
import shutil
from pathlib import Path

import pytest

from polyaxon_sdk.client import RunClient
from polyaxon_sdk.runs.drained import Drained
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.names import new_uuid
from polyaxon_sdk.runs.record import RecordWriter
from polyaxon_sdk.runs.state import read_run
from tests.cli.conftest import Told
from tests.cli.inside import Inside, polyaxon
from tests.spoiling import files_in, finished_run

__all__ = ["polyaxon"]

SHOWING = ("get", "logs", "statuses", "metrics", "events", "artifacts", "lineage")
OTHERWISE = [
    ("get", "-o", "json"),
    ("logs", "-o", "json"),
    ("logs", "--children"),
    ("statuses", "--watch"),
    ("statuses", "-o", "json"),
    ("metrics", "--plot"),
    ("metrics", "-o", "csv"),
    ("events", "-o", "json"),
    ("events", "-o", "csv"),
    ("lineage", "-o", "json"),
    ("lineage", "-o", "openlineage"),
]


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a run that logged a little and is over."""
    return finished_run(tmp_path_factory.mktemp("garbage") / "home")


@pytest.fixture
def bad(template: Path, home: Path) -> Path:
    """A copy of it."""
    return Path(shutil.copytree(template, home / "runs" / template.name))


def garbage(draw: random.Random) -> bytes:
    return draw.randbytes(400) + b"\n" + draw.randbytes(400)


def is_answer(told: Told) -> bool:
    """What can be read, or one line, beside a line for each damaged file; no exception that nobody foresaw."""
    lines = [line for line in told.err.splitlines() if not line.startswith("damaged: ")]
    return told.code in {0, 1} and len(lines) <= 1 and "`polyaxon -v`" not in told.err


@pytest.mark.system
@pytest.mark.timeout(120)
@pytest.mark.parametrize("command", SHOWING)
def test_garbage_in_one_file_ends_no_reading_in_a_traceback(
    polyaxon: Inside, bad: Path, command: str
) -> None:
    draw, said = random.Random(7), {}
    for file in files_in(bad):
        kept = file.read_bytes()
        file.write_bytes(garbage(draw))
        said[file] = polyaxon("ops", command, "-uid", bad.name)
        file.write_bytes(kept)
    assert {file: told for file, told in said.items() if not is_answer(told)} == {}


@pytest.mark.system
@pytest.mark.timeout(120)
@pytest.mark.parametrize("words", [*((each,) for each in SHOWING), *OTHERWISE], ids=" ".join)
@pytest.mark.parametrize("place", ["record", "."])
def test_garbage_in_every_file_ends_no_reading_in_a_traceback(
    polyaxon: Inside, bad: Path, place: str, words: tuple[str, ...]
) -> None:
    for file in files_in(bad / place):
        file.write_bytes(garbage(random.Random(7)))
    told = polyaxon("ops", *words, "-uid", bad.name)
    assert (is_answer(told), "damaged: record" in told.err) == (True, True)


@pytest.mark.system
@pytest.mark.timeout(120)
def test_an_empty_record_is_not_followed_for_ever(polyaxon: Inside, bad: Path) -> None:
    for file in files_in(bad / "record"):
        os.truncate(file, 0)
    told = polyaxon("ops", "statuses", "--watch", "-uid", bad.name)
    assert told.err == "damaged: record: it holds nothing that can be read\n"


def test_what_nothing_tells_is_not_waited_for(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLYAXON_HOME", str(home))
    folder = RunFolder(home / "runs" / new_uuid()).create()
    (folder.record / "other.jsonl").write_bytes(b"garbage\n" * 3)
    with pytest.raises(OSError, match="nothing tells what becomes of the run"):
        RunClient(run_uuid=folder.uuid).wait_for_condition()


@pytest.mark.parametrize("damage", [b"garbage\n" * 3, b""])
def test_a_run_whose_record_tells_nothing_is_not_stopped(polyaxon: Inside, home: Path, damage: bytes) -> None:
    folder = RunFolder(home / "runs" / new_uuid()).create()
    (folder.record / "other.jsonl").write_bytes(damage)
    told = polyaxon("ops", "stop", "-uid", folder.uuid)
    assert (told.code, "its record holds nothing that can be read" in told.err) == (2, True)
    assert read_run(folder).conditions == []


@pytest.mark.parametrize("words", [(), ("-o", "csv"), ("-o", "json")])
def test_a_series_without_events_is_shown(polyaxon: Inside, home: Path, words: tuple[str, ...]) -> None:
    folder = RunFolder(home / "runs" / new_uuid()).create()
    drained = Drained()
    drained.files, drained.names = {"events/text/note.plx": 0}, {"events/text/note.plx": "text/note"}
    drained.write(folder)
    folder.events.joinpath("text").mkdir(parents=True)
    folder.events.joinpath("text/note.plx").touch()
    RecordWriter(folder).append("created", name="empty")
    assert is_answer(polyaxon("ops", "events", "-uid", folder.uuid, *words))
