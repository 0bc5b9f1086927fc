"""One shipment: what goes together in which order, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from types import MappingProxyType
from typing import NamedTuple

from polyaxon_sdk.sidecar.tree import RunFile
from polyaxon_sdk.storage.transfer import Outcome

__all__ = ["ShipReport", "helping", "in_order", "report_of", "together"]

_VIEWS = ("operation.plx.json", "lineages.plx.json")
_LAST = "run.plx.json"
_HELPING = 1 << 30
"""Bytes after which a step leaves the larger files to the next one, so that small news are never stuck."""
_VIEWS_SHARE = 0.2
"""The part of the time at the end that is kept for the views: a late file must not keep a status back."""


class ShipReport(NamedTuple):
    """What one step did: files and bytes shipped, files that wait, files that failed.

    What waits has its turn later, or is tried again; what failed needs a person. `told` holds lines for that
    person, each once: when a trouble begins, or turns into another; `over` those that were told before and are not so
    any more. `shared` tells of each file that the store copied, since it held the same content already, where from.
    """

    files: int = 0
    bytes: int = 0
    waiting: int = 0
    failed: int = 0
    told: tuple[str, ...] = ()
    over: tuple[str, ...] = ()
    shared: Mapping[str, str] = MappingProxyType({})

    @property
    def is_complete(self) -> bool:
        """Whether the store holds everything that there was to ship."""
        return not self.waiting and not self.failed

    @property
    def is_news(self) -> bool:
        """Whether it says something that belongs into the record."""
        return bool(self.told or self.over or self.shared)


def report_of(outcomes: Sequence[Outcome]) -> ShipReport:
    """What became of the files of one shipment, without what a person is told."""
    copies = [outcome.copy for outcome in outcomes if outcome.copy is not None]
    return ShipReport(
        files=len(copies),
        bytes=sum(copy.size if copy.sent is None else copy.sent for copy in copies),
        waiting=sum(outcome.state in {"changed", "failed", "late"} for outcome in outcomes),
        failed=sum(outcome.state in {"unreadable", "refused"} for outcome in outcomes),
    )


def together(reports: Sequence[ShipReport]) -> ShipReport:
    """All that several attempts did; what waits and what failed is as the last one left it."""
    shared = {name: origin for report in reports for name, origin in report.shared.items()}
    return reports[-1]._replace(
        files=sum(report.files for report in reports),
        bytes=sum(report.bytes for report in reports),
        told=tuple(line for report in reports for line in report.told),
        over=tuple(line for report in reports for line in report.over),
        shared=shared,
    )


def in_order(files: Sequence[RunFile]) -> Iterator[tuple[list[RunFile], float]]:
    """What goes together, and the part of the time that is over when it has to be there.

    A reader that sees a view finds what it tells of: the views come late, and the run's own last. Before them
    the small files go first, so that little is missing where time is short.
    """
    last = [file for file in files if file.name == _LAST]
    views = [file for file in files if file.name in _VIEWS]
    others = _by_size(file for file in files if file.name not in {_LAST, *_VIEWS})
    yield from (
        (group, share) for group, share in ((others, 1 - _VIEWS_SHARE), (views, 1.0), (last, 1.0)) if group
    )


def helping(files: Sequence[RunFile]) -> list[RunFile]:
    """The smallest of `files`, up to a good helping; at least one."""
    ordered = _by_size(files)
    sizes = accumulate(file.size for file in ordered)
    return [file for file, size in zip(ordered, sizes, strict=True) if size <= _HELPING] or ordered[:1]


def _by_size(files: Iterable[RunFile]) -> list[RunFile]:
    return sorted(files, key=lambda file: file.size)
