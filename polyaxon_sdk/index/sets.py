"""The sets of series that runs have."""

from __future__ import annotations

import json
from collections.abc import Set
from hashlib import sha1

from sqlalchemy import Connection, delete, insert, select

from polyaxon_sdk.index.rows import Series
from polyaxon_sdk.index.tables import runs, series, sets

__all__ = ["Sets", "drop_unused"]


class Sets:
    """The numbers of sets, found once and given where there is none; one without series has none.

    Only for who writes: in a transaction that no other writer runs beside.
    """

    def __init__(self) -> None:
        self._numbers: dict[Series, int] = {}

    def learn(self, connection: Connection, found: Set[Series]) -> dict[Series, int]:
        """The numbers of these sets, and of others that are known."""
        if unknown := {_digest(each): each for each in found - self._numbers.keys() if each}:
            known = _known(connection, unknown)
            if new := [digest for digest in unknown if digest not in known]:
                connection.execute(insert(sets), [{"digest": digest} for digest in new])
                known = _known(connection, unknown)
                connection.execute(
                    insert(series),
                    [
                        {"set": known[digest], "name": name, "kind": kind, "path": path}
                        for digest in new
                        for name, kind, path in unknown[digest]
                    ],
                )
            self._numbers.update({unknown[digest]: number for digest, number in known.items()})
        return self._numbers


def drop_unused(connection: Connection) -> None:
    """Take out the sets that no run has any more."""
    used = select(runs.c.series).where(runs.c.series.is_not(None))
    connection.execute(delete(series).where(series.c.set.not_in(used)))
    connection.execute(delete(sets).where(sets.c.id.not_in(used)))


def _known(connection: Connection, digests: dict[str, Series]) -> dict[str, int]:
    wanted = select(sets.c.digest, sets.c.id).where(sets.c.digest.in_(digests))
    return {row.digest: row.id for row in connection.execute(wanted)}


def _digest(members: Series) -> str:
    return sha1(json.dumps(members).encode("ascii"), usedforsecurity=False).hexdigest()
