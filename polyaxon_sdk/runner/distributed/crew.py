"""How the processes of a distributed run belong together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from attrs import evolve, frozen

from polyaxon_sdk.polyflow import V1CompiledOperation, V1Termination, V1TFJob
from polyaxon_sdk.runner.executors.executor import Exit, Task
from polyaxon_sdk.runner.replicas import Replica
from polyaxon_sdk.runner.room.machine import visible
from polyaxon_sdk.runner.room.needs import needs_of

__all__ = ["Crew", "Member", "crew_of"]

_RESTARTS = 6
"""How often replicas are started again where `maxRetries` says nothing, as for jobs of Kubernetes."""

_SIGNALLED = 128
"""Exit codes from here on stand for a signal, which may not come again."""


class Member(NamedTuple):
    """One process of a distributed run, ready to be started."""

    replica: Replica
    task: Task

    def comes_again(self, ended: Exit) -> bool:
        """Whether its restart policy starts it again, where it ended like this (semantics 1.10)."""
        if ended.succeeded or self.replica.restarts == "Never":
            return False
        code = ended.code
        return self.replica.restarts != "ExitCode" or code is None or code >= _SIGNALLED


@frozen
class Crew:
    """The processes of a distributed run, and when they have done their work.

    Args:
        members: in order; the first one leads.
        deciding: the names of those whose success is that of the run.
        leaves_others: whether the others go on to their end once it has succeeded, else they are ended.
        restarts: how often replicas are started again, all of them together.
    """

    members: tuple[Member, ...]
    deciding: frozenset[str]
    leaves_others: bool
    restarts: int

    @property
    def tasks(self) -> list[Task]:
        """Their processes."""
        return [member.task for member in self.members]

    def with_tasks(self, tasks: Sequence[Task]) -> Crew:
        """The same with other processes, in the same order."""
        members = zip(self.members, tasks, strict=True)
        return evolve(self, members=tuple(Member(member.replica, task) for member, task in members))

    def at(self, gpus: Sequence[str], held: tuple[int, ...]) -> Crew:
        """The same with GPUs of its own for each that asks for some.

        Args:
            gpus: those that the run was given.
            held: descriptors that all keep open.
        """
        left, found = [*gpus], []
        for replica, task in self.members:
            needs = needs_of(replica.container)
            own, left = tuple(left[: needs.gpus or 0]), left[needs.gpus or 0 :]
            environment = {
                **visible(own, needs),
                **task.environment,
            }  # what the container itself says is first
            found.append(Member(replica, task._replace(environment=environment, held=held)))
        return evolve(self, members=tuple(found))

    @property
    def restarts_itself(self) -> bool:
        """Whether replicas are started again one by one, rather than the run as a whole."""
        return any(member.replica.restarts != "Never" for member in self.members)


def crew_of(operation: V1CompiledOperation, replicas: Sequence[Replica], tasks: Mapping[str, Task]) -> Crew:
    """The processes of an operation, with the rules of its operator.

    Args:
        replicas: of the operation, in order.
        tasks: the process of each, by its name.
    """
    run, found = operation.run, operation.termination
    kind = str(getattr(run, "kind", None))
    policy = getattr(run, "clean_pod_policy", None)
    word = getattr(policy, "value", policy)
    retries = found.max_retries if isinstance(found, V1Termination) else None
    return Crew(
        members=tuple(Member(each, tasks[each.name]) for each in replicas),
        deciding=frozenset(each.name for each in _deciding(run, replicas)),
        leaves_others=kind == "pytorchjob" if word is None else word == "None",
        restarts=max(0, retries) if isinstance(retries, int) else _RESTARTS,
    )


def _deciding(run: object, replicas: Sequence[Replica]) -> Sequence[Replica]:
    """Chief, master or launcher; else all workers, of TensorFlow the first unless all are asked for."""
    leaders = [each for each in replicas if each.group in ("chief", "master", "launcher")]
    workers = [each for each in replicas if each.group == "worker"]
    if leaders or not workers:
        return leaders or replicas
    first_alone = isinstance(run, V1TFJob) and run.success_policy != "AllWorkers"
    return workers[:1] if first_alone else workers
