"""Aim's runs, read by Aim's own SDK: its files are a database that nothing else reads."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from polyaxon_sdk.client.extras import load_extra
from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.importing.aim_sequences import Row, items_of, name_of
from polyaxon_sdk.importing.item import Item
from polyaxon_sdk.importing.left_out import LeftOut
from polyaxon_sdk.importing.source_run import About, SourceRun
from polyaxon_sdk.tracking.parts import uuid_shared

__all__ = ["AimRepo"]

_INSTALL = "polyaxon-sdk[aim]"
_FOLDER = ".aim"
_STARTED = "__system_params"


class AimRepo:
    """The folder that holds `.aim`, or that one itself."""

    def __init__(self, place: str) -> None:
        path = Path(place)
        root = path.parent if path.name == _FOLDER else path
        self._aim = load_extra("aim", _INSTALL)
        if not (root / _FOLDER / "meta").is_dir():
            raise InputError("no run of Aim lies there", where=place, expected=f"a folder with {_FOLDER}")
        self._repo = self._aim.Repo(str(root))

    @contextmanager
    def runs(self, left_out: LeftOut) -> Iterator[Iterator[SourceRun]]:
        """Every run, the archived ones too."""
        del left_out
        hashes = sorted(self._repo.list_all_runs())
        if not hashes:
            raise InputError("no run of Aim lies there", where=str(self._repo.path))
        yield (AimRun(self._repo, self._aim.Run(each, repo=self._repo, read_only=True)) for each in hashes)


class AimRun:
    """One run of Aim's."""

    folder = None

    def __init__(self, repo: Any, run: Any) -> None:
        # What Aim has not put into its index yet, it finds in the run's own part of the database alone.
        run.meta_tree = repo.request_tree("meta", run.hash, read_only=True).subtree("meta")
        run.meta_run_tree = run.meta_tree.subtree("chunks").subtree(run.hash)
        self._run = run
        self._last = 0.0
        self.label = run.name or run.hash
        self.uuid = uuid_shared("aim", run.hash)

    def items(self, left_out: LeftOut) -> Iterator[Item]:
        """Every sequence in each of its contexts."""
        sequences = load_extra("aim.sdk.sequence", _INSTALL).Sequence.registry.values()
        context = load_extra("aim.storage.context", _INSTALL).Context
        contexts = self._collected("contexts")
        for number, names in self._collected("traces").items():
            where = context(contexts.get(number, {}))
            for name, known in names.items():
                dtype = known.get("dtype", "float")
                kind = next((each for each in sequences if dtype in _types_of(each)), None)
                rows = [] if kind is None else _rows(kind(name, where, self._run))
                if kind is None:
                    left_out.add(f"sequence of {dtype}", "Aim's SDK does not know it here")
                self._last = max(self._last, *(row.time for row in rows), 0.0)
                yield from items_of(dtype, name_of(name, where.to_dict()), rows, left_out)
        if artifacts := self._run.artifacts:
            left_out.add("artifact", "it lies where Aim put it: fetch it from there", len(artifacts))

    def about(self) -> About:
        """Params, name, tags and times; Aim keeps no status, but a run that did not end was cut off."""
        run = self._run
        attributes = self._collected("attrs")
        system = attributes.pop(_STARTED, None)
        ended = run.end_time
        return About(
            name=run.name,
            project=run.experiment or None,
            description=run.description or None,
            tags=list(run.tags),
            status="succeeded" if ended else "failed",
            message="Aim keeps no status" if ended else "Aim tells no end: it was cut off, or goes on",
            created_at=run.creation_time,
            started_at=run.creation_time,
            finished_at=ended or self._last or run.creation_time,
            inputs=_inputs_of(attributes),
            meta={} if system is None else {"aim_system": system},
        )

    def _collected(self, name: str) -> dict[Any, Any]:
        try:
            found = self._run.meta_run_tree.collect(name)
        except KeyError:
            return {}
        return found if isinstance(found, dict) else {}


def _inputs_of(attributes: dict[str, object]) -> dict[str, object]:
    """Params by name: those of `hparams`, where Aim's examples keep them, and what stands beside it."""
    params = attributes.get("hparams")
    if not isinstance(params, dict) or params.keys() & attributes.keys():
        return attributes
    return params | {name: value for name, value in attributes.items() if name != "hparams"}


def _types_of(sequence: Any) -> tuple[str, ...]:
    types = sequence.allowed_dtypes()
    return (types,) if isinstance(types, str) else tuple(types)


def _rows(sequence: Any) -> list[Row]:
    return [Row(int(step), float(time), value, epoch) for step, (value, epoch, time) in sequence.data.items()]
