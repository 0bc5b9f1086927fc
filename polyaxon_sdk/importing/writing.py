"""Writing a run of another tracker as one of the home: whole there, or not there."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from errno import EIO
from pathlib import Path
from time import time
from typing import TypeAlias, cast

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.importing.drafts import draft_of
from polyaxon_sdk.importing.item import Bins, Dataset, Event, File, Item, Media, Point, PrecisionRecall
from polyaxon_sdk.importing.source_run import About
from polyaxon_sdk.runs.fact import Fact
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.history import write_history
from polyaxon_sdk.runs.masking import masker_here
from polyaxon_sdk.runs.record import RecordWriter, read_facts
from polyaxon_sdk.tracking.place import Recorded
from polyaxon_sdk.tracking.run import Run
from polyaxon_sdk.tracking.values import plain_values
from polyaxon_sdk.types import Json

__all__ = ["Arriving", "arriving"]

_Told: TypeAlias = "tuple[float, str, dict[str, Json]]"
"""A fact to come: when it became true, its kind, its fields."""

_NOT_OURS = ("track_code", "track_env", "track_logs", "collect_resources")
"""What a sidecar captures of a run that is made here, and this one was not."""


class Arriving:
    """A run that is being written, by the verbs that a training script has."""

    def __init__(self, folder: RunFolder) -> None:
        self.folder = folder
        self._place = Recorded(folder)
        self._run = Run(self._place, part="child")

    def log(self, item: Item) -> None:
        """Keep one thing.

        Raises:
            OSError: a file can't be read, or the home can't be written.
        """
        match item:
            case Point():
                self._run.log_metric(item.name, item.value, item.step, _seconds(item.time))
            case Event():
                self._log_event(item)
            case File():
                self._log_file(item)
            case Dataset():
                self._run.log_data_ref(item.name, hash=item.hash, summary=dict(item.summary))

    def describe(self, about: About, meta: dict[str, Json], *, owner: str, project: str) -> None:
        """Say what else is known of the run, with the times that it had.

        Raises:
            OSError: the home can't be written.
        """
        # Not by verbs, of whose own arguments a name may be one.
        self._place.fact("inputs", values=plain_values(about.inputs), reset=False)
        self._place.fact("outputs", values=plain_values(about.outputs), reset=False)
        self._place.fact("meta", values={**plain_values(about.meta), **meta}, reset=False)
        if about.tags:
            self._run.log_tags(about.tags)
        self._run.end()
        if self._place.has_failed:
            raise OSError(EIO, "the home can't be written, so that the run is left out")
        write_history(self.folder, _facts(about, owner, project))

    def tell(self, news: Mapping[str, Json]) -> None:
        """Say what else is known by now of a run that is in the home: values by the kind of fact.

        Raises:
            OSError: the home can't be written.
        """
        for kind, values in news.items():
            self._place.fact(kind, values=values, reset=False)
        self._run.end()
        if self._place.has_failed:
            raise OSError(EIO, "the home can't be written: import it again")

    def end_anew(self, about: About) -> None:
        """Say that such a run went on at its source, and how it ended there.

        Raises:
            OSError: the home can't be written.
        """
        last = max(fact.clock for fact in read_facts(self.folder))
        write_history(self.folder, _told([_resumed(about), *_ending(about)]), after=last)

    def close(self) -> None:
        """Close all files of a run that does not arrive, or of one that has more than before."""
        self._place.close()

    def _log_event(self, event: Event) -> None:
        time = _seconds(event.time)
        if isinstance(event.value, Bins):
            self._run.log_np_histogram(event.name, *event.value, event.step, time)
        elif isinstance(event.value, PrecisionRecall):
            self._run.log_pr_curve(event.name, *event.value, step=event.step, timestamp=time)
        elif isinstance(event.value, Media):
            self._log_media(event, event.value)
        elif event.kind == "html":
            self._run.log_html(event.name, str(event.value), event.step, time)
        else:
            self._run.log_text(event.name, str(event.value), event.step, time)

    def _log_media(self, event: Event, media: Media) -> None:
        """Sounds and films are logged from files alone."""
        path = media.data
        if isinstance(path, bytes):
            path = self.folder.path / f"encoded{media.ending}"
            path.write_bytes(cast(bytes, media.data))
        log: Callable[..., None] = getattr(self._run, f"log_{event.kind}")
        log(path, event.name, step=event.step, timestamp=_seconds(event.time))
        if isinstance(media.data, bytes):
            path.unlink()

    def _log_file(self, file: File) -> None:
        path = Path(self._run.get_outputs_path(file.place))
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(file.path, path)
        self._run.log_artifact(path, file.place)


@contextmanager
def arriving(home: Path, uuid: str, source: str) -> Iterator[Arriving]:
    """A run that is in the home once the block ends, and leaves nothing where that is interrupted.

    Raises:
        InputError: the home got the run meanwhile.
        OSError: the home can't be written.
    """
    with draft_of(home, uuid) as draft:
        run = Arriving(draft)
        try:
            yield run
        except BaseException:
            run.close()
            raise
        target = RunFolder(home / "runs" / uuid)
        target.path.parent.mkdir(parents=True, exist_ok=True)
        try:
            draft.path.rename(target.path)
        except OSError:
            if target.path.exists():
                raise InputError(f"run {uuid} came into the home meanwhile", where=source) from None
            raise
    record = RecordWriter(target)
    record.append("imported", source=source)
    record.close()


def _facts(about: About, owner: str, project: str) -> list[Fact]:
    """When what became true of the run, as its source tells; without the secrets in it."""
    created: dict[str, Json] = {
        "name": about.name,
        "description": about.description,
        "owner": owner,
        "project": project,
        "user": about.user,
        "kind": "job",
        "runtime": "job",
        "managed_by": "user",
        "is_managed": False,
        **dict.fromkeys(_NOT_OURS, False),
    }
    told: list[_Told] = [(about.created_at, "created", created)]
    if about.upstream is not None:
        told.append((about.created_at, "edge", {"upstream": about.upstream, "kind": "run"}))
    return _told([*told, *_ending(about)])


def _ending(about: About) -> list[_Told]:
    """From when on a run ran, and how it ended."""
    began = about.started_at or about.created_at
    ended: dict[str, Json] = {"status": about.status, "reason": "Import", "message": about.message}
    running: dict[str, Json] = {"status": "running", "reason": "Import", "message": ""}
    return [(began, "status", running), (about.finished_at or began, "status", ended)]


def _resumed(about: About) -> _Told:
    """That what was brought in before was not the end."""
    fields: dict[str, Json] = {
        "status": "resuming",
        "reason": "Import",
        "message": "it went on at its source",
    }
    return about.started_at or about.created_at, "status", fields


def _told(told: Sequence[_Told]) -> list[Fact]:
    masker = masker_here()
    return [
        Fact(0, "", place, when, kind, dict(masker.values(plain_values(fields))))
        for place, (when, kind, fields) in enumerate(told)
    ]


def _seconds(moment: float | str) -> float:
    return time() if isinstance(moment, str) else moment
