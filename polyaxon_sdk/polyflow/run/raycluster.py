"""V1RayCluster: a Ray cluster, and what runs on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from attrs import frozen

if TYPE_CHECKING:
    from polyaxon_sdk.polyflow.run.replica import V1RayReplica
    from polyaxon_sdk.polyflow.templates import Template

__all__ = ["V1RayCluster"]


@frozen(kw_only=True)
class V1RayCluster:
    """A Ray cluster, and what runs on it (semantics 1.9).

    Args:
        entrypoint: the command; without one the cluster waits for work.
        runtime_env: packages and variables for the workers.
        metadata: handed to Ray.
        ray_version: of the cluster.
        head, workers: the groups of pods, workers by name.
        enable_in_tree_autoscaling, autoscaler_options: of Ray's own autoscaler.

    >>> from polyaxon_sdk.polyflow import V1RayReplica
    >>> V1RayCluster(entrypoint="python train.py", head=V1RayReplica()).kind
    'raycluster'
    """

    kind: ClassVar[str] = "raycluster"

    entrypoint: str | None = None
    runtime_env: dict[str, object] | Template | None = None
    metadata: dict[str, object] | Template | None = None
    ray_version: str | None = None
    head: V1RayReplica | None = None
    workers: dict[str, V1RayReplica] | None = None
    enable_in_tree_autoscaling: bool | Template | None = None
    autoscaler_options: dict[str, object] | Template | None = None
