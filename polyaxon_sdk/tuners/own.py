"""A person's own way to search: a function of the history and the space."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from random import Random

from attrs import field, frozen

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyflow import HyperParam
from polyaxon_sdk.tuners.draws import draw_each

__all__ = ["SearchSpace", "Suggest", "Tried", "suggestions_of"]


@frozen(kw_only=True)
class Tried:
    """A run of a search that has ended.

    Args:
        uuid: of the run.
        status: how it ended: `succeeded`, `failed`, `stopped`.
        values: those that it was given.
        outputs: what it logged and returned.
        result: the metric of the search; None where it names none, or where the run failed or diverged.
    """

    uuid: str
    status: str
    values: Mapping[str, object]
    outputs: Mapping[str, object] = field(factory=dict)
    result: float | None = None


class SearchSpace(Mapping[str, HyperParam]):
    """The params of a search, by their names.

    Args:
        params: each one's values or distribution.
        source: what draws are made from.

    >>> from polyaxon_sdk.polyflow import V1HpChoice
    >>> SearchSpace({"rate": V1HpChoice(value=[0.1])}, Random(0)).draw()
    {'rate': 0.1}
    """

    def __init__(self, params: Mapping[str, HyperParam], source: Random) -> None:
        self._params = params
        self._source = source

    def __getitem__(self, name: str) -> HyperParam:
        return self._params[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._params)

    def __len__(self) -> int:
        return len(self._params)

    def draw(self) -> dict[str, object]:
        """Random values, each as likely as its distribution says."""
        return draw_each(self._params, self._source)


Suggest = Callable[[Sequence[Tried], SearchSpace], object]
"""A function that says what is tried next: the values of one run, a list of them, or nothing once it is over."""


def suggestions_of(suggest: Suggest, history: Sequence[Tried], space: SearchSpace) -> list[dict[str, object]]:
    """What a person's function suggests, as a list of plain values; numbers of numpy are Python's.

    Raises:
        InputError: it gives something else.
        BaseException: whatever the function raises.

    >>> suggestions_of(lambda history, space: {"rate": 0.1}, [], SearchSpace({}, Random(0)))
    [{'rate': 0.1}]
    """
    found = suggest(history, space)
    each = [found] if isinstance(found, Mapping) else [] if found is None else found
    if (
        isinstance(each, str)
        or not isinstance(each, Sequence)
        or not all(isinstance(one, Mapping) for one in each)
    ):
        name = getattr(suggest, "__name__", "the tuner")
        raise InputError(
            f"{name} gives {found!r:.80}", expected="a mapping of values, a list of them, or None"
        )
    return [{str(name): _plain(value) for name, value in one.items()} for one in each]


def _plain(value: object) -> object:
    item = getattr(value, "item", None)
    return item() if callable(item) and not isinstance(value, Mapping) else value
