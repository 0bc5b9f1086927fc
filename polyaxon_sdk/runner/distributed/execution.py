"""The processes of a distributed run while it goes on, as one execution."""

from __future__ import annotations

import signal
from collections.abc import Callable
from time import monotonic, sleep

from polyaxon_sdk.runner.distributed.crew import Crew, Member
from polyaxon_sdk.runner.executors.executor import Execution, Executor, Exit
from polyaxon_sdk.runner.grace import grace_time
from polyaxon_sdk.runner.termination import pause_before

__all__ = ["CrewExecution", "Surroundings"]

Report = Callable[[str, int], None]


class Surroundings:
    """Who is told of the processes of a distributed run.

    Args:
        report: keeps the process of a replica in the run's record.
        report_console: keeps there who writes down what a replica prints.
        tell: shows a person a line.
        is_unwanted: whether somebody asks for the end of the run.
    """

    def __init__(
        self,
        *,
        report: Report,
        report_console: Report,
        tell: Callable[[str], None],
        is_unwanted: Callable[[], bool],
    ) -> None:
        self.report = report
        self.report_console = report_console
        self.tell = tell
        self.is_unwanted = is_unwanted


class CrewExecution:
    """All replicas of a run: it succeeds and fails as its operator says, and ends once all of them have.

    Args:
        crew: the replicas.
        executor: starts each.
        around: who is told.

    Raises:
        OSError: one can't be started; none is left then.
    """

    pid = None
    writer = None

    def __init__(self, crew: Crew, executor: Executor, around: Surroundings) -> None:
        self._crew = crew
        self._executor = executor
        self._around = around
        self._running: dict[str, Execution] = {}
        self._waiting: dict[str, tuple[Member, float]] = {}
        self._succeeded: set[str] = set()
        self._restarts = 0
        self._ended: Exit | None = None
        self._is_stopping = False
        self._kill_at: float | None = None
        try:
            for member in crew.members:
                self._start(member)
        except OSError:
            self.kill()
            raise

    def wait(self, timeout: float) -> Exit | None:
        """How the run ended, once all its processes have; None where some go on after `timeout` seconds."""
        if self._running:
            self._look(next(iter(self._running)), timeout)
        else:
            sleep(timeout)
        for name in [*self._running]:
            self._look(name, 0.0)
        self._start_again()
        self._settle()
        if self._running or self._waiting:
            return None
        return self._ended or Exit(code=0)

    def stop(self, wanted: signal.Signals) -> None:
        """Send all of them `wanted`; none is started again."""
        self._is_stopping = True
        self._waiting.clear()
        for execution in self._running.values():
            execution.stop(wanted)

    def kill(self) -> None:
        """Send all of them SIGKILL."""
        self.stop(signal.SIGKILL)

    def _start(self, member: Member) -> None:
        execution = self._executor.start(member.task)
        self._running[member.replica.name] = execution
        if execution.pid is not None:
            self._around.report(member.task.replica, execution.pid)
        if execution.writer is not None:
            self._around.report_console(member.task.replica, execution.writer)

    def _look(self, name: str, timeout: float) -> None:
        if (ended := self._running[name].wait(timeout)) is not None:
            del self._running[name]
            member = next(each for each in self._crew.members if each.replica.name == name)
            self._take(member, ended)

    def _take(self, member: Member, ended: Exit) -> None:
        """What becomes of the run where one of its processes ended."""
        name = member.replica.name
        if self._is_stopping or self._ended is not None:
            return
        if ended.succeeded:
            self._succeeded.add(name)
        elif self._around.is_unwanted():
            self._is_stopping = True
        elif member.comes_again(ended) and self._restarts < self._crew.restarts:
            pause = pause_before(self._restarts)
            self._restarts += 1
            self._waiting[name] = (member, monotonic() + pause)
            again = f"restart {self._restarts} of {self._crew.restarts} in {pause:g} s"
            self._around.tell(f"{name}: {ended}; {again}")
        else:
            self._ended = ended._replace(replica=name)
            self._end_others(f"{name}: {ended}")

    def _settle(self) -> None:
        """See whether the run has done its work, and end what outstays that."""
        if self._ended is None and not self._is_stopping and self._crew.deciding <= self._succeeded:
            self._ended = Exit(code=0)
            if not self._crew.leaves_others:
                self._end_others("the run has succeeded")
        if self._kill_at is not None and monotonic() >= self._kill_at:
            self._kill_at = None
            self.kill()

    def _end_others(self, why: str) -> None:
        self._waiting.clear()
        if not self._running:
            return
        self._around.tell(
            f"{why}: {', '.join(self._running)} {'is' if len(self._running) == 1 else 'are'} ended"
        )
        for execution in self._running.values():
            execution.stop(signal.SIGTERM)
        self._kill_at = monotonic() + grace_time()

    def _start_again(self) -> None:
        """Start those anew whose pause is over."""
        for name, (member, at) in [*self._waiting.items()]:
            if monotonic() >= at:
                del self._waiting[name]
                try:
                    self._start(member)
                except OSError as error:
                    self._ended = Exit(code=1, replica=name)
                    self._end_others(f"{name} can't be started: {error.strerror or error}")


def _proves(execution: CrewExecution) -> Execution:
    return execution
