"""The folder of one run: where each part of it lies."""

from __future__ import annotations

from pathlib import Path

from polyaxon_sdk.runs.names import inside

__all__ = ["RunFolder"]


class RunFolder:
    """The paths of a run on disk (DESIGN.md, "A run on disk"); making one touches nothing.

    >>> RunFolder("/home/me/.polyaxon/runs/0f").journal
    PosixPath('/home/me/.polyaxon/runs/0f/journal')
    """

    __slots__ = ("_journal", "_record", "path")

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        self._record: Path | None = None
        self._journal: Path | None = None

    def __repr__(self) -> str:
        return f"RunFolder({str(self.path)!r})"

    @property
    def uuid(self) -> str:
        """The run's uuid, which names its folder."""
        return self.path.name

    @property
    def home(self) -> Path:
        """The home that this run lies in: the parent of `runs/`."""
        return self.path.parent.parent

    @property
    def record(self) -> Path:
        """The facts about the run, one file a writer."""
        if self._record is None:  # kept, as it is asked for again and again
            self._record = self.path / "record"
        return self._record

    @property
    def journal(self) -> Path:
        """What was logged and is not drained yet, one file a writer."""
        if self._journal is None:
            self._journal = self.path / "journal"
        return self._journal

    @property
    def drained(self) -> Path:
        """How far each journal is drained and how long each drained file then is."""
        return self.journal / "drained.json"

    @property
    def sidecar_log(self) -> Path:
        """Why the last sidecar broke, where it did."""
        return self.journal / "sidecar.log"

    @property
    def handover(self) -> Path:
        """There where somebody wants to finish the run: who ships it tries no longer than once more."""
        return self.journal / "handover"

    @property
    def live(self) -> Path:
        """The summaries of the series of a run that is not finished; then the record has them."""
        return self.journal / "summaries.json"

    @property
    def events(self) -> Path:
        """The drained series, as `<kind>/<name>.plx`."""
        return self.path / "events"

    @property
    def outputs(self) -> Path:
        """The user's own files."""
        return self.path / "outputs"

    @property
    def logs(self) -> Path:
        """The drained console output, as `<replica>.jsonl`."""
        return self.path / "plxlogs"

    @property
    def operation(self) -> Path:
        """The compiled operation that the run was started from."""
        return self.path / "operation.plx.json"

    @property
    def source(self) -> Path:
        """The operation that was compiled."""
        return self.path / "source.plx.json"

    @property
    def sources(self) -> Path:
        """The source files that it was made from, each under its path on the import path."""
        return self.path / "assets/coderef/sources"

    @property
    def run_view(self) -> Path:
        """The run in Polyaxon's form."""
        return self.path / "run.plx.json"

    @property
    def lineages_view(self) -> Path:
        """The run's artifact lineage in Polyaxon's form."""
        return self.path / "lineages.plx.json"

    def create(self) -> RunFolder:
        """Make the folders that every run has.

        Raises:
            OSError: the home can't be written.
        """
        for folder in (self.record, self.journal, self.outputs):
            folder.mkdir(parents=True, exist_ok=True)
        return self

    def inside(self, relative: str) -> Path:
        """A path of this run.

        Raises:
            InputError: the path is absolute or leads out of the run.
        """
        return type(self.path)(inside(str(self.path), relative))
