"""V1RayCluster: a Ray cluster, and what runs on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from attrs import frozen

from polyaxon_sdk.polyflow.documentation import documented

if TYPE_CHECKING:
    from polyaxon_sdk.polyflow.kubernetes import AutoscalerOptions
    from polyaxon_sdk.polyflow.run.replica import V1RayReplica
    from polyaxon_sdk.polyflow.templates import Template

__all__ = ["V1RayCluster"]


@documented
@frozen(kw_only=True)
class V1RayCluster:
    """A Ray cluster, and what runs on it (semantics 1.9).

    Args:
        entrypoint: the command; default: the cluster waits for work.
        runtime_env: packages and variables for the workers; default none.
        metadata: handed to Ray; default none.
        ray_version: of the cluster; default: that of its image.
        head: the pod that gives out work; default none.
        workers: the groups of pods that work, by name; default none.
        enable_in_tree_autoscaling: let Ray start and end workers; default false.
        autoscaler_options: settings of Ray's autoscaler; default none.

    >>> from polyaxon_sdk.polyflow import V1RayReplica
    >>> V1RayCluster(entrypoint="python train.py", head=V1RayReplica()).kind
    'raycluster'
    """

    kind: ClassVar[str] = "raycluster"

    entrypoint: str | None = None
    runtime_env: dict[str, object] | Template | None = None
    metadata: dict[str, str] | Template | None = None
    ray_version: str | None = None
    head: V1RayReplica | Template | None = None
    workers: dict[str, V1RayReplica | Template] | None = None
    enable_in_tree_autoscaling: bool | Template | None = None
    autoscaler_options: AutoscalerOptions | Template | None = None
