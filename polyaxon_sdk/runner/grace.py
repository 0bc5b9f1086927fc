"""How long processes have to end by themselves once they are asked to."""

from __future__ import annotations

from polyaxon_sdk.exceptions import PolyaxonError
from polyaxon_sdk.settings import load

__all__ = ["grace_time"]

_USUAL = 15.0


def grace_time() -> float:
    """Seconds between asking a run's processes to end and killing them: the setting `stop_grace`.

    >>> grace_time()  # doctest: +SKIP
    15.0
    """
    try:
        return load().number("stop_grace")
    except PolyaxonError:  # of the settings: a run is ended all the same
        return _USUAL
