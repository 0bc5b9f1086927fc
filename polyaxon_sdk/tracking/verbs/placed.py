"""What every group of verbs stands on: the place that a run's things go to."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

if TYPE_CHECKING:
    from polyaxon_sdk.tracking.interface import Place

__all__ = ["Placed"]

P = ParamSpec("P")
T = TypeVar("T")


class Placed:
    """Verbs that hand to a module which does the work."""

    _place: Place

    def _log(
        self, what: str, work: Callable[Concatenate[Place, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T | None:
        """Do `work` and give what it gives; what can't be taken is told once, and training goes on."""
        if not self._place.writes:
            self._place.trouble(what)
            return None
        try:
            return work(self._place, *args, **kwargs)
        except OSError as error:
            self._place.trouble(f"{what} is left out: {error.strerror or error}")
        except (
            Exception
        ) as error:  # a person's own data, and the library that it is of, raise whatever they like
            self._place.trouble(f"{what} is left out: {_line(error)}")
        return None


def _line(error: Exception) -> str:
    if isinstance(error, UnicodeError):
        return "a text of it has half a letter (a lone surrogate), which no file holds"
    text = " ".join(str(error).split())
    return text if len(text) <= 200 else f"{text[:197]}..."
