"""The runs that wandb leaves on disk: `run-*.wandb` files and the folders that they lie in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from polyaxon_sdk.client.extras import load_extra
from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.importing.item import File, Item, Point
from polyaxon_sdk.importing.left_out import LeftOut
from polyaxon_sdk.importing.source_run import About, SourceRun
from polyaxon_sdk.importing.wandb_history import History, flat
from polyaxon_sdk.importing.wandb_log import read_records
from polyaxon_sdk.importing.wandb_values import Values, decoded
from polyaxon_sdk.tracking.parts import uuid_shared

__all__ = ["WandbFolder"]

_INSTALL = "polyaxon-sdk[wandb]"
_PATTERN = "run-*.wandb"
_NO_PLACE = "there is no such kind of event"
_LEFT_OUT = {
    "metric": ("definition of a metric", "a series has no settings of its own"),
    "alert": ("alert", _NO_PLACE),
    "use_artifact": ("use of an artifact", "it lies on wandb's server"),
    "preempting": ("mark of a pre-emption", _NO_PLACE),
}


class WandbFolder:
    """A `.wandb` file, or a folder in which, at any depth, such files lie."""

    def __init__(self, place: str) -> None:
        self._records = load_extra("wandb.proto.wandb_internal_pb2", _INSTALL)
        self._root = Path(place)

    @contextmanager
    def runs(self, left_out: LeftOut) -> Iterator[Iterator[SourceRun]]:
        """Each file's run; `latest-run`, which is a link, counts once."""
        del left_out
        files = [self._root] if self._root.is_file() else self._root.rglob(_PATTERN)
        found = sorted({path.resolve() for path in files})
        if not found:
            raise InputError("no run of wandb lies there", where=str(self._root), expected=_PATTERN)
        yield (WandbRun(path, self._records.Record) for path in found)


class WandbRun:
    """The run that one file holds: what an online run sent to the server is in it too."""

    folder = None

    def __init__(self, path: Path, record: Any) -> None:
        self._path = path
        self._record = record
        self._config, self._summary = Values(), Values()
        self._run: Any = None
        self._ended: Any = None
        self._user: str | None = None
        self._last_time = 0.0
        self._last: dict[str, object] = {}
        self._stats = 0
        first = None
        with suppress(InputError, OSError):  # told where its items are read
            first = next((each for each in self._read(LeftOut()) if each.HasField("run")), None)
        run_id = path.stem.removeprefix("run-") if first is None else first.run.run_id
        began = 0.0 if first is None else _seconds(first.run.start_time)
        self.label = (first and first.run.display_name) or run_id
        self.uuid = uuid_shared("wandb", run_id, began)

    def items(self, left_out: LeftOut) -> Iterator[Item]:
        """History, samples of the machine, and the files beside the `.wandb` file."""
        history = History(self._path.parent / "files", left_out)
        for record in self._read(left_out):
            kind = record.WhichOneof("record_type")
            if kind == "history":
                for item in history.items(record.history, self._began):
                    self._last_time = max(self._last_time, float(item.time))
                    if isinstance(item, Point):
                        self._last[item.name] = item.value
                    yield item
            elif kind == "stats":
                yield from self._sampled(record.stats)
            elif kind == "artifact":
                yield from _artifact(record.artifact, left_out)
            elif kind in _LEFT_OUT:
                left_out.add(*_LEFT_OUT[kind])
            else:
                self._take_note(kind, record)
        yield from self._files(history.carried, left_out)

    def about(self) -> About:
        """Config, summary, exit code and times; a file without an exit record is of a run that was cut off."""
        run, ended = self._run, self._ended
        if run is None:
            raise InputError("the run's own record is missing", where=str(self._path))
        code = None if ended is None else ended.exit_code
        finished = max(self._last_time, self._began + (0 if ended is None else ended.runtime))
        message = {None: "it was cut off: wandb's file tells no exit", 0: ""}.get(code, f"exit code {code}")
        outputs = {
            name: value for name, value in flat(self._summary.shown).items() if self._last.get(name) != value
        }
        return About(
            name=run.display_name or run.run_id,
            project=run.project or None,
            description=run.notes or None,
            user=self._user or None,
            tags=list(run.tags),
            status="succeeded" if code == 0 else "failed",
            message=message,
            created_at=self._began,
            started_at=self._began,
            finished_at=finished,
            inputs=self._config.shown,
            outputs=outputs,
            meta={"wandb": _meta_of(run)},
        )

    @property
    def _began(self) -> float:
        return 0.0 if self._run is None else _seconds(self._run.start_time)

    def _read(self, left_out: LeftOut) -> Iterator[Any]:
        for data in read_records(self._path, left_out):
            yield self._record.FromString(data)

    def _take_note(self, kind: str | None, record: Any) -> None:
        if kind == "run":
            self._run = record.run
            self._config.take(record.run.config)
            self._summary.take(record.run.summary)
        elif kind == "config":
            self._config.take(record.config)
        elif kind == "summary":
            self._summary.take(record.summary)
        elif kind == "exit":
            self._ended = record.exit
        elif kind == "environment":
            self._user = record.environment.username or self._user

    def _sampled(self, stats: Any) -> Iterator[Point]:
        time = _seconds(stats.timestamp)
        for item in stats.item:
            value = decoded(item.value_json)
            if isinstance(value, int | float):
                yield Point(f"system/{item.key}", None, time, float(value))

    def _files(self, carried: set[Path], left_out: LeftOut) -> Iterator[File]:
        root = self._path.parent / "files"
        for path in sorted(root.rglob("*")):
            if path.is_symlink() and not path.exists():
                left_out.add("saved file", "it is gone: wandb keeps a link to it alone")
            elif path.is_file() and path not in carried:
                yield File(path, path.relative_to(root).as_posix())
        logs = self._path.parent / "logs"
        if logs.is_dir():
            left_out.add("log of wandb itself", "it tells nothing of the run", len(list(logs.iterdir())))


def _artifact(artifact: Any, left_out: LeftOut) -> Iterator[File]:
    """The files of an artifact that the run logged, where they still are on this machine."""
    if artifact.type == "run_table":
        return  # a copy of a table that is among the files
    for entry in artifact.manifest.contents:
        local = Path(entry.local_path)
        if entry.local_path and local.is_file():
            yield File(local, f"artifacts/{artifact.name}/{entry.path}")
        else:
            left_out.add(f"file of the artifact {artifact.name}", "it is not on this machine")


def _meta_of(run: Any) -> dict[str, object]:
    known = {
        "id": run.run_id,
        "entity": run.entity,
        "group": run.run_group,
        "job_type": run.job_type,
        "host": run.host,
        "sweep": run.sweep_id,
        "git": run.git.commit,
        "remote": run.git.remote_url,
    }
    return {name: value for name, value in known.items() if value}


def _seconds(stamp: Any) -> float:
    return float(stamp.seconds) + float(stamp.nanos) / 1e9
