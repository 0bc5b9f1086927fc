"""Bringing the runs of a source into the home, one after the other."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from time import time

from attrs import evolve, frozen

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.importing.drafts import sweep
from polyaxon_sdk.importing.growth import Growth, has_ended_anew
from polyaxon_sdk.importing.left_out import LeftOut
from polyaxon_sdk.importing.parity import compare
from polyaxon_sdk.importing.report import RunReport
from polyaxon_sdk.importing.source_run import About, SourceRun
from polyaxon_sdk.importing.tally import Tally
from polyaxon_sdk.importing.writing import arriving
from polyaxon_sdk.runs.drained import read_drained
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.offline import Arrival, bring_in
from polyaxon_sdk.runs.record import RecordWriter
from polyaxon_sdk.runs.state import read_run
from polyaxon_sdk.settings import Settings
from polyaxon_sdk.sidecar.rounds import work_beside
from polyaxon_sdk.types import Json

__all__ = ["Importer"]


@frozen
class Importer:
    """Brings runs into a home.

    Attributes:
        settings: tell the home, and the project of what has none.
        kind: the tracker that the runs come from.
        place: where they lie.
        project: the project that all of them go to; None for the one that each has at its source.
    """

    settings: Settings
    kind: str
    place: str
    project: str | None = None

    def bring(self, runs: Iterator[SourceRun], *, dry_run: bool = False) -> Iterator[RunReport]:
        """Bring each run in, of one that is there already what is new of it, and compare it with its source.

        Args:
            runs: the runs.
            dry_run: only tell what there is to bring.
        """
        if not dry_run:
            sweep(self.settings.home)
        for run in runs:
            left_out = LeftOut()
            try:
                yield self._bring(run, left_out, dry_run=dry_run)
            except (InputError, OSError) as error:  # of this run: the others may be sound
                report = RunReport(label=run.label, uuid=run.uuid, state="failed", left_out=left_out)
                yield evolve(report, error=_told(error))

    def _bring(self, run: SourceRun, left_out: LeftOut, *, dry_run: bool) -> RunReport:
        report = RunReport(label=run.label, uuid=run.uuid, state="new", left_out=left_out)
        folder = RunFolder(self.settings.runs / run.uuid)
        if folder.path.exists():
            report = evolve(report, tally=_tallied(run, left_out), state="here")
            if not dry_run:
                _mark(folder)
                report = self._grow(run, report)
        elif dry_run:
            return evolve(report, tally=_tallied(run, left_out))
        elif run.folder is None:
            report = evolve(report, tally=self._write(run, left_out), state="imported")
        else:
            report = evolve(report, tally=self._copy(run, run.folder, left_out), state="imported")
        if report.state in {"imported", "grown"} or (not dry_run and _is_unfinished(folder)):
            work_beside(folder)
        parity = compare(report.tally, run.uuid, root="outputs" if run.folder is None else "")
        for name in parity.masked:
            left_out.add(name, "its value is masked as a secret")
        return evolve(report, parity=parity)

    def _grow(self, run: SourceRun, report: RunReport) -> RunReport:
        """Add what the source has more of, to a run that was written here and that nobody else writes to."""
        folder = RunFolder(self.settings.runs / run.uuid)
        known = read_run(folder)
        parity = compare(report.tally, run.uuid, root="outputs" if run.folder is None else "")
        is_same = not parity.differences and not has_ended_anew(run.about(), known)
        if is_same or run.folder is not None or not known.is_done:
            return report
        if (
            parity.is_shorter
        ):  # a copy that was cut off tells an earlier state of the run: the later one stays
            return evolve(report, state="shorter")
        growth = Growth(folder, parity)
        tally = growth.take(run)
        return evolve(
            report, tally=tally, added=growth.added, state="grown" if growth.has_written else "here"
        )

    def _write(self, run: SourceRun, left_out: LeftOut) -> Tally:
        tally = Tally()
        with arriving(self.settings.home, run.uuid, self.place) as arrival:
            for item in run.items(left_out):
                tally.add(item)
                arrival.log(item)
            about = run.about()
            tally.inputs, tally.outputs = about.inputs, about.outputs
            origin: dict[str, Json] = {
                "source": self.kind,
                "place": self.place,
                "run": run.label,
                "at": time(),
            }
            owner, project = self._belongs(about)
            arrival.describe(about, {"imported": origin}, owner=owner, project=project)
        return tally

    def _copy(self, run: SourceRun, path: Path, left_out: LeftOut) -> Tally:
        tally = _tallied(run, left_out)
        owner, _, project = (self.project or "").rpartition("/")
        bring_in(path, self.settings.home, Arrival(project=project or None, owner=owner or None))
        return tally

    def _belongs(self, about: About) -> tuple[str, str]:
        """Owner and project of a run; a slash in the name that its source gives tells of no owner."""
        if self.project is None and about.project:
            return "default", about.project.strip("/").replace("/", "-")
        owner, _, project = (self.project or self.settings.project).rpartition("/")
        return owner or "default", project


def _tallied(run: SourceRun, left_out: LeftOut) -> Tally:
    tally = Tally()
    for item in run.items(left_out):
        tally.add(item)
    about = run.about()
    tally.inputs, tally.outputs = about.inputs, about.outputs
    return tally


def _told(error: InputError | OSError) -> str:
    if isinstance(error, InputError):
        return str(error)
    place = f"{error.filename}: " if error.filename else ""
    return f"{place}{error.strerror or error}"


def _is_unfinished(folder: RunFolder) -> bool:
    """Whether an import was killed before all of a run was drained; one that goes on has a sidecar of its own."""
    return read_run(folder).is_done and not read_drained(folder).is_finished


def _mark(folder: RunFolder) -> None:
    """Tell readers of a run that an import killed just after it arrived told nobody of."""
    record = RecordWriter(folder)
    record.renew_mark()
    record.close()
