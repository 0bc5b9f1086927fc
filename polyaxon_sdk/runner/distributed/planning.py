"""What the replicas of a run are on this machine: processes that find each other at ports of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from polyaxon_sdk.polyflow import V1CompiledOperation, V1Container, V1MPIJob, V1PytorchJob, V1TFJob
from polyaxon_sdk.runner.distributed import mpi, pytorch, tensorflow
from polyaxon_sdk.runner.distributed.crew import Crew, crew_of
from polyaxon_sdk.runner.executors.executor import Task
from polyaxon_sdk.runner.inits.step import Step
from polyaxon_sdk.runner.inits.written import WriteStep
from polyaxon_sdk.runner.replicas import Replica, replicas_of
from polyaxon_sdk.runner.services.ports import Ports
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.settings import inherited

__all__ = ["Assembled", "assemble"]

_PYTORCH, _TENSORFLOW = 23456, 2222
"""The ports that the operators take, where they are free."""

_HOSTS = "contexts/hosts"
"""The file of hosts within a run."""


class Assembled(NamedTuple):
    """The processes of a distributed run, and what they need.

    Attributes:
        ports: held for them until they start.
        steps: what is put in place before.
    """

    crew: Crew
    ports: Ports | None
    steps: tuple[Step, ...]


def assemble(
    operation: V1CompiledOperation, folder: RunFolder, task_of: Callable[[V1Container], Task]
) -> Assembled:
    """Work out the processes of a distributed operation; nothing is started.

    Args:
        folder: where the run will lie.
        task_of: the process that a container of it is.

    Raises:
        InputError: it has no replicas, one of them has no command, or there is no MPI.
    """
    run, replicas = operation.run, replicas_of(operation.run)
    ports, steps = None, tuple[Step, ...]()
    told: list[dict[str, str]] = [{} for _ in replicas]
    if isinstance(run, V1PytorchJob):
        ports = Ports.reserve([_PYTORCH])
        told = pytorch.environments(run, replicas, port=ports.numbers[0], uuid=folder.uuid)
    elif isinstance(run, V1TFJob):
        ports = Ports.reserve([_TENSORFLOW] * len(replicas))
        told = tensorflow.environments(run, replicas, ports=ports.numbers)
    elif isinstance(run, V1MPIJob):
        hosts = folder.path / _HOSTS
        steps = (WriteStep(target=hosts, text=mpi.hosts_of(run)),)
        told = [mpi.environment(hosts) for _ in replicas]
    tasks = {
        replica.name: _named(task_of(replica.container), replica, folder, added)
        for replica, added in zip(replicas, told, strict=True)
    }
    if isinstance(run, V1MPIJob):
        mpi.check_mpi(inherited(tasks[replicas[0].name].environment).get("PATH"))
    return Assembled(crew_of(operation, replicas, tasks), ports, steps)


def _named(task: Task, replica: Replica, folder: RunFolder, added: dict[str, str]) -> Task:
    """The task of a replica; what its operator tells it goes before what it says itself."""
    return task._replace(
        environment={**task.environment, **added},
        output=folder.journal / f"{replica.name}.out",
        replica=replica.name,
    )
