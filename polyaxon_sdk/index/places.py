"""Where the index keeps what a query names, and how to say there that a value is as asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol, TypeAlias

from attrs import field, frozen
from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
    Text,
    and_,
    case,
    exists,
    false,
    literal_column,
    null,
    or_,
    select,
    true,
)
from sqlalchemy.sql.elements import Null

from polyaxon_sdk.index.record import TEXT_FIELDS, TIME_FIELDS
from polyaxon_sdk.index.rows import FIELD, KEYED, LISTED
from polyaxon_sdk.index.tables import artifacts, edges, entries, runs, series
from polyaxon_sdk.query import Found

__all__ = [
    "OWNED_PROJECT",
    "Cell",
    "Column",
    "Columns",
    "Entries",
    "Expression",
    "KeysOf",
    "Place",
    "place_of",
]

Expression: TypeAlias = ColumnElement[Any]

KeysOf: TypeAlias = Callable[[str, str], tuple[int, ...]]
"""The numbers of a family and name in the table of keys, one for each spelling; none where no run has such a value."""


@frozen
class Cell:
    """One value in SQL.

    Args:
        number: it as a number; null where it is none.
        text: it as a text; null where it is a number, or another one.
        type: what it is (see `rows.Entry`); None where it can only be a number, or a text.
        small: the text in small letters, where that is kept.
    """

    number: Expression = field(factory=null)
    text: Expression = field(factory=null)
    type: Expression | None = None
    small: Expression | None = None

    @property
    def parts(self) -> list[Expression]:
        """Those of number and text that may be something."""
        return [part for part in (self.number, self.text) if not isinstance(part, Null)]

    @property
    def held(self) -> ColumnElement[bool]:
        """That there is a value."""
        return (self.parts[0] if self.type is None else self.type).is_not(None)


Test: TypeAlias = Callable[[Cell], ColumnElement[bool]]


class Place(Protocol):
    """Where a field has its values; what is said of them is true or false, never null."""

    def any(self, test: Test) -> ColumnElement[bool]:
        """That a run has a value there which passes a test."""

    def held(self) -> ColumnElement[bool]:
        """That a run has a value there."""


@frozen
class Column:
    """A column of the runs, with one value."""

    cell: Cell

    def any(self, test: Test) -> ColumnElement[bool]:
        """That the value is there and passes a test."""
        return and_(self.held(), test(self.cell))

    def held(self) -> ColumnElement[bool]:
        """That the value is there."""
        return self.cell.held


@frozen
class Columns:
    """Columns of the runs that each say the same in another way."""

    cells: tuple[Cell, ...]

    def any(self, test: Test) -> ColumnElement[bool]:
        """That one of them passes a test."""
        return or_(*(Column(cell).any(test) for cell in self.cells))

    def held(self) -> ColumnElement[bool]:
        """That one of them is there."""
        return or_(*(cell.held for cell in self.cells))


@frozen
class Entries:
    """The entries of some keys, any number of them; of none where no run has such a value."""

    keys: tuple[int, ...]

    def of(self, table: FromClause) -> ColumnElement[bool]:
        """That a row of the entries, or of an alias of theirs, is one of them."""
        return _is_one(table.c.key, self.keys)

    def any(self, test: Test) -> ColumnElement[bool]:
        """That one of them passes a test."""
        if not self.keys:
            return false()
        cell = Cell(entries.c.number, entries.c.text, entries.c.type)
        return runs.c.id.in_(select(entries.c.run).where(self.of(entries), test(cell)))

    def held(self) -> ColumnElement[bool]:
        """That there is one."""
        return runs.c.id.in_(select(entries.c.run).where(self.of(entries)))

    def beside(self, run: Expression) -> Place:
        """The same place, of the one run that another row is of."""
        return _Beside(self.keys, run)


_BESIDE = entries.alias("beside")


@frozen
class _Beside:
    """The entries of some keys of one run: looked up there, however many other runs have such ones."""

    keys: tuple[int, ...]
    run: Expression

    def any(self, test: Test) -> ColumnElement[bool]:
        of_run = and_(_BESIDE.c.run == self.run, _is_one(_BESIDE.c.key, self.keys))
        return exists().where(of_run, test(Cell(_BESIDE.c.number, _BESIDE.c.text, _BESIDE.c.type)))

    def held(self) -> ColumnElement[bool]:
        return self.any(lambda _: true())


def _is_one(key: ColumnElement[int], keys: tuple[int, ...]) -> ColumnElement[bool]:
    return key == keys[0] if len(keys) == 1 else key.in_(keys)


@frozen
class _Elsewhere:
    """Rows of another table, or of other runs.

    Args:
        link: the column of the runs that leads there.
        rows: the values of that column for which there are rows.
        cell: the value in a row.
    """

    link: Expression
    rows: Select[Any]
    cell: Cell

    def any(self, test: Test) -> ColumnElement[bool]:
        there = and_(self.cell.held, test(self.cell))
        return and_(self.link.is_not(None), self.link.in_(self.rows.where(there)))

    def held(self) -> ColumnElement[bool]:
        return self.any(lambda cell: cell.held)


@frozen
class _Either:
    """Several places that hold values of one field."""

    places: tuple[Place, ...]

    def any(self, test: Test) -> ColumnElement[bool]:
        return or_(*(place.any(test) for place in self.places))

    def held(self) -> ColumnElement[bool]:
        return or_(*(place.held() for place in self.places))


@frozen
class _Nowhere:
    """A field that nothing is known of."""

    def any(self, test: Test) -> ColumnElement[bool]:
        del test
        return false()

    def held(self) -> ColumnElement[bool]:
        return false()


def place_of(found: Found, keys_of: KeysOf, me: str | None) -> Place:
    """The place of a field.

    Args:
        found: the field, and which of its values or parts.
        keys_of: looks keys up.
        me: the user who asks, for `mine`.
    """
    name, key = found.field.name, found.key
    if name in KEYED:
        return Entries(keys_of(name, key or ""))
    if name in LISTED and key in {None, "name"}:
        return Entries(keys_of(name, FIELD))
    if name == "mine":
        is_mine = false() if me is None else runs.c.user == me
        return Column(Cell(text=case((is_mine, _said("true")), else_=_said("false"))))
    if name == "live_state":
        return Column(Cell(text=_said("live")))
    if name in TIME_FIELDS:
        return Column(Cell(number=runs.c[name]))
    if name in TEXT_FIELDS:
        return Column(Cell(text=runs.c[name], small=runs.c.get(f"small_{name}")))
    return _PARTS.get((name, key), _Nowhere)()


def _said(word: str) -> Expression:
    """A word of our own in a statement: a server can't tell the type of a bound one where nothing else does."""
    return literal_column(f"'{word}'", Text)


_other = runs.alias("other")


_pipelines = select(edges.c.run).where(edges.c.kind == _said("pipeline"))
"""The runs that a dag or a search made, with it as their upstream."""


def _artifact(name: str) -> Callable[[], Place]:
    return lambda: _Elsewhere(runs.c.id, select(artifacts.c.run), Cell(text=artifacts.c[name]))


def _series(name: str) -> Place:
    return _Elsewhere(runs.c.series, select(series.c.set), Cell(text=series.c[name]))


def _artifact_or_series(name: str) -> Callable[[], Place]:
    return lambda: _Either((_artifact(name)(), _series(name)))


OWNED_PROJECT = Columns((Cell(text=runs.c.project), Cell(text=runs.c.owner + _said("/") + runs.c.project)))
"""The project of a run where a query says whose it is: no index of the database leads there."""

_PARTS: dict[tuple[str, str | None], Callable[[], Place]] = {
    ("project", "name"): lambda: Column(Cell(text=runs.c.project)),
    ("user", "username"): lambda: Column(Cell(text=runs.c.user)),
    ("contributors", "username"): lambda: Column(Cell(text=runs.c.user)),
    ("original", "uuid"): lambda: Column(Cell(text=runs.c.original)),
    ("original", "name"): lambda: _Elsewhere(
        runs.c.original, select(_other.c.uuid), Cell(text=_other.c.name)
    ),
    ("upstream", "uuid"): lambda: _Elsewhere(runs.c.id, select(edges.c.run), Cell(text=edges.c.upstream)),
    ("pipeline", "uuid"): lambda: _Elsewhere(runs.c.id, _pipelines, Cell(text=edges.c.upstream)),
    ("pipeline", "name"): lambda: _Elsewhere(
        runs.c.id,
        _pipelines.join(_other, _other.c.uuid == edges.c.upstream),
        Cell(text=_other.c.name),
    ),
    ("upstream", "name"): lambda: _Elsewhere(
        runs.c.id,
        select(edges.c.run).join(_other, _other.c.uuid == edges.c.upstream),
        Cell(text=_other.c.name),
    ),
    ("downstream", "uuid"): lambda: _Elsewhere(
        runs.c.uuid,
        select(edges.c.upstream).join(_other, _other.c.id == edges.c.run),
        Cell(text=_other.c.uuid),
    ),
    ("downstream", "name"): lambda: _Elsewhere(
        runs.c.uuid,
        select(edges.c.upstream).join(_other, _other.c.id == edges.c.run),
        Cell(text=_other.c.name),
    ),
    ("artifacts", "state"): _artifact("state"),
    **{("artifacts", part): _artifact_or_series(part) for part in ("name", "kind", "path")},
}
