"""What goes on between a search and those who carry its runs out: ask, begin, tell."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from attrs import field, frozen

from polyaxon_sdk.tuners.trials import Trial

__all__ = ["Ledger", "Search", "Suggestion"]


@frozen(kw_only=True)
class Suggestion:
    """The values of a run to start.

    Args:
        values: of the params.
        parent: the key of the run that it is promoted from; None where it begins anew.
    """

    values: Mapping[str, object]
    parent: str | None = None


class Search(Protocol):
    """A search while it goes on, of whatever kind.

    Runs have keys, which whoever carries them out gives them. What was begun before, by an earlier process, is begun
    again in the same batches and told again; then the search goes on from there.
    """

    @property
    def is_waiting(self) -> bool:
        """Whether nothing is suggested until runs that go on have ended."""

    def ask(self, room: int) -> list[Suggestion]:
        """What to start next, about `room` of it; nothing where the search waits for its runs, or is over.

        Raises:
            InputError: the matrix is wrong.
            MissingExtraError: the library of the search is not installed.
        """
        ...  # without it pyright takes the docstring for a body

    def begin(self, batch: Mapping[str, Suggestion]) -> None:
        """Take in what is started of an answer, by the keys of the runs."""
        ...  # without it pyright takes the docstring for a body

    def tell(self, key: str, result: float | None) -> None:
        """Take in how a run ended: its metric, None where it failed."""
        ...  # without it pyright takes the docstring for a body


@frozen
class Ledger:
    """The runs of a search: what was begun, what came of it, and which go on.

    >>> ledger = Ledger()
    >>> ledger.begin({"0": Suggestion(values={"rate": 0.1}), "1": Suggestion(values={"rate": 0.2})})
    >>> ledger.tell("0", 0.5)
    >>> [(trial.result, trial.is_pending) for trial in ledger.trials()], ledger.pending
    ([(0.5, False), (None, True)], {'1'})
    """

    begun: dict[str, Suggestion] = field(factory=dict, init=False)
    results: dict[str, float | None] = field(factory=dict, init=False)
    pending: set[str] = field(factory=set, init=False)

    def begin(self, batch: Mapping[str, Suggestion]) -> None:
        """Take in what is started."""
        self.begun.update(batch)
        self.pending.update(batch)

    def tell(self, key: str, result: float | None) -> None:
        """Take in how a run ended."""
        self.results[key] = result
        self.pending.discard(key)

    def trials(self) -> list[Trial]:
        """All runs, in the order they began."""
        return [self.trial(key) for key in self.begun]

    def trial(self, key: str) -> Trial:
        """A run that was begun."""
        is_pending = key not in self.results
        return Trial(values=self.begun[key].values, result=self.results.get(key), is_pending=is_pending)
