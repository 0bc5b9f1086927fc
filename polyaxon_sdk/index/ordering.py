"""The order of runs in SQL: the same as `query.in_order`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, or_

from polyaxon_sdk.index.filtering import Asking
from polyaxon_sdk.index.places import Cell, Column, Entries, place_of
from polyaxon_sdk.index.tables import entries, runs
from polyaxon_sdk.query import SortKey

__all__ = ["ordered"]


def ordered(wanted: Select[Any], keys: Iterable[SortKey], asking: Asking) -> Select[Any]:
    """A selection of runs in the order of some keys; what holds nothing comes last, whichever way a key runs.

    Runs of equal value come newest first, in one order always, so that pages neither repeat nor miss one.
    """
    order: list[ColumnElement[Any]] = []
    for key in keys:
        wanted, cell = _joined(wanted, key, asking)
        order += _by(cell, descending=key.descending) if cell is not None else []
    return wanted.order_by(*order, runs.c.created_at.desc(), runs.c.uuid)


def _joined(wanted: Select[Any], key: SortKey, asking: Asking) -> tuple[Select[Any], Cell | None]:
    """The selection with the key's value in its rows, and that value; none for what no run holds."""
    place = place_of(key.found, asking.key_of, asking.me)
    if isinstance(place, Column):
        return wanted, place.cell
    if not isinstance(place, Entries) or place.key is None:
        return wanted, None
    held = entries.alias()
    first = and_(held.c.run == runs.c.id, held.c.key == place.key, held.c.position == 0)
    return wanted.outerjoin(held, first), Cell(held.c.number, held.c.text, held.c.type)


def _by(cell: Cell, *, descending: bool) -> list[ColumnElement[Any]]:
    if cell.type is None:
        return [(part.desc() if descending else part.asc()).nulls_last() for part in cell.parts]
    holds_nothing = case((or_(cell.type.is_(None), cell.type == "x"), 1), else_=0)
    is_text = case((cell.number.is_(None), 1), else_=0)
    written = case((and_(cell.number.is_(None), cell.type != "x"), cell.text))
    ranks = [is_text, cell.number, written]
    return [holds_nothing.asc(), *(rank.desc() if descending else rank.asc() for rank in ranks)]
