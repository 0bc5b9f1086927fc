"""The order of runs in SQL: the same as `query.in_order`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, and_, case, or_, select

from polyaxon_sdk.index.filtering import Asking
from polyaxon_sdk.index.places import Cell, Column, Entries, place_of
from polyaxon_sdk.index.tables import entries, runs
from polyaxon_sdk.query import SortKey

__all__ = ["NEWEST", "Leading", "first_by_number", "ordered"]

NEWEST = (runs.c.created_at.desc(), runs.c.uuid)
"""The order of runs of equal value."""

_LOOKED_AT = 5_000
"""Entries of an index that are read in the hope that a page of runs is among them: some milliseconds."""


_LEADING = entries.alias("leading")


class Leading(NamedTuple):
    """Entries that lead to runs in their order.

    Attributes:
        run: the run of each.
        here: which entries they are.
        order: their order.
    """

    run: ColumnElement[int]
    here: ColumnElement[bool]
    order: ColumnElement[Any]


def ordered(wanted: Select[Any], keys: Iterable[SortKey], asking: Asking) -> Select[Any]:
    """A selection of runs in the order of some keys; what holds nothing comes last, whichever way a key runs.

    Runs of equal value come newest first, in one order always, so that pages neither repeat nor miss one.
    """
    order: list[ColumnElement[Any]] = []
    for key in keys:
        wanted, cell = _joined(wanted, key, asking)
        if cell is not None:
            order += _by(cell, descending=key.descending)
    return wanted.order_by(*order, *NEWEST)


def first_by_number(connection: Connection, keys: Sequence[SortKey], asking: Asking) -> Leading | None:
    """The best runs by one number that many runs hold; None where nothing leads to them.

    Reading the first ones off an index takes a fraction of what putting all of them in order does. Where few of them
    are wanted they are read in vain, so that it is given up at a number that is shared by none of what follows.
    """
    if len(keys) != 1:
        return None
    [key] = keys
    place = place_of(key.found, asking.keys_of, asking.me)
    if not isinstance(place, Entries) or len(place.keys) != 1 or not _are_numbers(place, asking):
        return None
    number = _LEADING.c.number
    order = number.desc() if key.descending else number.asc()
    here = and_(place.of(_LEADING), number.is_not(None), _LEADING.c.position == 0)
    last = connection.scalar(select(number).where(here).order_by(order).offset(_LOOKED_AT).limit(1))
    if last is not None:
        here = and_(here, number > last if key.descending else number < last)
    return Leading(_LEADING.c.run, here, order)


def _joined(wanted: Select[Any], key: SortKey, asking: Asking) -> tuple[Select[Any], Cell | None]:
    """The selection with the key's value in its rows, and that value; none for what no run holds."""
    place = place_of(key.found, asking.keys_of, asking.me)
    if isinstance(place, Column):
        return wanted, place.cell
    if not isinstance(place, Entries) or not place.keys:
        return wanted, None
    cells = []
    for number in place.keys:
        held = entries.alias()
        first = and_(held.c.run == runs.c.id, held.c.key == number, held.c.position == 0)
        wanted = wanted.outerjoin(held, first)
        cells.append(Cell(held.c.number, held.c.text, held.c.type))
    cell = cells[0] if len(cells) == 1 else _first_held(cells)
    # Numbers alone, as of metrics, are put in order in half the time; NaN has none.
    return wanted, Cell(cell.number) if _are_numbers(place, asking) else cell


def _first_held(cells: Sequence[Cell]) -> Cell:
    """The first of several cells that holds something: a value in one spelling of its name or another."""
    whens = [(cell.held, cell) for cell in cells]
    return Cell(
        case(*((held, cell.number) for held, cell in whens)),
        case(*((held, cell.text) for held, cell in whens)),
        case(*((held, cell.type) for held, cell in whens)),
    )


def _are_numbers(place: Entries, asking: Asking) -> bool:
    texts = select(entries.c.run).where(place.of(entries), entries.c.text.is_not(None))
    return not asking.has_any(texts.where(entries.c.type != "x"))


def _by(cell: Cell, *, descending: bool) -> list[ColumnElement[Any]]:
    if cell.type is None:
        return [(part.desc() if descending else part.asc()).nulls_last() for part in cell.parts]
    holds_nothing = case((or_(cell.type.is_(None), cell.type == "x"), 1), else_=0)
    is_text = case((cell.number.is_(None), 1), else_=0)
    written = case((and_(cell.number.is_(None), cell.type != "x"), cell.text))
    ranks = [is_text, cell.number, written]
    return [holds_nothing.asc(), *(rank.desc() if descending else rank.asc() for rank in ranks)]
