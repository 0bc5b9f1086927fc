"""Processes that a tracking process starts, by whatever means: they join its run. No sidecar is started here."""

from pathlib import Path

import pytest

from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.record import read_facts
from polyaxon_sdk.runs.series import read_series
from polyaxon_sdk.runs.state import read_run
from tests.scripts import Ended, Scripts

TRAIN = """
import multiprocessing, os, sys
from polyaxon_sdk import tracking

def log(step):
    tracking.log_metric("loss", 0.5, step=step)

def begin_and_log(step):
    assert tracking.init(name="worker").uuid == os.environ["POLYAXON_RUN_UUID"]
    log(step)
    tracking.end()

def log_to(run, step):
    run.log_metric("loss", 0.5, step=step)

def fail(step):
    log(step)
    raise ValueError("no digits")

def start(method, target, *args):
    children = [multiprocessing.get_context(method).Process(target=target, args=(*args, step)) for step in range(3)]
    for child in children:
        child.start()
    for child in children:
        child.join()

if __name__ == "__main__":
    BODY
"""


@pytest.fixture
def train(scripts: Scripts, folder: RunFolder, tmp_path: Path) -> "Train":
    """Runs a training script that starts processes."""
    return Train(scripts, folder, tmp_path / "train.py")


class Train:
    """A script in a file, as spawned children need it, attached to a run that has no sidecar."""

    def __init__(self, scripts: Scripts, folder: RunFolder, file: Path) -> None:
        self.scripts = scripts
        self.folder = folder
        self.file = file

    def __call__(self, *lines: str, **variables: str) -> Ended:
        """Run `lines` as the script's main part."""
        self.file.write_text(TRAIN.replace("BODY", "\n    ".join(lines)))
        text = f"import runpy, sys; sys.argv = ['{self.file}']; runpy.run_path('{self.file}', run_name='__main__')"
        managed = {"POLYAXON_RUN_UUID": self.folder.uuid, "POLYAXON_IS_MANAGED": "true"}
        ended = self.scripts.run(text, **{**managed, **variables})
        assert ended.code == 0, ended.err
        return ended

    def steps(self) -> list[int]:
        """The steps that were logged."""
        return sorted(point.step or 0 for point in read_series(self.folder)["loss"])


METHODS = ["fork", "forkserver", "spawn"]


@pytest.mark.parametrize("target", ["log", "begin_and_log"])
@pytest.mark.parametrize("method", METHODS)
def test_children_of_multiprocessing_log_into_the_run(train: Train, method: str, target: str) -> None:
    train("tracking.init(name='digits')", f"start('{method}', {target})", "log(3)")
    assert train.steps() == [0, 1, 2, 3]
    assert (read_run(train.folder).name, read_run(train.folder).conditions) == ("digits", [])


@pytest.mark.parametrize("method", METHODS)
def test_a_run_that_is_handed_to_a_child_is_joined_there(train: Train, method: str) -> None:
    train("run = tracking.init()", f"start('{method}', log_to, run)", "log(3)")
    assert train.steps() == [0, 1, 2, 3]


@pytest.mark.parametrize("method", METHODS)
def test_a_child_that_fails_is_a_problem_of_the_run_and_not_its_end(train: Train, method: str) -> None:
    train("tracking.init()", f"start('{method}', fail)", "log(3)")
    assert train.steps() == [0, 1, 2, 3]
    problems = read_run(train.folder).problems
    assert [what.partition(" failed: ")[2] for what in problems] == ["ValueError: no digits"] * 3
    assert read_run(train.folder).conditions == []


def test_a_pool_that_was_begun_before_the_run_can_be_handed_it(train: Train) -> None:
    train(
        "context = multiprocessing.get_context('forkserver')",
        "pool = context.Pool(1)",
        "pool.apply(os.getpid)",
        "run = tracking.init()",
        "pool.apply(log_to, (run, 0))",
        "pool.close(); pool.join()",
    )
    assert train.steps() == [0]


def test_a_program_that_is_started_joins_the_run(train: Train) -> None:
    program = "import polyaxon_sdk.tracking as t; t.init(); t.log_metric('loss', 0.5, step=7); t.end()"
    train(
        "import subprocess",
        "tracking.init()",
        f'subprocess.run([sys.executable, "-c", "{program}"], check=True)',
    )
    assert train.steps() == [7]
    kinds = [fact.kind for fact in read_facts(train.folder)]
    assert (kinds.count("joined"), kinds.count("left"), kinds.count("status")) == (2, 2, 0)


def test_a_program_that_fails_is_told_as_a_problem(train: Train) -> None:
    program = "import polyaxon_sdk.tracking as t; t.init(); raise ValueError(5)"
    train("import subprocess", "tracking.init()", f'subprocess.run([sys.executable, "-c", "{program}"])')
    assert read_run(train.folder).problems[0].endswith("failed: ValueError: 5")
    assert read_run(train.folder).conditions == []


def test_a_forked_child_may_take_its_leave(train: Train) -> None:
    train(
        "tracking.init()",
        "if os.fork() == 0:",
        "    log(0); tracking.end(); log(1); os._exit(0)",
        "os.wait(); log(2)",
    )
    assert train.steps() == [0, 2]


def test_what_a_device_computes_for_a_child_is_kept(train: Train) -> None:
    train(
        "import time",
        "from polyaxon_sdk.tracking.pending import Awaited",
        "run = tracking.init()",
        "def log_late(step):",
        "    run.log_metric('loss', 0.5, step=step)",
        "    late = Awaited('loss', 0, step + 10, 1.0, lambda: time.sleep(0.5) or 2.0)",
        "    run.metrics._pending.add(late)",
        "start('fork', log_late)",
    )
    assert train.steps() == [0, 1, 2, 10, 11, 12]


def test_the_variables_of_a_run_go_with_its_end(train: Train) -> None:
    names = "print(sorted(name for name in os.environ if name.startswith('POLYAXON')))"
    lines = train(names, "run = tracking.init()", names, "tracking.end()", names).out.splitlines()
    assert lines[0] == lines[2]
    assert "POLYAXON_RUN_PROCESS" in lines[1]


def test_a_process_that_was_started_by_a_run_that_is_over_tracks_nothing_of_it(train: Train) -> None:
    train("tracking.init(); tracking.log_succeeded(); tracking.end()")
    ended = train("log(0)", POLYAXON_RUN_PROCESS="1")
    assert ended.err == "polyaxon: nothing is tracked: call tracking.init() first\n"
    assert read_series(train.folder) == {}
