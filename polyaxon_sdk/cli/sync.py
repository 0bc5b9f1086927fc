"""`polyaxon sync`."""

from __future__ import annotations

from collections.abc import Sequence
from time import monotonic, sleep

import click

from polyaxon_sdk.cli.answering import answer
from polyaxon_sdk.cli.waiting import telling
from polyaxon_sdk.exceptions import PolyaxonError, counted, printable
from polyaxon_sdk.runner.finishing import Finishing
from polyaxon_sdk.runner.leftovers import leftovers, reopen, unknown_to_store, unreachable
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.state import read_run
from polyaxon_sdk.settings import Settings, load
from polyaxon_sdk.sidecar.launch import launch

__all__ = ["sync"]

_AT_ONCE = 4
"""Runs that are finished side by side: most of it is waiting for the store."""
_POLL = 0.1
_FIRST_TOLD = 2.0
_TOLD_EVERY = 5.0
_TOLD_AGAIN = 30.0
"""Seconds after which a person hears again what is waited for, though nothing changed."""


@click.command()
@click.option(
    "--all", "every", is_flag=True, help="Ship also the runs that were finished before there was this store."
)
def sync(*, every: bool) -> int:
    """Finish what runs that were cut off have left."""
    settings = load()
    left = list(leftovers(settings))
    if left or every:
        _ask(settings, left)
    done = _each(settings, [(folder, False) for folder in left], "finished")
    if every:
        done += _each(settings, _reopened(settings), "shipped")
    answer(finished=done.count(True), left=done.count(False))
    click.echo(f"{counted(done.count(True), 'run')} finished" if done else "nothing is left to do")
    return 0 if all(done) else 1


def _ask(settings: Settings, left: Sequence[RunFolder]) -> None:
    """See that the store answers; where it doesn't, the ends of runs are told all the same.

    Raises:
        PolyaxonError: it doesn't.
    """
    with telling(f"waiting for an answer of {settings.artifacts_store}"):
        trouble = unreachable(settings)
    if trouble:
        for folder in left:
            if not read_run(folder).is_done:  # its end needs no store
                launch(folder)
        raise PolyaxonError(f"{trouble}; {counted(len(left), 'run')} left for the next `polyaxon sync`")


def _reopened(settings: Settings) -> list[tuple[RunFolder, bool]]:
    """The runs of which the store lacks something, as runs that are not finished, and whether nobody works on them."""
    with telling(f"asking {settings.artifacts_store} what it has"):
        return [(folder, reopen(folder)) for folder in unknown_to_store(settings)]


def _each(settings: Settings, runs: Sequence[tuple[RunFolder, bool]], told: str) -> list[bool]:
    """Have each run finished, several side by side, and tell of each; whether it was done.

    Args:
        settings: those in force.
        runs: each with whether nobody is at work on it, as `Finishing` has it.
        told: what is told of one that is done.
    """
    done, waiting, under_way = list[bool](), list(runs), list[_Watched]()
    try:
        while waiting or under_way:
            while waiting and len(under_way) < _AT_ONCE:
                folder, is_free = waiting.pop(0)
                under_way.append(_Watched(folder, is_free=is_free))
            for each in [*under_way]:
                if (is_done := each.look()) is not None:
                    under_way.remove(each)
                    done.append(is_done)
                    each.tell(told if is_done else f"something is left; {each.reason}", is_error=not is_done)
                    if not is_done and waiting and each.is_in_trouble:
                        _ask(settings, [folder for folder, _ in waiting])
            sleep(_POLL if under_way else 0)
    except (
        BaseException
    ):  # an interrupt, or a store that is gone: what goes on beside need not go on for long
        for each in under_way:
            each.hand_over()
        raise
    return done


class _Watched(Finishing):
    """A run that is being finished, of which a person hears."""

    def __init__(self, folder: RunFolder, *, is_free: bool) -> None:
        super().__init__(folder, is_free=is_free)
        self._due = monotonic() + _FIRST_TOLD
        self._said, self._said_at = "", 0.0

    def look(self) -> bool | None:
        """As `Finishing`; every now and then it is told what is waited for."""
        done = super().look()
        if done is None and monotonic() >= self._due:
            self._due = monotonic() + _TOLD_EVERY
            line = str(self)
            if line != self._said or monotonic() - self._said_at >= _TOLD_AGAIN:
                self.tell("still so" if line == self._said else line, is_error=True)
                self._said, self._said_at = line, monotonic()
        return done

    @property
    def reason(self) -> str:
        """Why it is not done, and where a person reads more."""
        if self.folder.sidecar_log.exists():
            return f"it broke, as {self.folder.sidecar_log} tells"
        why = self.trouble if self._said else str(self)  # what is left has been told
        return f"{why or self}; `polyaxon ops get -uid {self.folder.uuid[:12]}`"

    def tell(self, line: str, *, is_error: bool) -> None:
        """Say something of the run."""
        click.echo(f"{self.folder.uuid[:12]}: {printable(line)}", err=is_error)
