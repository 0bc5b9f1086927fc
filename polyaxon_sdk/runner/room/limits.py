"""How many runs of a home, and what of this machine, there may be at once; and what a run of it lacks now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from polyaxon_sdk.exceptions import counted
from polyaxon_sdk.polyflow import V1CompiledOperation
from polyaxon_sdk.polyflow.resources import as_bytes
from polyaxon_sdk.runner.room.entry import Entry
from polyaxon_sdk.runner.room.machine import Machine, machine_of
from polyaxon_sdk.runner.room.needs import Needs, needs_of_run
from polyaxon_sdk.runs.writer import this_process
from polyaxon_sdk.settings import Settings

__all__ = ["Limits", "Wish", "limits_of", "wish_of"]

_NOTHING = Machine(0.0, 0.0, ())
"""For runs that ask nothing of it."""


class Wish(NamedTuple):
    """What a run asks for."""

    queue: str = ""
    needs: Needs = Needs()


class Limits(NamedTuple):
    """What is limited.

    Attributes:
        most: how many runs go on at once; 0 for all.
        queues: how many of those of a queue.
        machine: what those of this machine may take together.
        host: the name of this machine.
    """

    most: int
    queues: Mapping[str, int]
    machine: Machine
    host: str = ""

    def kinds(self, wish: Wish) -> frozenset[str]:
        """The kinds of room that a run takes of what is limited.

        >>> sorted(Limits(2, {}, Machine(4, 8, ())).kinds(Wish(needs=Needs(cpu=1))))
        ['cpu', 'place']
        """
        needs = wish.needs
        taken = {
            "place": self.most > 0,
            f"queue {wish.queue}": wish.queue in self.queues,
            "cpu": needs.cpu > 0,
            "memory": needs.memory > 0,
            "gpu": bool(needs.gpus) and self.machine.gpus is not None,
        }
        return frozenset(kind for kind, is_taken in taken.items() if is_taken)

    def free_gpus(self, others: Sequence[Entry]) -> list[str]:
        """The GPUs of this machine that no run has."""
        taken = {gpu for each in others if each.host == self.host for gpu in each.gpus}
        return [gpu for gpu in self.machine.gpus or () if gpu not in taken]

    def lacking(self, wish: Wish, others: Sequence[Entry]) -> dict[str, str]:
        """What isn't there for a run now, beside the others that go on: by kind, with the numbers."""
        here = [each for each in others if each.host == self.host]
        queued = [each for each in others if each.queue == wish.queue]
        cpu, memory = self.share(wish.needs)
        free_cpu = self.machine.cpu - sum(each.cpu for each in here)
        free_memory = self.machine.memory - sum(each.memory for each in here)
        gpus, free_gpus = wish.needs.gpus or 0, len(self.free_gpus(here))
        most = self.queues.get(wish.queue, 0)
        lacks = {
            "place": (
                len(others) >= self.most,
                f"a place: {len(others)} of {self.most} runs go on (max_parallel)",
            ),
            f"queue {wish.queue}": (
                len(queued) >= most,
                f"its queue {wish.queue}: {len(queued)} of {most} runs go on",
            ),
            "cpu": (
                cpu > free_cpu + 1e-9,
                f"{cpu:g} cpus: {max(0.0, free_cpu):g} of {self.machine.cpu:g} are free",
            ),
            "memory": (
                memory > free_memory,
                f"{as_bytes(memory)} of memory: {as_bytes(max(0.0, free_memory))} of "
                f"{as_bytes(self.machine.memory)} are free",
            ),
            "gpu": (
                gpus > free_gpus,
                f"{counted(gpus, 'GPU')}: {free_gpus} of {len(self.machine.gpus or ())} are free",
            ),
        }
        kinds = self.kinds(wish)
        return {kind: told for kind, (is_lacking, told) in lacks.items() if is_lacking and kind in kinds}

    def share(self, needs: Needs) -> tuple[float, float]:
        """The cpus and bytes that a run takes: a limit beyond what the machine has means all of it."""
        return min(needs.cpu, self.machine.cpu), min(needs.memory, self.machine.memory)


def wish_of(operation: V1CompiledOperation, settings: Settings) -> Wish:
    """What the run of an operation asks for; of a queue `agent/queue` the settings may name the last part alone.

    Raises:
        InputError: the setting of queues can't be read.
    """
    queue = operation.queue or ""
    known = queue in settings.queues
    return Wish(queue if known else queue.rpartition("/")[2], needs_of_run(operation.run))


def limits_of(settings: Settings, wish: Wish) -> Limits:
    """What is limited for a run that asks for `wish`.

    Raises:
        InputError: a setting can't be read.
    """
    needs = wish.needs
    machine = _NOTHING if needs.is_nothing else machine_of(settings, wants_gpus=bool(needs.gpus))
    return Limits(settings.max_parallel, settings.queues, machine, this_process().host)
