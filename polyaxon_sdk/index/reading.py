"""Reading many runs at once: processes beside this one read records while it writes rows.

`python -m polyaxon_sdk.index.reading HOME` is one of them: it is told uuids on stdin and answers with rows on stdout.
"""

from __future__ import annotations

import os
import pickle
import sys
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING

from polyaxon_sdk.index.rows import Rows, rows_of
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.settings import inherited

if TYPE_CHECKING:
    from subprocess import Popen
    from types import TracebackType

__all__ = ["Readers", "read_rows"]

_AT_ONCE = 100
"""Runs that a process is told of at a time: few enough for its pipe, so that neither side waits for the other."""

_AHEAD = 2
_MOST = 8
_PACKAGE_ROOT = str(Path(__file__).resolve().parents[2])


def read_rows(home: Path, uuids: Sequence[str], *, looks: bool = False) -> list[Rows]:
    """The rows of those runs of a home that are there.

    Args:
        home: the folder that holds `runs/`.
        uuids: the runs.
        looks: whether all of their files are looked at, beside the record: it takes as long again.
    """
    folders = [RunFolder(home / "runs" / uuid) for uuid in uuids]
    return [rows_of(folder, looks=looks) for folder in folders if folder.path.is_dir()]


class Readers:
    """Processes that read runs, one for each processor; this one reads where there is but one, or none can be started.

    Attributes:
        processes: those that were started.

    >>> with Readers(home) as readers:  # doctest: +SKIP
    ...     rows = [each for part in readers.read(uuids) for each in part]
    """

    def __init__(self, home: Path) -> None:
        self._home = home
        self.processes: list[Popen[bytes]] = []

    def __enter__(self) -> Readers:
        count = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
        if count > 1 and sys.executable:
            with suppress(OSError):  # no more processes: this one reads
                for _ in range(min(count, _MOST)):
                    self.processes.append(_start(self._home))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with ExitStack() as ended:
            for process in self.processes:
                ended.callback(process.wait)
                ended.callback(process.kill)
                for stream in filter(None, (process.stdin, process.stdout)):
                    ended.callback(_close, stream)

    def read(self, uuids: Sequence[str]) -> Iterator[list[Rows]]:
        """The rows of the runs, some at a time, in their order."""
        waiting = deque(uuids[start : start + _AT_ONCE] for start in range(0, len(uuids), _AT_ONCE))
        asked: deque[tuple[Popen[bytes] | None, Sequence[str]]] = deque()
        turn = 0
        while waiting or asked:
            while waiting and len(asked) < max(1, _AHEAD * len(self.processes)):
                process = self.processes[turn % len(self.processes)] if self.processes else None
                asked.append((self._ask(process, waiting[0]), waiting.popleft()))
                turn += 1
            yield self._answer(*asked.popleft())

    @staticmethod
    def _ask(process: Popen[bytes] | None, uuids: Sequence[str]) -> Popen[bytes] | None:
        """The process that was asked; None where it is gone."""
        try:
            if process is not None and process.stdin is not None:
                pickle.dump(list(uuids), process.stdin)
                process.stdin.flush()
                return process
        except OSError:
            pass  # it was killed: this process reads
        return None

    def _answer(self, process: Popen[bytes] | None, uuids: Sequence[str]) -> list[Rows]:
        with suppress(OSError, EOFError, pickle.UnpicklingError):  # it was killed: this process reads
            if process is not None and process.stdout is not None:
                found: list[Rows] = pickle.load(process.stdout)  # noqa: S301  # a child of this process
                return found
        return read_rows(self._home, uuids)


def _start(home: Path) -> Popen[bytes]:
    # Only a first index of many runs needs it.
    from subprocess import DEVNULL, PIPE, Popen

    path = os.pathsep.join(filter(None, (_PACKAGE_ROOT, inherited({}).get("PYTHONPATH", ""))))
    command = [sys.executable, "-P", "-m", "polyaxon_sdk.index.reading", str(home)]
    return Popen(command, stdin=PIPE, stdout=PIPE, stderr=DEVNULL, env=inherited({"PYTHONPATH": path}))


def _close(stream: IO[bytes]) -> None:
    with suppress(OSError):  # it is gone, and so is what was to be written to it
        stream.close()


def _serve(home: Path) -> None:
    """Answer until nobody asks any more."""
    with suppress(EOFError, OSError):
        while True:
            uuids: list[str] = pickle.load(sys.stdin.buffer)  # noqa: S301  # from its parent
            pickle.dump(read_rows(home, uuids), sys.stdout.buffer, pickle.HIGHEST_PROTOCOL)
            sys.stdout.buffer.flush()


if __name__ == "__main__":
    _serve(Path(sys.argv[1]))
