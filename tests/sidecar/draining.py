"""A run that is logged to and drained in this process, where a crash is a lease that is lost at the commit."""

from collections.abc import Callable, Iterable
from contextlib import suppress

from polyaxon_sdk.exceptions import LeaseLostError
from polyaxon_sdk.runs.drained import read_drained
from polyaxon_sdk.runs.eventlines import EventJournal
from polyaxon_sdk.runs.events import read
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.journal import ScalarJournal
from polyaxon_sdk.runs.writer import this_process
from polyaxon_sdk.sidecar.drain import Drain


class HeldLease:
    """A lease that nobody wants."""

    number = 1

    def renew(self) -> None:
        """It is held."""

    def release(self) -> None:
        """Nobody waits for it."""

    def forget(self) -> None:
        """Nothing is open."""


class LostLease(HeldLease):
    """A lease that is lost between the writing of rows and their commit."""

    def renew(self) -> None:
        """Too late."""
        raise LeaseLostError("lost")


class Logger:
    """One writing process of a run; the value of each point is its number."""

    def __init__(self, folder: RunFolder, *, mapped: bool = False, host: str = "") -> None:
        here = this_process()
        self.writer = here._replace(host=host or here.host)
        self.events = EventJournal(folder, self.writer)
        self.scalars = ScalarJournal(folder, self.writer, on_trouble=lambda error: None, mapped=mapped)
        self.logged: dict[str, list[float]] = {}

    def log(self, name: str) -> None:
        """Log the next point of a series."""
        values = self.logged.setdefault(name, [])
        series = list(self.logged).index(name)
        if not values:
            self.events.name_series(series, name)
        self.scalars.append(series, len(values), 1.0, float(len(values)))
        values.append(float(len(values)))


def one_after_another(folder: RunFolder) -> None:
    """Two processes log what counts up to a series of points and one of texts; the later one's journals come first."""
    for pid in (999, 1000):
        writer = this_process()._replace(pid=pid)
        events = EventJournal(folder, writer)
        events.name_series(0, "loss")
        scalars = ScalarJournal(folder, writer, on_trouble=lambda error: None, mapped=False)
        for value in (0.0, 1.0) if pid == 999 else (2.0, 3.0):
            scalars.append(0, None, value + 1.0, value)
            events.append("text", "note", str(value), step=None, time=value + 1.0)


def crash(folder: RunFolder) -> None:
    """Drain what there is and die before it is committed."""
    with suppress(LeaseLostError):
        Drain(folder, LostLease()).step(gone=False)


def drain(folder: RunFolder) -> Drain:
    """Drain all there is, as for processes that are gone."""
    draining = Drain(folder, HeldLease())
    while draining.step(gone=True):
        pass
    return draining


def step(folder: RunFolder) -> None:
    """Drain once beside living processes."""
    Drain(folder, HeldLease()).step(gone=False)


def act(folder: RunFolder, logger: Logger, action: str) -> None:
    """Drain, crash or log to the series of that name."""
    acts: dict[str, Callable[[RunFolder], object]] = {"drain": drain, "crash": crash, "step": step}
    if action in acts:
        acts[action](folder)
    else:
        logger.log(action)


def drained_values(folder: RunFolder, names: Iterable[str]) -> dict[str, list[object]]:
    """The values in the event files, up to their committed lengths."""
    drained = read_drained(folder)
    paths = {key: relative for relative, key in drained.names.items()}
    found: dict[str, list[object]] = {}
    for name in names:
        relative = paths[f"metric/{name}"]
        events = read(folder.path / relative, "metric", drained.files[relative])
        found[name] = [event.value for event in events]
    return found
