"""The ports that services of this machine are given (semantics 2.2)."""

from __future__ import annotations

import socket
from collections.abc import Sequence

from polyaxon_sdk.exceptions import InputError

__all__ = ["Ports"]


class Ports:
    """Ports that were free, and that nobody else is given until the service takes them.

    Attributes:
        numbers: in the order of those that were asked for.
    """

    def __init__(self, numbers: tuple[int, ...], held: Sequence[socket.socket]) -> None:
        self.numbers = numbers
        self._held = [*held]

    @classmethod
    def reserve(cls, wanted: Sequence[int], *, kept: Sequence[int] = ()) -> Ports:
        """The ports that are wanted; in place of one that is taken, or is not for everybody, one that is free.

        Args:
            kept: those that the service had before it ended, which it gets again where they are free.

        Raises:
            InputError: this machine has no free port.

        >>> len(Ports.reserve([6006, 6006]).numbers)
        2
        """
        before = kept if len(kept) == len(wanted) else [None] * len(wanted)
        held = [_again(port) or _held(asked) for port, asked in zip(before, wanted, strict=True)]
        return cls(tuple(each.getsockname()[1] for each in held), held)

    def release(self) -> None:
        """Leave them to the service, which is about to start."""
        while self._held:
            self._held.pop().close()

    def __del__(self) -> None:
        self.release()  # of a run that was thought out and never started


def _again(port: int | None) -> socket.socket | None:
    """A socket at a port where one listened just now; None where it is taken.

    Connections that have ended hold a port for a minute more, as far as nobody says that they don't matter, as servers
    do; two who say so may both bind it, unless one listens.
    """
    if port is None:
        return None
    held = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        held.bind(("", port))
        held.listen(0)
    except (OSError, OverflowError):
        held.close()
        return None
    return held


def _held(wanted: int) -> socket.socket:
    """A socket that is bound and doesn't listen: who connects is refused, and who binds too."""
    for port in (wanted, 0):
        held = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        try:
            held.bind(("", port))
        except (OSError, OverflowError):
            held.close()
        else:
            return held
    raise InputError("no free port on this machine", path="run.ports")
