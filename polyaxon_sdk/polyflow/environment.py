"""V1Environment: where and how the pods of a run are placed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from attrs import field, frozen

if TYPE_CHECKING:
    from polyaxon_sdk.polyflow.templates import Template

__all__ = ["V1Environment"]


@frozen(kw_only=True)
class V1Environment:
    """Settings of the Kubernetes pod (semantics 1.10).

    Args:
        labels, annotations, node_selector: mappings of texts.
        restart_policy: what happens when the container ends; default `Never`.

    The other fields are those of the Kubernetes documentation.

    >>> V1Environment(node_selector={"pool": "gpu"}).node_selector
    {'pool': 'gpu'}
    """

    labels: dict[str, object] | Template | None = None
    annotations: dict[str, object] | Template | None = None
    node_selector: dict[str, object] | Template | None = None
    affinity: dict[str, object] | Template | None = None
    tolerations: list[dict[str, object]] | Template | None = None
    node_name: str | None = None
    service_account_name: str | None = None
    host_aliases: list[dict[str, object]] | Template | None = None
    security_context: dict[str, object] | Template | None = None
    image_pull_secrets: list[str] | Template | None = None
    host_network: bool | Template | None = None
    host_pid: bool | Template | None = field(default=None, metadata={"name": "hostPID"})
    dns_policy: str | None = None
    dns_config: dict[str, object] | Template | None = None
    scheduler_name: str | None = None
    priority_class_name: str | None = None
    priority: int | Template | None = None
    restart_policy: Literal["Always", "OnFailure", "Never", "ExitCode"] | Template | None = None
