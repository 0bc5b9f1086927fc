"""Starting a process that is nobody's child, so that neither side ends up waiting for the other."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, nullcontext, suppress
from errno import EAGAIN

from polyaxon_sdk.settings import inherited

__all__ = ["Held", "Program", "start_detached"]

_PACKAGE_ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.realpath(__file__))))
_WAITING = "{ read go <&2; exec"
_BACKGROUND = '</dev/null >/dev/null 2>/dev/null; } & pids="$pids $!"'
_ANSWER = 1 << 12

Opened = tuple[int, int, str, int, int]
Duplicated = tuple[int, int, int]


class Program:
    """A module of this package, to be run as a process of its own.

    Args:
        module: its name.
        words: its arguments.
        options: those of the interpreter.
        hears_pids: whether the process ids of those that are started before it are its further arguments.
    """

    def __init__(
        self, module: str, words: tuple[str, ...], options: tuple[str, ...] = (), *, hears_pids: bool = False
    ) -> None:
        self.module = module
        self.words = words
        self.options = options
        self.hears_pids = hears_pids

    @property
    def command(self) -> list[str]:
        """Its command line."""
        return [sys.executable, "-P", *self.options, "-m", self.module, *self.words]


def start_detached(
    programs: Sequence[Program], *, added: Mapping[str, str], descriptors: Mapping[int, int] | None = None
) -> list[int]:
    """Start programs in a session of their own, without any of this process' streams; their process ids.

    One shell starts all of them in the background and is gone at once, so that none is a child of this process.

    Args:
        programs: what is started.
        added: variables above those of this process.
        descriptors: descriptors of this process by the number that the programs have them under.

    Raises:
        OSError: no process can be started.
    """
    held = Held(programs, added=added, descriptors=descriptors)
    try:
        return held.pids()
    finally:
        held.let_go()


class Held:
    """Programs as `start_detached` starts them, which wait until they are let go, or this process is gone.

    While the shell forks the next of them, and this process waits for the shell, those before would want the
    processors too. The shell works beside this process until `pids` waits for it.

    Args:
        programs, added, descriptors: as there.
        serves: whether they serve this process: then they give way to it, and so do their children.

    Raises:
        OSError: no process can be started.
    """

    def __init__(
        self,
        programs: Sequence[Program],
        *,
        added: Mapping[str, str],
        descriptors: Mapping[int, int] | None = None,
        serves: bool = False,
    ) -> None:
        self._count = len(programs)
        with ExitStack() as opened:
            gate, self._opener = _pipe(opened)
            self._said, answer = _pipe(opened)
            with _giving_way() if serves else nullcontext():
                self._shell = _spawn(programs, {1: answer, 2: gate, **(descriptors or {})}, added)
            self._opened = opened.pop_all()

    def pids(self) -> list[int]:
        """Their process ids, in order; to be asked for once.

        Raises:
            OSError: not all of them could be started.
        """
        with suppress(ChildProcessError):  # where SIGCHLD is ignored, the kernel waits for children
            os.waitpid(self._shell, 0)
        pids = [int(pid) for pid in _read(self._said).split()]
        if len(pids) != self._count:
            raise OSError(EAGAIN, "no process can be started")
        return pids

    def let_go(self) -> None:
        """Let them begin."""
        os.write(self._opener, b"\n" * self._count)  # another thread's child may hold it open
        self._opened.close()


def _pipe(opened: ExitStack) -> tuple[int, int]:
    """The two ends of a pipe, which `opened` closes."""
    ends = os.pipe()
    for end in ends:
        opened.callback(os.close, end)
    return ends


def _spawn(programs: Sequence[Program], descriptors: Mapping[int, int], added: Mapping[str, str]) -> int:
    streams: list[Opened | Duplicated] = [
        (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
        *((os.POSIX_SPAWN_DUP2, ours, theirs) for theirs, ours in descriptors.items()),
    ]
    script, words = [], list[str]()
    for program in programs:
        numbers = range(len(words) + 1, len(words) + len(program.command) + 1)
        heard = ["$pids"] if program.hears_pids else []
        script.append(" ".join([_WAITING, *(f'"${{{number}}}"' for number in numbers), *heard, _BACKGROUND]))
        words += program.command
    command = ["sh", "-c", "\n".join([*script, "echo $pids"]), "sh", *words]
    return os.posix_spawn("/bin/sh", command, _environment(added), file_actions=streams, setsid=True)


@contextmanager
def _giving_way() -> Iterator[None]:
    """What this thread starts meanwhile never takes the processor from who wakes it, as reading a pipe would.

    `posix_spawn` can't ask for that policy itself: the C library doesn't take it.
    """
    policy, usual = os.sched_getscheduler(0), os.sched_param(0)
    with suppress(OSError):  # a container may deny it
        if policy == os.SCHED_OTHER:
            os.sched_setscheduler(0, os.SCHED_BATCH, usual)
    try:
        yield
    finally:
        with suppress(OSError):
            os.sched_setscheduler(0, policy, usual)


def _read(descriptor: int) -> bytes:
    """What the shell has answered; the end of it comes only once the programs were given the processor."""
    os.set_blocking(descriptor, False)
    try:
        return os.read(descriptor, _ANSWER)
    except BlockingIOError:  # it could not start them all
        return b""


def _environment(added: Mapping[str, str]) -> dict[str, str]:
    """This process' environment, and the package found even where a script put it on the path by itself."""
    environment = inherited(added)
    paths = [_PACKAGE_ROOT, environment.get("PYTHONPATH", "")]
    return {**environment, "PYTHONPATH": os.pathsep.join(filter(None, paths))}
