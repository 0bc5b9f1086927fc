"""Whether a run in the home holds what its source does, read back as a program reads it."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from polyaxon_sdk.client.events import EventColumns
from polyaxon_sdk.client.run_client import RunClient
from polyaxon_sdk.importing.tally import SeriesTally, Tally, digest_of
from polyaxon_sdk.secrets.masker import is_masked
from polyaxon_sdk.tracking.hashes import hash_of_path
from polyaxon_sdk.tracking.values import plain

__all__ = ["Parity", "SeriesParity", "compare"]

_AT_ONCE = 64
"""How many series are in memory at once."""


@frozen
class SeriesParity:
    """One series at its source and in the home."""

    kind: str
    name: str
    source: SeriesTally
    kept: SeriesTally

    @property
    def is_same(self) -> bool:
        """Whether every row is there: its step, its time, its value, in its place."""
        return (self.source.count, self.source.check) == (self.kept.count, self.kept.check)


@frozen
class Parity:
    """What was compared.

    Attributes:
        series: each series of the source.
        files: how many of its files are there with the hash that they have at the source.
        values: how many of its inputs and outputs are there.
        masked: the names of those that are secrets, and masked.
        differences: what is not the same, a line each.
    """

    series: list[SeriesParity]
    files: int
    values: int
    masked: list[str]
    differences: list[str]

    @property
    def is_shorter(self) -> bool:
        """Whether the source has less of some series than the home, and more of none."""
        counts = [(each.source.count, each.kept.count) for each in self.series]
        return any(at_source < here for at_source, here in counts) and all(
            at_source <= here for at_source, here in counts
        )

    def kept(self, *, points: bool) -> int:
        """How many points of scalars the home has of these series, or how many other events."""
        return sum(each.kept.count for each in self.series if (each.kind == "metric") is points)


def compare(tally: Tally, uuid: str, *, root: str) -> Parity:
    """Compare what a source holds with the run in the home.

    Args:
        tally: what is there at the source.
        uuid: the run.
        root: the folder of the run that the places of files are in.

    Raises:
        RunNotFoundError: it is not in the home.
        OSError: it can't be read.
    """
    client = RunClient(run_uuid=uuid)
    series = _series(tally, client)
    wrong = [_told(each) for each in series if not each.is_same]
    altered = list(_altered_files(tally, client, root))
    given = {
        f"{kind} {name}": (value, kept.get(name))
        for kind, values, kept in (
            ("input", tally.inputs, client.get_inputs()),
            ("output", tally.outputs, client.get_outputs()),
        )
        for name, value in values.items()
    }
    masked = [name for name, (value, kept) in given.items() if not _same(value, kept) and is_masked(kept)]
    lost = [
        f"{name}: {plain(value)!r} at the source, {kept!r} here"
        for name, (value, kept) in given.items()
        if not _same(value, kept) and name not in masked
    ]
    differences = [*wrong, *altered, *_lost_data(tally, client), *lost]
    files, values = len(tally.files) - len(altered), len(given) - len(lost) - len(masked)
    return Parity(series, files, values, masked, differences)


def _series(tally: Tally, client: RunClient) -> list[SeriesParity]:
    names: dict[str, list[str]] = {}
    for kind, name in sorted(tally.series):
        names.setdefault(kind, []).append(name)
    found = []
    for kind, all_ in names.items():
        for start in range(0, len(all_), _AT_ONCE):
            batch = all_[start : start + _AT_ONCE]
            kept = client.get_events(kind, batch)
            for name in batch:
                source = tally.series[kind, name]
                found.append(
                    SeriesParity(kind, name, source, _tally_of(kept.get(name), kind, source, client))
                )
    return found


def _tally_of(columns: EventColumns | None, kind: str, source: SeriesTally, client: RunClient) -> SeriesTally:
    found = SeriesTally(source.has_files)
    if columns is None:
        return found
    root = client.folder.path
    for step, moment, value in zip(columns["step"], columns["timestamp"], columns[kind], strict=True):
        if source.has_files:
            path = value.get("path") if isinstance(value, dict) else None
            shown: float | str = hash_of_path(str(root / str(path))) or "no file"
        else:
            shown = float(str(value)) if kind == "metric" else digest_of(value)
        found.add(step if isinstance(step, int) else None, str(moment), shown)
    return found


def _told(series: SeriesParity) -> str:
    source, kept = series.source, series.kept
    if source.count != kept.count:
        what = f"{source.count} at the source, {kept.count} here"
    elif repr(source.last) != repr(kept.last):
        what = f"the last is {source.last} at the source, {kept.last} here"
    else:
        what = f"as many and the same last, but not the same {source.count}"
    return f"{series.kind} {series.name}: {what}"


def _altered_files(tally: Tally, client: RunClient, root: str) -> Iterator[str]:
    folder = client.folder
    noted = {each.get("path"): each.get("summary") for each in client.get_artifacts_lineage()}
    for place, digest in tally.files.items():
        path = f"{root}/{place}" if root else place
        kept = hash_of_path(str(folder.inside(path)))
        summary = noted.get(path) if root else None  # in a copied run it is what its tracker told
        told = summary.get("hash", digest) if isinstance(summary, dict) else digest
        if (kept, told) != (digest, digest):
            yield f"file {place}: the hash {digest} at the source, {kept or 'no file'} here, {told} in its lineage"


def _lost_data(tally: Tally, client: RunClient) -> Iterator[str]:
    summaries = {
        each.get("name"): each.get("summary")
        for each in client.get_artifacts_lineage()
        if each.get("kind") == "data"
    }
    for name, digest in tally.data.items():
        summary = summaries.get(name)
        kept = summary.get("hash") if isinstance(summary, dict) else None
        if kept != digest:
            yield f"data {name}: the hash {digest} at the source, {kept or 'none'} here"


def _same(value: object, kept: object) -> bool:
    return repr(plain(value)) == repr(kept)
