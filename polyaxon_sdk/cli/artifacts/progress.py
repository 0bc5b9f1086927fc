"""What is done with files of runs, side by side, and a bar on a terminal's stderr that tells how far it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Generic, NamedTuple, TypeVar

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from polyaxon_sdk.cli.waiting import waiting_for
from polyaxon_sdk.client.stored import NoFileError, StoredRun
from polyaxon_sdk.exceptions import PolyaxonError, printable

__all__ = ["Done", "Tell", "progress", "side_by_side"]

T = TypeVar("T")
Tell = Callable[[str], None]

_AT_ONCE = 8


class Done(NamedTuple, Generic[T]):
    """What came of runs, and with how many it could not be done."""

    found: list[tuple[StoredRun, T]]
    failed: int


@contextmanager
def progress(what: str, total: int | None = None) -> Iterator[Tell]:
    """Show a bar while the context lasts; the function is told each file that is done.

    Nothing is shown where nobody looks.
    """
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(what, total=total)
        yield lambda name: bar.update(task, advance=1, description=f"{what} {name}"[-60:])


def side_by_side(
    runs: Sequence[StoredRun],
    do: Callable[[StoredRun, int, Tell], T],
    *,
    store: str | None = None,
    at_once: int = _AT_ONCE,
) -> Done[T]:
    """What came of each run, in their order; where there are several, those that fail are told on stderr alone,
    and those that lack what is asked for are left out, as long as one has it.

    Args:
        runs: some of them are worked on at once.
        do: is given a run, how many are worked on at once, and what to tell each file that is done.
        store: the URL of the store that is asked, which a person hears of where it gives no answer.
        at_once: so many at most.

    Raises:
        PolyaxonError: it can't be done with the only one.
    """
    if len(runs) == 1:
        with waiting_for(store), progress(runs[0].uuid[:12]) as tell:
            return Done([(runs[0], do(runs[0], 1, tell))], 0)
    wrong, lacking = list[str](), list[NoFileError]()
    share = min(at_once, len(runs))
    pool = ThreadPoolExecutor(at_once)

    def one(run: StoredRun) -> list[tuple[StoredRun, T]]:
        found = []
        try:
            found.append((run, do(run, share, lambda _: None)))
        except NoFileError as error:
            lacking.append(error)
        except PolyaxonError as error:
            wrong.append(f"{run.uuid[:12]}: {error}")
        tell(run.uuid[:12])
        return found

    try:
        with waiting_for(store), progress("runs", len(runs)) as tell:
            done = [each for found in pool.map(one, runs) for each in found]
    finally:
        pool.shutdown(cancel_futures=True)
    for line in sorted(wrong):
        click.echo(printable(line), err=True)
    if runs and len(lacking) == len(runs):
        raise lacking[0]
    return Done(done, len(wrong))
