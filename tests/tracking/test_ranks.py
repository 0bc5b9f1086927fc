"""Ranks of one training, as torchrun starts them: processes of one launcher with RANK and WORLD_SIZE."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.journals import journal_writers
from polyaxon_sdk.runs.logs import read_logs
from polyaxon_sdk.runs.names import new_uuid
from polyaxon_sdk.runs.record import read_facts
from polyaxon_sdk.runs.series import read_series
from polyaxon_sdk.runs.state import read_run
from polyaxon_sdk.sidecar.launch import launch as launch_sidecar
from tests.polling import eventually
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
                **{**dict.fromkeys(QUIET, "false"), **variables},
            )
            for rank in range(SIZE)
        ]
        said = [rank.communicate(timeout=120) for rank in ranks]
        return [Ended(rank.returncode, *streams) for rank, streams in zip(ranks, said, strict=True)]

    return launch


def printed(folder: RunFolder, replica: str) -> list[str]:
    return [line.text for line in read_logs(folder, replica)]


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
    launch(
        "import os, time\nhome = os.environ['POLYAXON_HOME']\nbegun, mark = f'{home}/begun', f'{home}/failing'\n"
        "if rank == 0: open(begun, 'w').close()\nwhile not os.path.exists(begun): time.sleep(0.01)\n"
        f"if rank == {failing}:\n    open(mark, 'w').close()\n    raise ValueError('no digits')\n"
        "while not os.path.exists(mark): time.sleep(0.01)\ntime.sleep(1)"
    )
    run = scripts.finished()
    assert (run.status, run.conditions[-1].message) == ("failed", f"rank {failing}: ValueError: no digits")
    assert losses(scripts.the_run()) == ALL


def test_a_rank_that_fails_before_the_first_begins_fails_the_run(scripts: Scripts) -> None:
    ranks = {**dict.fromkeys(QUIET, "false"), "WORLD_SIZE": "2"}
    mark = scripts.home.parent / "over"
    first = scripts.start(
        f"import os, time\nwhile not os.path.exists({str(mark)!r}): time.sleep(0.01)\n{BEGIN}",
        RANK="0",
        **ranks,
    )
    failing = scripts.start(f"{BEGIN}\nraise ValueError('no digits')", RANK="1", **ranks)
    failing.communicate(timeout=120)
    mark.touch()
    assert first.communicate(timeout=120)[1] == ""
    run = scripts.finished()
    assert (run.status, run.conditions[-1].message) == ("failed", "rank 1: ValueError: no digits")
    assert losses(scripts.the_run()) == {"loss-0": 100, "loss-1": 100}


def test_ranks_that_are_started_again_once_one_has_failed_are_another_attempt(scripts: Scripts) -> None:
    ranks = {**dict.fromkeys(QUIET, "false"), "WORLD_SIZE": "2"}
    failing = scripts.start(f"{BEGIN}\nraise ValueError('no digits')", RANK="1", **ranks)
    failing.communicate(timeout=120)
    first = scripts.start(BEGIN, RANK="0", **ranks)
    first.communicate(timeout=120)
    assert (first.returncode, scripts.finished().status) == (0, "succeeded")


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


def test_what_each_rank_prints_is_shown_and_kept_as_its_own(scripts: Scripts, launch: Launch) -> None:
    ended = launch("print(f'from {rank}', flush=True)", POLYAXON_TRACK_LOGS="true")
    said = {"main": ["from 0"], **{f"rank-{rank}": [f"from {rank}"] for rank in range(1, SIZE)}}
    assert [each.out.split() for each in ended] == [line.split() for [line] in said.values()]
    assert scripts.finished().status == "succeeded"
    assert eventually(lambda: {name: printed(scripts.the_run(), name) for name in said} == said, 60)


def test_what_ranks_print_to_the_file_of_their_launcher_is_kept_as_their_own(
    scripts: Scripts, tmp_path: Path
) -> None:
    (tmp_path / "train.py").write_text(f"{BEGIN}print(f'from {{rank}}', flush=True)")
    start = (
        f"for rank in 0 1; do RANK=$rank LOCAL_RANK=$rank WORLD_SIZE=2 {sys.executable} train.py & done; wait"
    )
    with (tmp_path / "log").open("wb") as log:
        subprocess.run(["sh", "-c", start], cwd=tmp_path, stdout=log, env=scripts.environment, check=True)
    assert scripts.finished().status == "succeeded"
    assert eventually(lambda: printed(scripts.the_run(), "main") == ["from 0"], 60)
    assert eventually(lambda: printed(scripts.the_run(), "rank-1") == ["from 1"], 60)
    assert sorted((tmp_path / "log").read_text().split("\n")) == ["", "from 0", "from 1"]


def test_a_rank_that_is_alone_under_its_launcher_and_ends_well_succeeds(scripts: Scripts) -> None:
    ended = scripts.run(BEGIN, RANK="1", WORLD_SIZE="2")
    run = scripts.finished()
    assert (ended.code, run.status, losses(scripts.the_run())) == (0, "succeeded", {"loss-1": 100})


def test_a_rank_that_is_alone_and_is_killed_fails_the_run(scripts: Scripts) -> None:
    scripts.run(f"{BEGIN}os.kill(os.getpid(), 9)", RANK="1", WORLD_SIZE="2")
    assert launch_sidecar(scripts.the_run()).wait(120)
    assert scripts.finished().status == "failed"


def test_workers_of_a_rank_are_its_children(scripts: Scripts, launch: Launch) -> None:
    launch(
        "import subprocess\n"
        "code = 'import polyaxon_sdk.tracking as t; t.log_metric(\"worker\", 1.0)'\n"
        "subprocess.run([sys.executable, '-c', code], check=True)"
    )
    assert losses(scripts.the_run()) == {**ALL, "worker": SIZE}
    assert {writer.rank for writer in journal_writers(scripts.the_run())} <= {0, 1, 2, 3}
