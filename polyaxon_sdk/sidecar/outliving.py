"""Whether a sidecar outlives its script, and how long the end of the script waits where it doesn't."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress

from polyaxon_sdk.settings import Settings, inherited

__all__ = ["end_of_all", "patience"]

_GRACE = 30.0
"""Seconds from the request to end until all is killed: by default so many in Kubernetes and in Slurm."""

_SIGNS = {
    "Kubernetes": ("KUBERNETES_SERVICE_HOST",),
    "Slurm": ("SLURM_JOB_ID",),
    "PBS": ("PBS_JOBID",),
    "LSF": ("LSB_JOBID",),
    "Ray": ("RAY_JOB_ID", "RAY_RAYLET_PID", "RAY_JOB_CONFIG_JSON_ENV_VAR"),
    "continuous integration": ("CI", "TF_BUILD", "JENKINS_URL", "TEAMCITY_VERSION"),
}
"""Variables that are set by what ends every process of a job with the job's own."""

_MARKS = ("/.dockerenv", "/run/.containerenv")
_GROUPS = ("docker", "kubepods", "containerd", "libpod", "lxc")
_UNSET = frozenset({"", "0", "false"})


def patience(settings: Settings) -> float:
    """Seconds that the end of a script waits until its run is shipped; 0 where its sidecar outlives it.

    A setting that is no number counts as none: the sidecar tells of it, and the script goes on.
    """
    wanted = settings.usable("ship_wait")[0].ship_wait
    if wanted is not None:
        return wanted
    return _GRACE if end_of_all(inherited({}), pid=os.getpid(), parent=os.getppid()) else 0.0


def end_of_all(environ: Mapping[str, str], *, pid: int, parent: int, root: str = "/") -> str:
    """What ends all processes here with this one; nothing where a process may outlive it.

    Args:
        environ: the environment of the process.
        pid: its number.
        parent: that of its parent.
        root: the folder that the marks of containers are looked for in.

    >>> end_of_all({"SLURM_JOB_ID": "12"}, pid=4000, parent=3999)
    'Slurm'
    """
    for name, signs in _SIGNS.items():
        if any(environ.get(sign, "").lower() not in _UNSET for sign in signs):
            return name
    if pid == 1 or (parent == 1 and _is_contained(environ, root)):
        return "a container"
    return ""


def _is_contained(environ: Mapping[str, str], root: str) -> bool:
    """Whether the first process is that of a container, and not the machine's."""
    if environ.get("container") or any(os.path.exists(root + mark[1:]) for mark in _MARKS):
        return True
    with suppress(OSError), open(f"{root}proc/1/cgroup", encoding="utf-8") as file:
        groups = file.read()
        return any(group in groups for group in _GROUPS)
    return False
