"""Ranks of one training, as torchrun starts them: processes of one launcher with RANK and WORLD_SIZE."""

from collections.abc import Callable

import pytest

from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.journals import journal_writers
from polyaxon_sdk.runs.names import new_uuid
from polyaxon_sdk.runs.record import read_facts
from polyaxon_sdk.runs.series import read_series
from polyaxon_sdk.runs.state import read_run
from tests.scripts import Ended, Scripts

pytestmark = pytest.mark.system

SIZE = 4
QUIET = ["POLYAXON_TRACK_CODE", "POLYAXON_TRACK_ENV", "POLYAXON_TRACK_LOGS", "POLYAXON_COLLECT_RESOURCES"]
BEGIN = """
import os, sys
from polyaxon_sdk import tracking
rank = int(os.environ["RANK"])
run = tracking.init(name="ranks", tags=["cnn"])
for step in range(100):
    tracking.log_metric(f"loss-{rank}", float(rank), step=step)
"""

Launch = Callable[..., list[Ended]]


@pytest.fixture
def launch(scripts: Scripts) -> Launch:
    """Runs one script as all ranks; how each ended."""

    def launch(text: str, **variables: str) -> list[Ended]:
        ranks = [
            scripts.start(
                BEGIN + text,
                RANK=str(rank),
                LOCAL_RANK=str(rank),
                WORLD_SIZE=str(SIZE),
                **dict.fromkeys(QUIET, "false"),
                **variables,
            )
            for rank in range(SIZE)
        ]
        said = [rank.communicate(timeout=120) for rank in ranks]
        return [Ended(rank.returncode, *streams) for rank, streams in zip(ranks, said, strict=True)]

    return launch


def losses(folder: RunFolder) -> dict[str, int]:
    return {name: len(points) for name, points in read_series(folder).items()}


ALL = {f"loss-{rank}": 100 for rank in range(SIZE)}


@pytest.mark.parametrize("named", [True, False])
def test_ranks_have_one_run(scripts: Scripts, launch: Launch, named: bool) -> None:
    variables = {"POLYAXON_RUN_UUID": new_uuid()} if named else {}
    assert [ended.err for ended in launch("", **variables)] == [""] * SIZE
    run = scripts.finished()
    assert losses(scripts.the_run()) == ALL
    assert (run.name, run.tags, run.status) == ("ranks", ["cnn"], "succeeded")
    assert [each.status for each in run.conditions] == ["running", "succeeded"]


def test_each_writer_of_a_run_tells_its_rank(scripts: Scripts, launch: Launch) -> None:
    launch("")
    ranks = [
        fact.fields["rank"]
        for fact in read_facts(scripts.the_run())
        if fact.kind == "writer" and fact.fields["rank"]
    ]
    assert sorted(map(str, ranks)) == ["1", "2", "3"]


def test_one_rank_begins_and_one_says_how_it_ends(scripts: Scripts, launch: Launch) -> None:
    launch("")
    facts = read_facts(scripts.the_run())
    assert [fact.kind for fact in facts].count("created") == 1
    assert len({fact.writer for fact in facts if fact.kind == "status"}) == 1


@pytest.mark.parametrize("failing", [1, 3])
def test_a_rank_that_fails_fails_the_run(scripts: Scripts, launch: Launch, failing: int) -> None:
    launch(f"import time\nif rank == {failing}: raise ValueError('no digits')\ntime.sleep(1)")
    run = scripts.finished()
    assert (run.status, run.conditions[-1].message) == ("failed", f"rank {failing}: ValueError: no digits")
    assert losses(scripts.the_run()) == ALL


def test_a_rank_that_fails_once_the_first_has_ended_fails_the_run(scripts: Scripts, launch: Launch) -> None:
    launch(
        "import time\nfrom polyaxon_sdk.runs.folder import RunFolder\nfrom polyaxon_sdk.runs.state import read_run\n"
        "if rank == 2:\n"
        "    while not read_run(RunFolder(run.folder)).is_done: time.sleep(0.01)\n"
        "    raise ValueError('no digits')"
    )
    run = scripts.finished()
    assert (run.status, run.conditions[-1].message) == ("failed", "rank 2: ValueError: no digits")


def test_ranks_that_begin_again_after_an_end_have_another_run_in_common(
    scripts: Scripts, launch: Launch
) -> None:
    launch("tracking.end()\ntracking.init()\ntracking.log_metric('again', 1.0)")
    runs = [RunFolder(path) for path in (scripts.home / "runs").iterdir()]
    assert sorted(map(len, map(losses, runs))) == [1, SIZE]
    assert {read_run(run).status for run in runs} == {"succeeded"}


def test_ranks_have_the_runs_within_their_run_in_common(scripts: Scripts, launch: Launch) -> None:
    launch("with run.child('fold') as child:\n    child.log_metric(f'fold-{rank}', 1.0)")
    runs = [RunFolder(path) for path in (scripts.home / "runs").iterdir()]
    folds = [f"fold-{rank}" for rank in range(SIZE)]
    assert sorted(sorted(losses(run)) for run in runs) == [folds, sorted(ALL)]


def test_workers_of_a_rank_are_its_children(scripts: Scripts, launch: Launch) -> None:
    launch(
        "import subprocess\n"
        "code = 'import polyaxon_sdk.tracking as t; t.log_metric(\"worker\", 1.0)'\n"
        "subprocess.run([sys.executable, '-c', code], check=True)"
    )
    assert losses(scripts.the_run()) == {**ALL, "worker": SIZE}
    assert {writer.rank for writer in journal_writers(scripts.the_run())} <= {0, 1, 2, 3}
