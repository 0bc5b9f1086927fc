"""What a run asks of the machine that it runs on: cpus, memory, GPUs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from polyaxon_sdk.polyflow import SpecError, V1Container
from polyaxon_sdk.polyflow.resources import amount_of
from polyaxon_sdk.runner.replicas import is_distributed, replicas_of

__all__ = ["Needs", "needs_of", "needs_of_run", "uncounted"]

_GPU = "/gpu"
"""How the devices end that count as GPUs: `nvidia.com/gpu`, `amd.com/gpu`."""

_COUNTED = ("cpu", "memory")


class Needs(NamedTuple):
    """What a run takes while it goes on; 0 of what it doesn't say.

    Attributes:
        cpu: cpus, such as 0.5.
        memory: bytes.
        gpus: None where nothing is said of them.
        least: what of cpu and memory it can't do without: what is requested, not merely the limit.
    """

    cpu: float = 0.0
    memory: float = 0.0
    gpus: int | None = None
    least: tuple[float, float] = (0.0, 0.0)

    @property
    def is_nothing(self) -> bool:
        """Whether it is satisfied everywhere."""
        return not self.cpu and not self.memory and not self.gpus


def needs_of(container: V1Container | None) -> Needs:
    """What a container's `resources` ask for: the limit, else what is requested; templates count for nothing.

    >>> needs_of(V1Container(resources={"limits": {"cpu": "500m", "memory": "1Gi", "nvidia.com/gpu": 2}}))
    Needs(cpu=0.5, memory=1073741824.0, gpus=2, least=(0.0, 0.0))
    """
    resources = container.resources if container is not None else None
    sides = resources if isinstance(resources, Mapping) else {}
    limits, requests = (_amounts(sides.get(side)) for side in ("limits", "requests"))
    whole = {**requests, **limits}
    devices = [amount for name, amount in whole.items() if name.endswith(_GPU)]
    return Needs(
        cpu=whole.get("cpu", 0.0),
        memory=whole.get("memory", 0.0),
        gpus=int(sum(devices)) if devices else None,
        least=(requests.get("cpu", 0.0), requests.get("memory", 0.0)),
    )


def needs_of_run(run: object) -> Needs:
    """What all that a runtime starts at once asks for.

    >>> needs_of_run(None).is_nothing
    True
    """
    if not is_distributed(run):
        return needs_of(getattr(run, "container", None))
    found = [needs_of(replica.container) for replica in replicas_of(run)]
    gpus = [needs.gpus for needs in found if needs.gpus is not None]
    return Needs(
        cpu=sum(needs.cpu for needs in found),
        memory=sum(needs.memory for needs in found),
        gpus=sum(gpus) if gpus else None,
        least=(sum(needs.least[0] for needs in found), sum(needs.least[1] for needs in found)),
    )


def uncounted(container: V1Container) -> list[str]:
    """The resources of a container that mean nothing to `needs_of`.

    >>> uncounted(V1Container(resources={"limits": {"cpu": 1, "google.com/tpu": 8}}))
    ['google.com/tpu']
    """
    resources = container.resources if isinstance(container.resources, Mapping) else {}
    names = {str(name) for side in resources.values() for name in (side if isinstance(side, Mapping) else ())}
    return sorted(name for name in names if name not in _COUNTED and not name.endswith(_GPU))


def _amounts(side: object) -> dict[str, float]:
    found = {}
    for name, text in side.items() if isinstance(side, Mapping) else ():
        try:
            found[str(name)] = amount_of(str(name), text)
        except SpecError:
            continue  # a form of Kubernetes that isn't counted here, or a template
    return found
