"""V1Environment: where and how the pods of a run are placed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from attrs import field, frozen

from polyaxon_sdk.polyflow.documentation import documented

if TYPE_CHECKING:
    from polyaxon_sdk.polyflow.kubernetes import Affinity, DnsConfig, HostAlias, SecurityContext, Toleration
    from polyaxon_sdk.polyflow.lenient import Text, Whole

__all__ = ["V1Environment"]


@documented
@frozen(kw_only=True)
class V1Environment:
    """Settings of the Kubernetes pod (semantics 1.10).

    The keys of inner mappings are checked, what these hold stays as it is written; a run on this machine has no pod
    and leaves them aside.

    Args:
        labels: words on the pod, by which a cluster's own tools find it; default none.
        annotations: notes on the pod, for a cluster's own tools; default none.
        node_selector: labels that a node must have; default: any node.
        affinity: rules for nodes and for pods beside it; default none.
        tolerations: `{key, operator, value, effect}` each: taints of nodes that it puts up with; default none.
        node_name: the one node that it goes to; default: the scheduler finds one.
        service_account_name: the account that it acts as; default: the agent's own.
        host_aliases: `{ip, hostnames}` each: further lines of its hosts file; default none.
        security_context: the pod's user, group and rights; default: the cluster's.
        image_pull_secrets: names of secrets with which images are fetched; default: the agent's own.
        host_network: whether it shares the node's network; default false.
        host_pid: whether it sees the node's processes; default false.
        dns_policy: `Default`, `ClusterFirst`, `ClusterFirstWithHostNet` or `None`; default `ClusterFirst`.
        dns_config: `{nameservers, searches, options}`, beside those of the policy; default none.
        scheduler_name: which scheduler places it; default: the cluster's.
        priority_class_name: the name of its priority; default: the cluster's.
        priority: its priority as a number, the more the sooner; default: that of its class.
        restart_policy: when an ended container starts again; default `Never`.

    >>> V1Environment(node_selector={"pool": "gpu"}, priority=10).node_selector
    {'pool': 'gpu'}
    """

    labels: dict[str, Text] | None = None
    annotations: dict[str, Text] | None = None
    node_selector: dict[str, Text] | None = None
    affinity: Affinity | None = None
    tolerations: list[Toleration] | None = None
    node_name: str | None = None
    service_account_name: str | None = None
    host_aliases: list[HostAlias] | None = None
    security_context: SecurityContext | None = None
    image_pull_secrets: list[str] | None = None
    host_network: bool | None = None
    host_pid: bool | None = field(default=None, metadata={"name": "hostPID"})
    dns_policy: str | None = None
    dns_config: DnsConfig | None = None
    scheduler_name: str | None = None
    priority_class_name: str | None = None
    priority: Whole | None = None
    restart_policy: Literal["Always", "OnFailure", "Never", "ExitCode"] | None = None
