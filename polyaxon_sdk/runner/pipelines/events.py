"""What operations of a dag wait for that happens while others still run (semantics 1.13)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Literal

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyflow import V1Operation
from polyaxon_sdk.runs.state import RunState
from polyaxon_sdk.runs.status import DONE

__all__ = ["Awaited", "statuses_of"]

_PREFIX = "run_status_"
_REUSED = "CacheHit"
_ON_THE_WAY = frozenset({"scheduled", "starting", "running"})


def statuses_of(node: V1Operation) -> dict[str, set[str]]:
    """The statuses that an operation waits for, one of them for each other operation that it names.

    Raises:
        InputError: it waits for what no run of this machine tells.
    """
    found: dict[str, set[str]] = {}
    for at, each in enumerate(node.events if isinstance(node.events, list) else []):
        if each.upstream is None:
            raise InputError("names no operation of the dag", path=f"events[{at}].ref", expected="ops.NAME")
        for kind in map(_text, each.kinds):
            if not kind.startswith(_PREFIX):
                raise InputError(
                    f"{kind} is told by nobody here", path=f"events[{at}].kinds", expected=f"{_PREFIX}running"
                )
            found.setdefault(each.upstream, set()).add(kind.removeprefix(_PREFIX))
    return found


class Awaited:
    """The statuses that operations wait for, and those that runs have had.

    Args:
        nodes: the operations by their names.

    >>> Awaited({}).judged("board", {})
    'come'
    """

    def __init__(self, nodes: Mapping[str, V1Operation]) -> None:
        self._wanted = {name: found for name, node in nodes.items() if (found := statuses_of(node))}
        self._states: dict[str, RunState] = {}

    @property
    def watched(self) -> set[str]:
        """The operations whose statuses others wait for, until they are over."""
        named = {above for wanted in self._wanted.values() for above in wanted}
        return {name for name in named if not (name in self._states and self._states[name].status in DONE)}

    def saw(self, name: str, state: RunState) -> None:
        """Take in how a run is, while it goes on or at its end."""
        self._states[name] = state

    def state(self, name: str) -> RunState | None:
        """A run as it was seen last; None where nobody waits for it, or it has not begun."""
        return self._states.get(name)

    def of(self, name: str) -> Collection[str]:
        """The operations whose statuses an operation waits for."""
        return self._wanted.get(name, {})

    def judged(self, name: str, ended: Mapping[str, str]) -> Literal["come", "wait", "never"]:
        """Whether all that an operation waits for has come.

        Args:
            ended: the final statuses that are known.
        """
        wanted = self._wanted.get(name, {})
        missing = [above for above, statuses in wanted.items() if not statuses & self._had(above, ended)]
        if any(above in ended for above in missing):
            return "never"
        return "wait" if missing else "come"

    def _had(self, name: str, ended: Mapping[str, str]) -> set[str]:
        state = self._states.get(name)
        had = {each.status for each in state.conditions} if state is not None else set()
        if state is not None and any(each.reason == _REUSED for each in state.conditions):
            had |= _ON_THE_WAY  # what is reused changes nothing of what comes of it
        return had | ({ended[name]} if name in ended else set())


def _text(kind: object) -> str:
    return str(getattr(kind, "value", kind))
