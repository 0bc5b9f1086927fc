"""TensorBoards that are really open, asked by HTTP what they show."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from subprocess import Popen
from urllib.parse import urlencode

import pytest

from tests.conformance.corpus import CORPUS, needs_corpus
from tests.polling import eventually
from tests.required import required
from tests.scripts import Scripts, read_line
from tests.seeds.snippets import FOLDER
from tests.system.services import Start, Started, fetch, start

__all__ = ["start"]

TRACKED = """
import sys
sys.modules["tensorboard.compat.notf"] = sys  # its own sign that TensorFlow isn't to be imported
from polyaxon_sdk import tracking
from tensorboard.compat.proto.event_pb2 import Event
from tensorboard.compat.proto.summary_pb2 import Summary
from tensorboard.summary.writer.event_file_writer import EventFileWriter

for name, loss in (word.split("=") for word in sys.stdin.readline().split()):
    run = tracking.init(name=name)
    writer = EventFileWriter(tracking.get_tensorboard_path())
    writer.add_event(Event(step=1, summary=Summary(value=[Summary.Value(tag="loss", simple_value=float(loss))])))
    writer.close()
    run.log_metric("loss", float(loss), step=1)
    run.end()
    print(run.uuid)
"""
GOES_ON = """
from polyaxon_sdk import tracking

run = tracking.init(name={name!r})
tracking.log_metric("loss", 0.5, step=1)
print(run.uuid, flush=True)
input()
tracking.log_metric("loss", 0.25, step=2)
input()
"""


@pytest.fixture(autouse=True)
def tensorboard() -> None:
    """Without it there is nothing to see."""
    required("tensorboard")


def tracked(scripts: Scripts, **losses: float) -> list[str]:
    """Runs of these names, each with a metric and an event file; their uuids."""
    words = " ".join(f"{name}={loss}" for name, loss in losses.items())
    out, told = scripts.start(TRACKED).communicate(words, timeout=120)
    assert len(out.split()) == len(losses), told
    return out.split()


def shown(board: Started) -> list[str]:
    """The folders that it has events of, once it has some."""
    found: list[str] = eventually(lambda: json.loads(fetch(f"{board.url}data/runs")), 120)
    return found


def last_step(board: Started, run: str) -> int:
    """The last step of the loss of a run, as it is shown now."""
    asked = urlencode({"run": run, "tag": "loss"})
    points = json.loads(fetch(f"{board.url}data/plugin/scalars/scalars?{asked}"))
    return int(points[-1][1])


def test_runs_are_shown_by_their_names(scripts: Scripts, start: Start) -> None:
    uuids = tracked(scripts, first=0.5, second=0.5)
    board = start("--hub", "tensorboard:multi-run", "-P", f"uuids={','.join(uuids)}")
    assert {name.partition("/")[0] for name in shown(board)} == {"first", "second"}


@pytest.fixture
def going(
    tmp_path: Path, scripts: Scripts, monkeypatch: pytest.MonkeyPatch
) -> Iterator[dict[str, Popen[str]]]:
    """A run of this home and one of another, which ships to a store; both go on. They log more when told to."""
    store = str(tmp_path / "store")
    monkeypatch.setenv("POLYAXON_ARTIFACTS_STORE", store)
    other = Scripts(tmp_path / "other")
    elsewhere = other.start(GOES_ON.format(name="elsewhere"), POLYAXON_ARTIFACTS_STORE=store)
    here = scripts.start(GOES_ON.format(name="here"))
    found = {read_line(each): each for each in (here, elsewhere)}
    eventually(lambda: [*(tmp_path / "store").glob("*/events/metric/loss.plx")], 120)
    yield found
    for each in found.values():
        each.communicate("\n\n", timeout=120)


def test_runs_that_go_on_here_and_elsewhere_are_followed(going: dict[str, Popen[str]], start: Start) -> None:
    board = start("--hub", "tensorboard", "-P", f"uuids={','.join(going)}")
    runs: list[str] = eventually(lambda: found if len(found := shown(board)) == 2 else [], 120)
    assert [(name.partition("/")[0], last_step(board, name)) for name in sorted(runs)] == [
        ("elsewhere", 1),
        ("here", 1),
    ]
    for each in going.values():
        assert each.stdin is not None
        each.stdin.write("\n")
        each.stdin.flush()
    eventually(lambda: [last_step(board, name) for name in runs] == [2, 2], 120)


@needs_corpus
@pytest.mark.skipif("POLYAXON_TEST_TRIALS" not in os.environ, reason="a fourth TensorBoard, which takes 10 s")
def test_the_public_tensorboard_of_a_path_shows_its_event_files(
    scripts: Scripts, start: Start, tmp_path: Path
) -> None:
    [uuid] = tracked(scripts, only=0.5)
    scripts.home.joinpath("config.yaml").write_text(
        f"connections:\n- {{name: default-artifacts-store, kind: host_path, "
        f"schema: {{hostPath: {tmp_path}, mountPath: {tmp_path}}}}}\n"
    )
    file = CORPUS / "quick-start" / "scheduling" / "services" / "tensorboad_based_on_path.yaml"
    board = start("-f", str(file), "-P", f"path={scripts.home}/runs/{uuid}/outputs")
    assert shown(board) == ["tensorboard"]


def test_the_best_runs_that_a_query_finds_are_shown(scripts: Scripts, start: Start) -> None:
    best, *_ = tracked(scripts, best=0.005, worse=0.5)
    board = start("-f", str(FOLDER / "004-tensorboard.yml"))
    assert "/services/v1/" in board.url
    assert [name.partition("/")[0] for name in shown(board)] == [best]
