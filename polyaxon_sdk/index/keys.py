"""The numbers that stand for the names of values."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, insert, select

from polyaxon_sdk.index.rows import as_text
from polyaxon_sdk.index.tables import keys
from polyaxon_sdk.runs.names import file_name

__all__ = ["Keys", "key_of"]


def key_of(connection: Connection, family: str, name: str) -> int | None:
    """The number of a name; None where no run has a value of that name.

    A metric is found by the name that it was logged under, `train/loss`, and by that of its file, `train__loss`.
    """
    for each in dict.fromkeys((name, file_name(name) if family == "outputs" and name else name)):
        wanted = select(keys.c.id).where(keys.c.family == family, keys.c.name == as_text(each))
        found: int | None = connection.scalar(wanted)
        if found is not None:
            return found
    return None


class Keys:
    """The numbers of names, found once and given where there is none.

    Only for who writes: in a transaction that no other writer runs beside.
    """

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, str], int] = {}

    def learn(self, connection: Connection, names: Iterable[tuple[str, str]]) -> dict[tuple[str, str], int]:
        """The numbers of these names and families, and of others that are known."""
        if unknown := {name for name in names if name not in self._numbers}:
            self._read(connection)
            if new := sorted(unknown - self._numbers.keys()):
                connection.execute(insert(keys), [{"family": family, "name": name} for family, name in new])
                self._read(connection)
        return self._numbers

    def _read(self, connection: Connection) -> None:
        known = connection.execute(select(keys.c.family, keys.c.name, keys.c.id))
        self._numbers = {(row.family, row.name): row.id for row in known}
