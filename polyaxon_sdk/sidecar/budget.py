"""What may be sent of files that grow, where a store takes each of them only whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from polyaxon_sdk.sidecar.tree import RunFile
from polyaxon_sdk.storage.manifest import Shipped

__all__ = ["Budget"]


class Budget:
    """Lets through as many bytes of growing files as they hold by now, all together.

    They never get smaller: with what the end sends, each of them whole, that is twice their final size at most.
    Those that grew the most go first.

    Args:
        appends_from: the size from which a file costs only what was added to it; None where none does.
        is_spent: whether somebody else sent of them before, as much as could be for all that is known.
    """

    def __init__(self, appends_from: int | None, *, is_spent: bool) -> None:
        self._appends_from = appends_from
        self._is_spent = is_spent
        self._spent = 0

    def affordable(
        self, due: Iterable[RunFile], shipped: Mapping[str, Shipped], *, total: int
    ) -> list[RunFile]:
        """Those of `due` that may be sent now, and all that don't only grow.

        Args:
            due: files that changed.
            shipped: what the store has, by name.
            total: bytes of all growing files.
        """
        due = list(due)
        if self._is_spent:
            unsent = sum(file.size for file in due if file.kind == "series" and file.name not in shipped)
            self._spent, self._is_spent = total - unsent, False
        found, left = list[RunFile](), total - self._spent
        for file in sorted(due, key=lambda each: _growth(each, shipped), reverse=True):
            cost = self._cost(file, shipped)
            if cost <= left or not cost:
                left -= cost
                found.append(file)
        return found

    def sent(self, size: int) -> None:
        """Take note that so many bytes of a growing file were sent."""
        self._spent += size

    def _cost(self, file: RunFile, shipped: Mapping[str, Shipped]) -> int:
        if file.kind != "series":
            return 0
        before = shipped[file.name].size if file.name in shipped else 0
        is_appended = self._appends_from is not None and before >= self._appends_from
        return file.size - before if is_appended else file.size


def _growth(file: RunFile, shipped: Mapping[str, Shipped]) -> float:
    before = shipped.get(file.name)
    return file.size / max(1, before.size) if before is not None else float("inf")
