"""What the operator of PyTorch tells each of its replicas."""

from __future__ import annotations

from collections.abc import Sequence

from polyaxon_sdk.polyflow import V1PytorchElasticPolicy, V1PytorchJob
from polyaxon_sdk.runner.replicas import Replica
from polyaxon_sdk.runner.room.needs import needs_of

__all__ = ["environments"]

_HOST = "127.0.0.1"


def environments(
    job: V1PytorchJob, replicas: Sequence[Replica], *, port: int, uuid: str
) -> list[dict[str, str]]:
    """The variables of each replica: of `torch.distributed`, and of torchrun, which reads those with PET.

    Args:
        port: a free one.
        uuid: that of the run.

    >>> from polyaxon_sdk.polyflow import V1Container, V1KFReplica
    >>> one = Replica("worker", 0, V1KFReplica(), V1Container(command=["true"]))
    >>> environments(V1PytorchJob(), [one], port=23456, uuid="")[0]["WORLD_SIZE"]
    '1'
    """
    per_node = job.n_proc_per_node
    each = per_node if isinstance(per_node, int) else 1
    shared = {
        "MASTER_ADDR": _HOST,
        "MASTER_PORT": str(port),
        "WORLD_SIZE": str(len(replicas) * each),
        **_rendezvous(job, len(replicas), port, uuid),
    }
    if per_node is not None:
        shared["PET_NPROC_PER_NODE"] = str(per_node)
    alone = per_node is None and job.elastic_policy is None
    return [
        {**shared, "RANK": str(rank), "PET_NODE_RANK": str(rank), **(_local(replicas, rank) if alone else {})}
        for rank in range(len(replicas))
    ]


def _local(replicas: Sequence[Replica], rank: int) -> dict[str, str]:
    """Which one it is of those that see the same GPUs, as torchrun says it: one with GPUs of its own is alone."""
    if needs_of(replicas[rank].container).gpus:
        return {"LOCAL_RANK": "0", "LOCAL_WORLD_SIZE": "1"}
    return {"LOCAL_RANK": str(rank), "LOCAL_WORLD_SIZE": str(len(replicas))}


def _rendezvous(job: V1PytorchJob, nodes: int, port: int, uuid: str) -> dict[str, str]:
    elastic = job.elastic_policy
    if not isinstance(elastic, V1PytorchElasticPolicy):
        return {"PET_MASTER_ADDR": _HOST, "PET_MASTER_PORT": str(port), "PET_NNODES": str(nodes)}
    least, most = (
        count if isinstance(count, int) else nodes for count in (elastic.min_replicas, elastic.max_replicas)
    )
    found = {
        "PET_NNODES": f"{least}:{most}",
        "PET_RDZV_BACKEND": elastic.rdvz_backend or "c10d",
        "PET_RDZV_ENDPOINT": f"{_HOST}:{port}",
        "PET_RDZV_ID": elastic.rdvz_id or uuid,
    }
    if isinstance(elastic.rdvz_conf, list):
        pairs = [(pair["key"], pair["value"]) for pair in elastic.rdvz_conf if isinstance(pair, dict)]
        found["PET_RDZV_CONF"] = ",".join(f"{key}={value}" for key, value in pairs)
    if elastic.max_restarts is not None:
        found["PET_MAX_RESTARTS"] = str(elastic.max_restarts)
    if elastic.n_proc_per_node is not None:
        found["PET_NPROC_PER_NODE"] = str(elastic.n_proc_per_node)
    if elastic.standalone is True:
        found["PET_STANDALONE"] = ""
    return found
