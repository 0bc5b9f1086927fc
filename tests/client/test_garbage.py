"""Runs with garbage in one of their files, or in all: the list has the others, and says which one is bad."""

import random
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from polyaxon_sdk.client import RunClient
from polyaxon_sdk.index.run_row import RunRow
from polyaxon_sdk.runs.changes import ChangeMark
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.lines import encode
from polyaxon_sdk.runs.names import new_uuid
from polyaxon_sdk.runs.record import RecordWriter
from polyaxon_sdk.types import Json
from tests.spoiling import files_in, finished_run


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a run that logged a little and is over."""
    return finished_run(tmp_path_factory.mktemp("garbage") / "home")


@pytest.fixture
def good(home: Path) -> RunFolder:
    """A run in good order."""
    folder = RunFolder(home / "runs" / new_uuid()).create()
    writer = RecordWriter(folder)
    writer.append("created", name="good")
    writer.append("status", status="succeeded")
    writer.close()
    return folder


@pytest.fixture
def bad(template: Path, good: RunFolder) -> Path:
    """A copy of the template beside it."""
    return Path(shutil.copytree(template, good.path.parent / template.name))


def listed() -> dict[str, RunRow]:
    return {row.uuid: row for row in RunClient().list().results}


def _bytes(draw: random.Random, old: bytes) -> bytes:
    return draw.randbytes(draw.randrange(2000))


def _cut(draw: random.Random, old: bytes) -> bytes:
    return old[: draw.randrange(len(old) + 1)]


def _flipped(draw: random.Random, old: bytes) -> bytes:
    data = bytearray(old or b"x")
    for _ in range(20):
        data[draw.randrange(len(data))] = draw.randrange(256)
    return bytes(data)


def _another_kind(draw: random.Random, old: bytes) -> bytes:
    return draw.choice([b"[]", b"null", b'{"a": 1}', b'{"loss": 3}', b'{"files": 7}', b"\n" * 50])


@pytest.mark.system
@pytest.mark.parametrize("garbage", [_bytes, _cut, _flipped, _another_kind])
@pytest.mark.parametrize("seed", range(3))
def test_garbage_in_any_file_hides_no_other_run(
    bad: Path, good: RunFolder, seed: int, garbage: Callable[[random.Random, bytes], bytes]
) -> None:
    draw = random.Random(seed)
    for file in files_in(bad):
        kept = file.read_bytes()
        file.write_bytes(garbage(draw, kept))
        ChangeMark(good.home, bad.name, file.name).renew(time.time_ns())
        assert listed()[good.uuid].name == "good"
        file.write_bytes(kept)


def _read_by_lists(folder: Path) -> list[Path]:
    """All but the contents of artifacts, which `artifacts verify` checks, and what the sidecar alone reads."""
    return [
        path
        for path in files_in(folder)
        if path.name != "lease" and (path.parent.name in _READ or path.parent == folder)
    ]


def _is_named(file: Path, damage: str) -> bool:
    """By its path; of a record of which nothing can be read the whole."""
    return str(file) in damage or f"{file.parent}: holds nothing" in damage


_READ = {"record", "journal", "metric", "text", "plxlogs"}


GARBAGE: list[Callable[[bytes], bytes]] = [
    lambda _: random.Random(5).randbytes(700),
    lambda _: b"null",
    lambda _: b"7",
    lambda old: old[:-5],
    lambda old: old[: len(old) // 2] + bytes(40) + old[len(old) // 2 :],
]


@pytest.mark.system
@pytest.mark.parametrize("garbage", GARBAGE, ids=["bytes", "null", "number", "cut", "zeros"])
def test_garbage_in_each_file_is_named_until_it_is_mended(
    bad: Path, good: RunFolder, garbage: Callable[[bytes], bytes]
) -> None:
    assert listed()[bad.name].damage is None
    for file in _read_by_lists(bad):
        kept = file.read_bytes()
        file.write_bytes(garbage(kept))
        found = listed()
        assert _is_named(file.relative_to(bad), str(found[bad.name].damage)), file
        assert found[good.uuid].damage is None
        file.write_bytes(kept)
        assert listed()[bad.name].damage is None


def test_damage_is_named_beside_a_page_that_the_run_is_not_on(bad: Path, good: RunFolder) -> None:
    (bad / "run.plx.json").write_bytes(b"{")
    assert listed()[bad.name].damage == "run.plx.json: it is no JSON"
    listing = RunClient().list("name:good")
    assert (len(listing.rows), listing.damaged) == (1, ((bad.name, "run.plx.json: it is no JSON"),))


@pytest.mark.parametrize("garbage", [_bytes, lambda *_: b""], ids=["bytes", "empty"])
def test_a_run_of_garbage_is_named(
    bad: Path, good: RunFolder, garbage: Callable[[random.Random, bytes], bytes]
) -> None:
    for file in files_in(bad):
        file.write_bytes(garbage(random.Random(7), file.read_bytes()))
    found = listed()
    assert (found[bad.name].problem, found[good.uuid].problem) == (
        "its record holds nothing that can be read",
        None,
    )


FACTS: list[tuple[str, Json]] = [
    ("created", {"name": 3, "project": []}),
    ("status", {"status": None}),
    ("status", {"status": {"a": 1}, "attempt": "x"}),
    ("series", {"summaries": {"loss": 3}}),
    ("inputs", {"values": [1]}),
    ("lineage", {"artifact": {"summary": 3, "path": 5}}),
    ("process", {"pid": "x", "start": -1}),
    ("joined", {}),
    ("writer", {"host": 3}),
    ("tags", {"values": {"a": 1}}),
]


@pytest.mark.parametrize("fact", FACTS, ids=[kind for kind, _ in FACTS])
def test_facts_that_can_not_be_hide_no_other_run(bad: Path, good: RunFolder, fact: tuple[str, Json]) -> None:
    kind, fields = fact
    line: dict[str, Json] = {"clock": 1 << 62, "sequence": 0, "time": 1.0, "kind": kind, "fields": fields}
    running: dict[str, Json] = {**line, "sequence": 1, "kind": "status", "fields": {"status": "resuming"}}
    (bad / "record" / "other.jsonl").write_bytes(encode(line) + encode(running))
    assert listed()[good.uuid].name == "good"


def test_a_folder_where_a_file_should_be_hides_no_other_run(bad: Path, good: RunFolder) -> None:
    shutil.rmtree(bad / "record")
    (bad / "record").write_text("a file")
    found = listed()
    assert (found[good.uuid].name, str(found[bad.name].problem).startswith("can't be read")) == ("good", True)
