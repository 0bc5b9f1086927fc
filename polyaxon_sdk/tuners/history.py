"""The space of a search, and what was tried in it."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from itertools import product
from random import Random

from polyaxon_sdk.polyflow import HyperParam
from polyaxon_sdk.tuners.draws import PATIENCE, draw_each
from polyaxon_sdk.tuners.lines import Line, Listed, lines_of
from polyaxon_sdk.tuners.spaces import size_of
from polyaxon_sdk.tuners.trials import Trial, key_of

__all__ = ["History", "Values", "places_of"]

Values = dict[str, object]

_TRIES = 20
"""How often a proposal may be known already before values are drawn instead."""


class History:
    """Trials of some params, each at its place: a number from 0 to 1 a param.

    Args:
        params: each one's values or distribution.
        seed: the same one and the same trials give the same draws.

    Attributes:
        lines: the params as lines.
        places: those of the trials that count, with their results.
        pending: those of the trials that go on.

    >>> from polyaxon_sdk.polyflow import V1HpUniform
    >>> history = History({"rate": V1HpUniform(value="0:2")}, seed=1)
    >>> history.add(Trial(values={"rate": 1.0}, result=0.3))
    >>> history.places
    [({'rate': 0.5}, 0.3)]
    """

    def __init__(self, params: Mapping[str, HyperParam], *, seed: int | None) -> None:
        self.lines = lines_of(params)
        self.places: list[tuple[dict[str, float], float]] = []
        self.pending: list[dict[str, float]] = []
        self._params = params
        self._size = size_of(params)
        self._seed = seed
        self._known: set[str] = set()

    @property
    def is_used_up(self) -> bool:
        """Whether every combination was tried or suggested."""
        return self._size is not None and len(self._known) >= self._size

    def source(self) -> Random:
        """Random numbers that depend on the seed and on how much was tried."""
        # A search, not a secret.
        return Random(None if self._seed is None else f"{self._seed}:{len(self._known)}")  # noqa: S311  # as said

    def add(self, trial: Trial) -> None:
        """Take a trial in; one without a result is not suggested again, and one of another space says nothing."""
        values = {name: trial.values.get(name) for name in self.lines}
        inside = places_of(self.lines, values)
        if inside is None:
            return
        self._known.add(key_of(values))
        if trial.is_pending:
            self.pending.append(inside)
        elif trial.counts and trial.result is not None:
            self.places.append((inside, trial.result))

    def at(self, places: Mapping[str, float]) -> Values:
        """The values at some places."""
        return {name: line.value(places[name]) for name, line in self.lines.items()}

    def draw(self, source: Random) -> Values:
        """Random values, each as likely as the space says."""
        return draw_each(self._params, source)

    def left(self, most: int) -> list[dict[str, float]]:
        """The places of all that was neither tried nor suggested; none where there are more than `most` in the space.

        >>> from polyaxon_sdk.polyflow import V1HpChoice
        >>> history = History({"depth": V1HpChoice(value=[2, 4])}, seed=1)
        >>> history.add(Trial(values={"depth": 2}))
        >>> history.left(most=10)
        [{'depth': 0.75}]
        """
        if self._size is None or self._size > most:
            return []
        each = [
            [(at + 0.5) / len(line.values) for at in range(len(line.values))]
            for line in self.lines.values()
            if isinstance(line, Listed)
        ]
        combined = (dict(zip(self.lines, places, strict=True)) for places in product(*each))
        return [places for places in combined if key_of(self.at(places)) not in self._known]

    def new(self, propose: Callable[[], Values] | None = None) -> Values | None:
        """Values that were neither tried nor suggested; None where there are none left.

        Args:
            propose: makes them; where it only repeats itself, and without it, they are drawn.
        """
        if self.is_used_up:
            return None
        source = self.source()
        for attempt in range(_TRIES + PATIENCE):
            values = propose() if propose is not None and attempt < _TRIES else self.draw(source)
            key = key_of(values)
            if key not in self._known:
                self._known.add(key)
                return values
        return None


def places_of(lines: Mapping[str, Line], values: Mapping[str, object]) -> dict[str, float] | None:
    """Where some values are, each on its line; None where one is beyond it.

    >>> from polyaxon_sdk.polyflow import V1HpUniform
    >>> lines = lines_of({"rate": V1HpUniform(value="0:2")})
    >>> places_of(lines, {"rate": 1.0}), places_of(lines, {"rate": 3.0})
    ({'rate': 0.5}, None)
    """
    places = {name: line.place(values[name]) for name, line in lines.items()}
    inside = {
        name: place
        for name, place in places.items()
        if place is not None and _is_at(lines[name], place, values[name])
    }
    return inside if len(inside) == len(places) else None


def _is_at(line: Line, place: float, value: object) -> bool:
    """Whether a value is where its place is, not beyond the end that is nearest."""
    back = line.value(place)
    if isinstance(back, float) and isinstance(value, int | float):
        return math.isclose(back, value, rel_tol=1e-3, abs_tol=1e-6)
    return True
