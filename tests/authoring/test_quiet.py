"""Runs of functions that log nothing say no more than that; those that log are runs from there on."""

import pytest

from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.record import read_facts
from polyaxon_sdk.runs.series import read_series
from polyaxon_sdk.runs.state import read_run
from tests.authoring.conftest import UUID, Execute

pytestmark = pytest.mark.system

TOP = (
    "import os, sys, multiprocessing, subprocess, threading\nfrom polyaxon_sdk import tracking\n@component\n"
)


def kinds(folder: RunFolder) -> list[str]:
    """What is said of the run, behind its beginning."""
    return [fact.kind for fact in read_facts(folder)][2:]


def logged(folder: RunFolder) -> dict[str, list[float]]:
    return {name: [point.value for point in points] for name, points in read_series(folder).items()}


def test_a_function_that_logs_nothing_leaves_a_record_and_no_journal(
    execute: Execute, run_folder: RunFolder
) -> None:
    execute(f"{TOP}def main() -> int: return 3\n")
    assert kinds(run_folder) == ["writer", "joined", "lineage", "outputs", "left"]
    assert [each.name for each in run_folder.journal.iterdir() if each.suffix == ".jsonl"] == []
    assert [*read_run(run_folder).outputs.values()] == [3]


@pytest.mark.parametrize(
    "body",
    [
        "tracking.log_metric('loss', 0.5)",
        "tracking.active_run().log_metric('loss', 0.5)",
        "tracking.init(name='other').log_metric('loss', 0.5)",
        "tracking.get_or_create_run().log_metrics(loss=0.5)",
        "t = threading.Thread(target=tracking.log_metric, args=('loss', 0.5)); t.start(); t.join()",
        "p = multiprocessing.get_context('fork').Process(target=tracking.log_metric, args=('loss', 0.5));"
        " p.start(); p.join()",
        "subprocess.run([sys.executable, '-c', 'from polyaxon_sdk import tracking;"
        ' tracking.init().log_metric(\\"loss\\", 0.5)\'], check=True)',
    ],
)
def test_what_is_logged_is_of_the_run_however_it_is(
    execute: Execute, run_folder: RunFolder, body: str
) -> None:
    code, _, shown = execute(f"{TOP}def main() -> int:\n    {body}\n    return 3\n")
    assert (code, shown, logged(run_folder)) == (0, "", {"loss": [0.5]})
    assert [*read_run(run_folder).outputs.values()] == [3]


def test_what_is_logged_once_the_function_has_returned_is_of_the_run_too(
    execute: Execute, run_folder: RunFolder
) -> None:
    source = (
        f"{TOP}def main() -> int:\n    import atexit\n    atexit.register(tracking.log_metric, 'loss', 0.5)\n"
    )
    assert (execute(f"{source}    return 3\n")[0], logged(run_folder)) == (0, {"loss": [0.5]})


def test_a_run_besides_is_another_one(execute: Execute, run_folder: RunFolder) -> None:
    body = "return tracking.init(is_new=True, track_logs=False).uuid"
    execute(f"{TOP}def main() -> str: {body}\n")
    [uuid] = read_run(run_folder).outputs.values()
    assert uuid != UUID


@pytest.mark.parametrize(
    ("body", "ending"),
    [
        ("sys.exit(4)", [("failed", "exit code 4")]),
        ("sys.exit(0)", []),
        ("raise ValueError('too small')", [("failed", "ValueError: too small")]),
        ("os._exit(9)", []),
    ],
)
def test_how_it_ends_is_told_where_it_fails(
    execute: Execute, run_folder: RunFolder, body: str, ending: list[tuple[str, str]]
) -> None:
    execute(f"{TOP}def main() -> None: {body}\n")
    conditions = read_run(run_folder).conditions
    assert [(each.status, each.message) for each in conditions] == ending


def test_a_process_that_it_forks_and_that_fails_is_a_problem_of_the_run(
    execute: Execute, run_folder: RunFolder
) -> None:
    body = "p = multiprocessing.get_context('fork').Process(target=int, args=('x',)); p.start(); p.join()"
    execute(f"{TOP}def main() -> None:\n    {body}\n")
    problems = [str(fact.fields["what"]) for fact in read_facts(run_folder) if fact.kind == "problem"]
    assert [each.split(" ", 2)[2].split(":")[0] for each in problems] == ["failed"]
