"""A run whose copies are spoilt: one of its files, or all."""

from pathlib import Path

from tests.scripts import Scripts

__all__ = ["files_in", "finished_run"]

_TRAIN = """
from polyaxon_sdk import tracking
with tracking.init(name="bad") as run:
    run.log_inputs(rate=0.1)
    run.log_metrics(step=1, loss=0.5)
    run.log_text("note", "hello")
    print("bye")
"""


def finished_run(home: Path) -> Path:
    """The folder of a run that logged a little and is over."""
    scripts = Scripts(home)
    assert scripts.run(_TRAIN).code == 0
    scripts.finished()
    return scripts.the_run().path


def files_in(folder: Path) -> list[Path]:
    """All files of a folder and of those in it, in order."""
    return sorted(path for path in folder.rglob("*") if path.is_file())
