"""Tracking in a notebook: a real kernel that cells are sent to."""

from pathlib import Path

import pytest

from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.logs import read_logs
from polyaxon_sdk.runs.series import read_series
from polyaxon_sdk.runs.state import read_run
from polyaxon_sdk.sidecar.launch import Sidecar
from tests.required import required
from tests.scripts import ROOT

pytestmark = [pytest.mark.system, pytest.mark.filterwarnings("ignore")]  # those of the kernel's own libraries

INIT = (
    "from polyaxon_sdk import tracking\nrun = tracking.init(name='note', track_code=False, track_env=False)"
)
CAPTURING = INIT.replace("track_code", "track_logs=True, track_code")
LOG = "tracking.log_metric('loss', 0.5)"


def execute(*cells: str, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Send cells to a kernel, which then is shut down; what the last one printed."""
    nbformat, client = required("nbformat"), required("nbclient")
    required("ipykernel")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    client.NotebookClient(notebook, timeout=120, kernel_name="python3", allow_errors=True).execute()
    return [output["text"] for output in notebook.cells[-1].outputs if output["output_type"] == "stream"]


def the_run(home: Path) -> RunFolder:
    (path,) = (home / "runs").iterdir()
    assert Sidecar(RunFolder(path)).wait(120)
    return RunFolder(path)


def test_a_cell_that_is_run_again_goes_on_with_its_run(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    execute(INIT, LOG, INIT, LOG, monkeypatch=monkeypatch)
    folder = the_run(home)
    assert len(read_series(folder)["loss"]) == 2
    assert (read_run(folder).name, read_run(folder).status) == ("note", "succeeded")


@pytest.mark.parametrize("bad", ["1 / 0", "import sys; sys.exit(3)", "raise SystemExit(3)"])
def test_a_cell_that_fails_does_not_end_the_run(
    home: Path, monkeypatch: pytest.MonkeyPatch, bad: str
) -> None:
    execute(INIT, bad, LOG, monkeypatch=monkeypatch)
    folder = the_run(home)
    assert len(read_series(folder)["loss"]) == 1
    assert read_run(folder).status == "succeeded"


@pytest.mark.parametrize(
    ("cell", "kept"),
    [
        ("print('a line')", ["a line"]),
        ("import sys; print('an error', file=sys.stderr)", ["an error"]),
        ("import os; os.write(1, b'from C\\n')", ["from C"]),
        ("for i in range(3): print(f'\\r{i}', end='')", ["2"]),
    ],
)
def test_what_cells_print_is_kept_once(
    home: Path, monkeypatch: pytest.MonkeyPatch, cell: str, kept: list[str]
) -> None:
    execute(CAPTURING, cell, "run.end()", "print('behind the end')", monkeypatch=monkeypatch)
    assert [line.text for line in read_logs(the_run(home))] == kept


def test_a_cell_still_shows_what_it_prints(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert execute(CAPTURING, "print('a line')", monkeypatch=monkeypatch) == ["a line\n"]
    assert the_run(home).path.exists()


def test_a_new_run_in_a_kernel_is_asked_for(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    execute(
        INIT, LOG, "tracking.end()", INIT, LOG, "tracking.init(is_new=True)", LOG, monkeypatch=monkeypatch
    )
    counts = [len(read_series(RunFolder(path))["loss"]) for path in (home / "runs").iterdir()]
    assert counts == [1, 1, 1]
