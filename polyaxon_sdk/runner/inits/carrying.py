"""Carrying out the init steps of a run, one after the other, in a thread, so that a person can stop them."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Event, Thread

from polyaxon_sdk.exceptions import PolyaxonError
from polyaxon_sdk.runner.inits.step import Step, Work
from polyaxon_sdk.secrets.masker import Masker

__all__ = ["InitSteps"]


class InitSteps:
    """The init steps of one run on their way.

    Args:
        steps: in their order; the first that fails is the last.
        log: the file that keeps what they say, for the run's logs.
        tell: shows a person a line; called by whoever waits.
        note: adds a fact to the run's record; likewise.
        masker: of what they say.
    """

    def __init__(
        self,
        steps: Sequence[Step],
        *,
        log: Path,
        tell: Callable[[str], None],
        note: Callable[..., None],
        masker: Masker,
    ) -> None:
        self._steps = steps
        self._log = log
        self._tell = tell
        self._given_up = Event()
        self._waiting: SimpleQueue[Callable[[], None]] = SimpleQueue()
        self._work = Work(self._given_up, self._say, partial(self._later, note))
        self._thread = Thread(target=self._run, name="polyaxon-init", daemon=True)
        self._masker = masker
        self.problem = ""

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def wait(self, timeout: float) -> bool:
        """Whether they are over by `timeout` seconds from now; `problem` is empty then where all is in place."""
        self._thread.join(timeout)
        is_over = not self._thread.is_alive()
        with suppress(Empty):
            while True:
                self._waiting.get_nowait()()
        return is_over

    def give_up(self) -> None:
        """Begin no other step, and end the one under way soon."""
        self._given_up.set()

    def _run(self) -> None:
        for number, step in enumerate(self._steps):
            began = time.monotonic()
            self._say(step.title)
            try:
                if self._given_up.is_set():
                    self.problem = "given up"
                    return
                step.carry_out(self._work)
            except (PolyaxonError, OSError) as error:
                reason = (
                    str(error) if isinstance(error, PolyaxonError) else f"{error.strerror}: {error.filename}"
                )
                self.problem = self._masker.text(f"run.init[{number}]: {step.title}: {reason}")
                return
            except Exception as error:  # the edge of the thread: whatever it is fails the run, and is told
                self.problem = self._masker.text(f"run.init[{number}]: {type(error).__name__}: {error}")
                return
            self._say(f"{step.title}: in place after {time.monotonic() - began:.1f} s")

    def _later(self, what: Callable[..., None], /, *words: object, **fields: object) -> None:
        self._waiting.put(partial(what, *words, **fields))

    def _say(self, line: str) -> None:
        shown = self._masker.text(line)
        self._later(self._tell, f"init: {shown}")
        with self._log.open("a", encoding="utf-8") as file:
            file.write(f"{shown}\n")
