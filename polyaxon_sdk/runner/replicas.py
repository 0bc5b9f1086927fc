"""The replicas that a distributed run is made of (semantics 1.9)."""

from __future__ import annotations

from typing import Literal, NamedTuple

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyflow import V1Container, V1KFReplica
from polyaxon_sdk.polyflow.recognition import is_replica

__all__ = ["GROUPS", "Replica", "groups_of", "is_distributed", "replicas_of"]

GROUPS = {
    "tfjob": ("chief", "ps", "worker", "evaluator"),
    "pytorchjob": ("master", "worker"),
    "mpijob": ("launcher", "worker"),
}
"""The groups of each kind, in the order in which its operator counts them."""

RestartPolicy = Literal["Always", "OnFailure", "Never", "ExitCode"]


class Replica(NamedTuple):
    """One process of a distributed run.

    Attributes:
        group: `master`, `worker` and the like.
        number: which one of its group, from 0.
        pod: what the group is made of.
        container: that of the group, which has a command.
    """

    group: str
    number: int
    pod: V1KFReplica
    container: V1Container

    @property
    def name(self) -> str:
        """By which its output goes: `worker-0`."""
        return f"{self.group}-{self.number}"

    @property
    def restarts(self) -> RestartPolicy:
        """When it is started again, where it ends; by default it is not."""
        policy = getattr(self.pod.environment, "restart_policy", None)
        found = getattr(policy, "value", policy)
        return found if found in ("Always", "OnFailure", "ExitCode") else "Never"


def is_distributed(run: object) -> bool:
    """Whether a runtime is several replicas that this machine can carry out.

    >>> is_distributed(None)
    False
    """
    return getattr(run, "kind", None) in GROUPS


def groups_of(run: object) -> dict[str, V1KFReplica]:
    """The groups of a runtime that are there, in order."""
    names = GROUPS[str(getattr(run, "kind", None))]
    found = {name: getattr(run, name) for name in names}
    return {name: group for name, group in found.items() if is_replica(group) and _count(group) > 0}


def replicas_of(run: object) -> list[Replica]:
    """The processes of a distributed runtime, in the order of its groups; of MPI the launcher, which starts the others.

    Raises:
        InputError: there are none, or less, or one has no command.

    >>> from polyaxon_sdk.polyflow import V1PytorchJob
    >>> pod = V1KFReplica(replicas=2, container=V1Container(command=["true"]))
    >>> [replica.name for replica in replicas_of(V1PytorchJob(worker=pod))]
    ['worker-0', 'worker-1']
    """
    kind = str(getattr(run, "kind", None))
    for name in GROUPS[kind]:
        if is_replica(group := getattr(run, name)) and _count(group) < 0:
            raise InputError(
                f"{group.replicas} is not allowed", path=f"run.{name}.replicas", expected="0 or more"
            )
    groups = groups_of(run)
    if kind == "mpijob":
        if "launcher" not in groups:
            raise InputError(
                "nothing starts the processes", path="run.launcher", expected="a command: mpirun …"
            )
        groups = {"launcher": groups["launcher"]}
    found = [
        Replica(name, index, group, _container(name, group))
        for name, group in groups.items()
        for index in range(_count(group))
    ]
    if not found:
        raise InputError("no replicas", path="run", expected=" or ".join(GROUPS[kind]))
    return found


def _count(group: V1KFReplica) -> int:
    return group.replicas if isinstance(group.replicas, int) else 1


def _container(name: str, group: V1KFReplica) -> V1Container:
    container = group.container
    if container is None or not (container.command or container.args):
        raise InputError(
            "no command: what an image runs by itself isn't known here",
            path=f"run.{name}.container",
            expected="command",
        )
    return container
