"""The outputs of a run: found by the name that they were logged under, and by that of a series' file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from polyaxon_sdk.runs.names import file_name

__all__ = ["Outputs", "spelled"]


class Outputs(dict[str, object]):
    """Values by name; a metric that was logged as `train/acc` is found as `train__acc` too, and the other way round.

    Public Polyaxon's tools and templates name metrics by their files.

    >>> Outputs({"train/acc": 0.5})["train__acc"]
    0.5
    """

    def __missing__(self, name: str) -> object:
        known = spelled(name, self)
        if known is None:
            raise KeyError(name)
        return self[known]

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and spelled(name, self) is not None

    def get(self, name: str, default: Any = None) -> Any:  # as the dict's own
        """The value of a name in either spelling."""
        known = spelled(name, self)
        return default if known is None else self[known]


def spelled(name: str, values: Mapping[str, object]) -> str | None:
    """The name as `values` spells it; None where no value is meant."""
    names = values.keys()
    if name in names:
        return name
    of_file = file_name(name) if name else name
    if of_file in names:
        return of_file
    return next((each for each in names if each and file_name(each) == name), None)
