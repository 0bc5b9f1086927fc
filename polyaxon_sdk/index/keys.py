"""The numbers that stand for the names of values."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, bindparam, insert, or_, select

from polyaxon_sdk.index.rows import as_text
from polyaxon_sdk.index.tables import keys
from polyaxon_sdk.runs.names import file_name

__all__ = ["Keys", "keys_of"]

_BY_NAME = select(keys.c.id).where(keys.c.family == bindparam("of"), keys.c.name == bindparam("text"))
_BY_EITHER = select(keys.c.id, keys.c.name).where(
    keys.c.family == bindparam("of"),
    or_(keys.c.name == bindparam("text"), keys.c.name == bindparam("stem"), keys.c.file == bindparam("text")),
)


def keys_of(connection: Connection, family: str, name: str) -> tuple[int, ...]:
    """The numbers of a name, its own first; none where no run has a value of that name.

    A metric is found by the name that it was logged under, `train/loss`, and by that of its file, `train__loss`:
    whichever of the two is asked for, and whichever a run has.
    """
    text = as_text(name)
    if family != "outputs" or not name:
        return tuple(connection.scalars(_BY_NAME, {"of": family, "text": text}))
    found = connection.execute(_BY_EITHER, {"of": family, "text": text, "stem": file_name(name)}).all()
    return tuple(row.id for row in sorted(found, key=lambda row: (row.name != text, row.id)))


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
                connection.execute(insert(keys), [_row(*name) for name in new])
                self._read(connection)
        return self._numbers

    def _read(self, connection: Connection) -> None:
        known = connection.execute(select(keys.c.family, keys.c.name, keys.c.id))
        self._numbers = {(row.family, row.name): row.id for row in known}


def _row(family: str, name: str) -> dict[str, str]:
    return {"family": family, "name": name, "file": file_name(name) if family == "outputs" and name else name}
