"""What of a run's files comes with another one."""

from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread

import pytest

from polyaxon_sdk.runner.descent import copy_into, descent_from
from polyaxon_sdk.runs.folder import RunFolder


@pytest.fixture
def finished_beside(folder: RunFolder) -> Iterator[None]:
    """Somebody who puts files of the run in place while it is copied, as its sidecar does."""
    outputs, over = folder.path / "outputs", Event()
    outputs.mkdir(exist_ok=True)

    def finish() -> None:
        while not over.is_set():
            for number in range(200):
                (outputs / f"{number}.draft").touch()
            for number in range(200):
                (outputs / f"{number}.draft").replace(outputs / str(number))

    thread = Thread(target=finish)
    thread.start()
    yield
    over.set()
    thread.join()


@pytest.mark.system
@pytest.mark.usefixtures("finished_beside")
@pytest.mark.parametrize("number", range(8))
def test_files_are_copied_while_others_are_put_in_place(
    folder: RunFolder, tmp_path: Path, number: int
) -> None:
    (folder.path / "outputs" / "net").write_text("weights")
    copy = RunFolder(tmp_path / str(number))
    copy_into(copy, descent_from(folder))
    assert (copy.path / "outputs" / "net").read_text() == "weights"
