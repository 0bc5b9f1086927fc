"""One run of a pipeline while it goes on."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from queue import SimpleQueue
from threading import Thread
from time import sleep

from polyaxon_sdk.exceptions import InputError, PolyaxonError
from polyaxon_sdk.runner.life import look
from polyaxon_sdk.runner.lifecycle import Outcome
from polyaxon_sdk.runner.pipelines.hands import Hands
from polyaxon_sdk.runner.pipelines.schedule import Ended
from polyaxon_sdk.runner.plan import Plan
from polyaxon_sdk.runner.stop import Because, kill, stop
from polyaxon_sdk.runner.superseded import supersede
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.series import with_last_values
from polyaxon_sdk.runs.state import RunState, read_run

__all__ = ["Attend", "Carry", "Child"]

Carry = Callable[[Plan], Outcome]
Attend = Callable[[RunFolder], AbstractContextManager[Callable[[], None]]]

_LOOK = 0.5
"""Seconds between two looks at a run that another runner began."""

_SOON = 0.1
"""Seconds until it is tried again to stop a run that could not be stopped yet."""


class Child:
    """A run that is carried out in another thread.

    Args:
        key: by which the schedule knows it.
        plan: what is carried out.
        carry: carries a plan out, whatever it is.
        attend: looks after a run that goes on and whose runner is gone, whenever what it gives is called.
        done: gets how it ended.
        tell: is told why it is carried out though it was begun before.
        waits_for: a run that was begun before and goes on: it counts in place of the plan unless it fails.

    Attributes:
        problem: why it could not be carried out; empty where it could.
    """

    def __init__(
        self,
        key: str,
        plan: Plan,
        *,
        carry: Carry,
        attend: Attend,
        done: SimpleQueue[Ended],
        tell: Callable[[str], None],
        waits_for: RunFolder | None = None,
    ) -> None:
        self.key = key
        self.plan = plan
        self.folder = waits_for or plan.folder
        self._carry = carry
        self._attend = attend
        self._done = done
        self._tell = tell
        self.problem = ""
        self._goes_on = False

    def start(self, hands: Hands) -> None:
        """Begin."""
        self._goes_on = True
        hands.do(self._run)

    def stop(self, why: str = "", grace: float | None = None) -> None:
        """Ask it to end; returns at once.

        Args:
            why: what asks for it, where that is no person.
            grace: seconds that it has; None for the usual ones.
        """
        Thread(target=self._stop, args=(why, grace), daemon=True).start()

    def kill(self) -> None:
        """End it, and the runs of a pipeline, without a grace time; returns at once."""
        Thread(target=kill, args=(self.folder,), daemon=True).start()

    def _stop(self, why: str, grace: float | None) -> None:
        because = Because("EarlyStopping", why) if why else None
        while self._goes_on:
            try:
                stop(self.folder, grace=grace, because=because)
            except InputError:  # its thread has not begun it yet, or is about to end
                sleep(_SOON)
            except (PolyaxonError, OSError):  # nobody can end it, or its folder is gone
                return
            else:
                return

    def _run(self) -> None:
        status, state = "failed", None
        try:
            state = self._found() if self.folder.uuid != self.plan.folder.uuid else None
            if state is None:
                supersede(self.folder, by=self.plan.folder)
                self.folder = self.plan.folder
                state = self._carry(self.plan).state
            state = state and with_last_values(self.folder, state)
            status = state.status if state else "failed"
        except (
            PolyaxonError,
            OSError,
        ) as error:  # of the home: nothing could be written, so that it is told elsewhere
            self.problem = str(error)
            with suppress(OSError):
                begun = read_run(self.folder)
                state = begun if begun.conditions else None
        finally:
            self._goes_on = False
            self._done.put(Ended(self.key, status, state))

    def _found(self) -> RunState | None:
        """The run that was begun before, once it is over; None where it failed."""
        with self._attend(self.folder) as look_after:
            while (found := look(self.folder)).life == "running":
                look_after()
                sleep(_LOOK)
        if found.life == "over" and found.state.status != "failed":
            return found.state
        self._tell(found.why_again)
        return None
