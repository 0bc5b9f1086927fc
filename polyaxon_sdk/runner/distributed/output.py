"""What the replicas of a run print, in one stream."""

from __future__ import annotations

from collections.abc import Sequence

from polyaxon_sdk.runner.executors.executor import Task
from polyaxon_sdk.runner.named_lines import NamedLines
from polyaxon_sdk.runner.output import Tail

__all__ = ["Tails"]


class Tails:
    """What was added to the outputs of several replicas: whole lines, each behind its replica's name.

    >>> Tails([]).read()
    b''
    """

    def __init__(self, tasks: Sequence[Task]) -> None:
        self._tails = {task.replica: Tail(task.output) for task in tasks}
        self._named = {name: NamedLines(name) for name in self._tails}

    def read(self) -> bytes:
        """The lines that were ended since it was last asked; nothing where there are none."""
        return b"".join(self._lines(name, tail) for name, tail in self._tails.items())

    def close(self) -> None:
        """Let go of the files."""
        for tail in self._tails.values():
            tail.close()

    def _lines(self, name: str, tail: Tail) -> bytes:
        whole = b""
        while not whole and (data := tail.read()):
            whole = self._named[name].of(data)
        return whole
