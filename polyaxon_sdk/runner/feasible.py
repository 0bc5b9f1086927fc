"""What one local process carries out of an operation, and what it can't."""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping, Sequence

from attrs import evolve

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyflow import V1CompiledOperation, V1Container, V1Environment, V1Job, V1Termination
from polyaxon_sdk.polyflow.recognition import is_dag, is_service
from polyaxon_sdk.runner.replicas import GROUPS, groups_of, is_distributed, replicas_of
from polyaxon_sdk.runner.room.needs import uncounted

__all__ = ["containers_of", "ignored", "is_pipeline"]

_KINDS = ("job", "service", *GROUPS)
_TAG = re.compile(r"(:[^/:@]*)?(@.*)?$")


def is_pipeline(compiled: V1CompiledOperation) -> bool:
    """Whether it is carried out as other runs: it is on a schedule, a search or a dag.

    >>> is_pipeline(V1CompiledOperation())
    False
    """
    return compiled.schedule is not None or compiled.matrix is not None or is_dag(compiled.run)


def containers_of(compiled: V1CompiledOperation, images: Mapping[str, str]) -> list[V1Container]:
    """The container of an operation that is one job and can start at once; of a distributed one that of each group.

    Args:
        images: what images run by themselves, by their names.

    Raises:
        InputError: it asks for more, which leaving out would change what the run does; the field is named.
    """
    job = compiled.run
    kind = getattr(job, "kind", "nothing")
    if kind not in _KINDS:
        raise InputError(f"{kind} can't run here", path="run.kind", expected=" or ".join(_KINDS))
    _check_single(compiled)
    if not isinstance(job, V1Job):
        return list({each.group: each.container for each in replicas_of(job)}.values())
    container = job.container and _with_command(job.container, images)
    if container is None or not (container.command or container.args):
        raise InputError(
            "no command: what an image runs by itself isn't known here",
            path="run.container",
            expected="command, or the setting image_commands",
        )
    return [container]


def _with_command(container: V1Container, images: Mapping[str, str]) -> V1Container:
    """A container whose image brings the command that it has not."""
    image = container.image
    if container.command or not isinstance(image, str):
        return container
    found = images.get(image) or images.get(_TAG.sub("", image))
    return evolve(container, command=[*shlex.split(found)]) if found else container


def _check_single(compiled: V1CompiledOperation) -> None:
    more = {
        "matrix": compiled.matrix,
        "joins": compiled.joins,
        "schedule": compiled.schedule,
        "events": compiled.events,
        "conditions": compiled.conditions,
    }
    for field, value in more.items():
        if value is not None:
            raise InputError(
                "not carried out here: a local run is one job that starts at once",
                path=field,
                expected=f"an operation without {field}",
            )


def ignored(
    compiled: V1CompiledOperation, containers: Sequence[V1Container], *, builds: bool = False
) -> list[str]:
    """A line that names what a local process has no use for; no line where there is nothing such.

    Args:
        builds: whether its build is carried out.
    """
    named = list(dict.fromkeys(f"image {each.image!r}" for each in containers if each.image))
    pods = [*groups_of(compiled.run).values()] if is_distributed(compiled.run) else [compiled.run]
    fields = {
        "resources": any(uncounted(each) for each in containers),
        "environment": any(_places(getattr(pod, "environment", None)) for pod in pods),
        **{
            name: any(getattr(pod, name, None) for pod in pods)
            for name in ("volumes", "sidecars", "connections")
        },
        "schedulingPolicy": getattr(compiled.run, "scheduling_policy", None),
        **{name: getattr(compiled, name) for name in _UNUSED},
        "build": None if builds else compiled.build,
        **{f"termination.{name}": value for name, value in _of_clusters(compiled).items()},
    }
    named += [name for name, value in fields.items() if value]
    return [f"ignored, since the command runs here as a process: {', '.join(named)}"] if named else []


def _places(environment: object) -> bool:
    """Whether it says more than when a replica is started again, which holds here too."""
    bare = evolve(environment, restart_policy=None) if isinstance(environment, V1Environment) else environment
    return bool(bare) and bare != V1Environment()


_UNUSED = ("namespace", "plugins", "mount")


def _of_clusters(compiled: V1CompiledOperation) -> dict[str, object]:
    """What of the termination means nothing to a process; that a service is used is looked at."""
    found = compiled.termination
    if not isinstance(found, V1Termination):
        return {}
    idle = {} if is_service(compiled.run) else {"culling": found.culling, "probe": found.probe}
    return {**idle, "podFailurePolicy": found.pod_failure_policy}
