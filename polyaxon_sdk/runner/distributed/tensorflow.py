"""What the operator of TensorFlow tells each of its replicas."""

from __future__ import annotations

import json
from collections.abc import Sequence

from polyaxon_sdk.polyflow import V1TFJob
from polyaxon_sdk.runner.replicas import Replica

__all__ = ["environments"]

_HOST = "127.0.0.1"


def environments(job: V1TFJob, replicas: Sequence[Replica], *, ports: Sequence[int]) -> list[dict[str, str]]:
    """`TF_CONFIG` of each replica; nothing for one that is alone. An evaluator is no part of the cluster.

    Args:
        ports: a free one for each replica.

    >>> from polyaxon_sdk.polyflow import V1Container, V1KFReplica
    >>> one = Replica("worker", 0, V1KFReplica(), V1Container(command=["true"]))
    >>> environments(V1TFJob(), [one], ports=[2222])
    [{}]
    """
    if len(replicas) == 1:
        return [{}]
    cluster: dict[str, list[str]] = {}
    for replica, port in zip(replicas, ports, strict=True):
        if replica.group != "evaluator":
            cluster.setdefault(replica.group, []).append(f"{_HOST}:{port}")
    return [{"TF_CONFIG": json.dumps(_config(job, replica, cluster))} for replica in replicas]


def _config(job: V1TFJob, replica: Replica, cluster: dict[str, list[str]]) -> dict[str, object]:
    task = {"type": replica.group, "index": replica.number}
    if job.enable_dynamic_worker:
        return {"sparseCluster": _sparse(replica, cluster), "task": task}
    return {"cluster": cluster, "task": task, "environment": "cloud"}


def _sparse(replica: Replica, cluster: dict[str, list[str]]) -> dict[str, object]:
    """What one needs to know where workers come and go: itself, and of a worker the parameter servers."""
    if replica.group == "ps":
        return {"ps": [cluster["ps"][replica.number]]}
    own = cluster.get(replica.group, [])
    itself = {str(replica.number): own[replica.number]} if replica.number < len(own) else {}
    return {replica.group: itself, "ps": cluster.get("ps", [])}
