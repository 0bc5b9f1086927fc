"""What becomes of the runs of a schedule that were due while no agent looked."""

from __future__ import annotations

from typing import cast, get_args

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.runner.schedules.deciding import Missed
from polyaxon_sdk.settings import Settings

__all__ = ["missed_of"]


def missed_of(settings: Settings) -> Missed:
    """The setting `missed_ticks`.

    Raises:
        InputError: it is none of the words that it may be.

    >>> from polyaxon_sdk.settings import load
    >>> missed_of(load({"POLYAXON_MISSED_TICKS": "all"}))
    'all'
    """
    found = settings.texts["missed_ticks"]
    if found not in get_args(Missed):
        raise InputError(
            f"invalid {found!r}",
            where=settings.sources["missed_ticks"],
            path="missed_ticks",
            expected=f"one of {', '.join(get_args(Missed))}",
        )
    return cast("Missed", found)
