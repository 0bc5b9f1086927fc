"""The runs of a pipeline that go on."""

from __future__ import annotations

from collections.abc import Callable
from queue import Empty, SimpleQueue

from polyaxon_sdk.runner.pipelines.child import Attend, Carry, Child
from polyaxon_sdk.runner.pipelines.hands import Hands
from polyaxon_sdk.runner.pipelines.schedule import Ended
from polyaxon_sdk.runner.plan import Plan
from polyaxon_sdk.runs.folder import RunFolder

__all__ = ["Children"]


class Children:
    """Starts the runs of a pipeline, each in a thread, gives how they end one by one, and stops what goes on.

    Args:
        attend: looks after a run that goes on and whose runner is gone.
        tell: gets what there is to tell of them; called in their threads.

    Attributes:
        running: those that were started and not let go, by their keys.

    >>> children = Children(attend, tell=print)  # doctest: +SKIP
    >>> children.start("train", plan, carry=carry)  # doctest: +SKIP
    >>> children.wait(60)  # doctest: +SKIP
    Ended(key='train', status='succeeded', ...)
    """

    def __init__(self, attend: Attend, *, tell: Callable[[str], None]) -> None:
        self.running: dict[str, Child] = {}
        self._attend = attend
        self._tell = tell
        self._hands = Hands()
        self._ends: SimpleQueue[Ended] = SimpleQueue()

    @property
    def are_over(self) -> bool:
        """Whether none goes on, and `wait` gave how each of them ended."""
        return not self.running and self._ends.empty()

    def start(self, key: str, plan: Plan, *, carry: Carry, waits_for: RunFolder | None = None) -> None:
        """Begin one; returns at once.

        Args:
            key: by which the schedule knows it.
            plan: what is carried out.
            carry: carries a plan out, whatever it is.
            waits_for: a run that was begun before and goes on: it counts in place of the plan unless it fails.
        """
        child = Child(
            key,
            plan,
            carry=carry,
            attend=self._attend,
            done=self._ends,
            tell=self._tell,
            waits_for=waits_for,
        )
        self.running[key] = child
        child.start(self._hands)

    def add_ended(self, ended: Ended) -> None:
        """Let one that does not start, or has ended before, come out of `wait` as the others do."""
        self._ends.put(ended)

    def wait(self, seconds: float) -> Ended | None:
        """How the next one ended; None where none does for so long."""
        try:
            return self._ends.get(timeout=seconds)
        except Empty:
            return None

    def let_go(self, key: str) -> Child | None:
        """Take one out that has ended; None for one that never started."""
        return self.running.pop(key, None)

    def stop(self, why: str = "", *, grace: float | None = None) -> None:
        """Ask all of them to end; returns at once.

        Args:
            why: what asks for it, where that is no person.
            grace: seconds that they have; None for the usual ones.
        """
        for child in self.running.values():
            child.stop(why, grace=grace)

    def kill(self) -> None:
        """End all of them without a grace time; returns at once."""
        for child in self.running.values():
            child.kill()

    def close(self) -> None:
        """Let their threads end, each once it has done what it does."""
        self._hands.close()
