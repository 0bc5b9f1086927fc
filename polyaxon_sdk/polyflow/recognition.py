"""Telling an object's class without importing it, so that a plain job doesn't pay for dags and searches."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing_extensions import TypeIs

    from polyaxon_sdk.polyflow.join import V1JoinParam
    from polyaxon_sdk.polyflow.matrix.hyperband import V1Hyperband
    from polyaxon_sdk.polyflow.matrix.mapping import V1Mapping
    from polyaxon_sdk.polyflow.run.dag import V1Dag
    from polyaxon_sdk.polyflow.run.job import V1Job
    from polyaxon_sdk.polyflow.run.replica import V1KFReplica
    from polyaxon_sdk.polyflow.run.service import V1Service

__all__ = ["is_dag", "is_hyperband", "is_job", "is_join_param", "is_mapping", "is_replica", "is_service"]


def is_dag(value: object) -> TypeIs[V1Dag]:
    """Whether it is a V1Dag.

    >>> is_dag(None)
    False
    """
    return _is(value, "V1Dag")


def is_job(value: object) -> TypeIs[V1Job]:
    """Whether it is a V1Job, a service or one of the system's own jobs."""
    return _is(value, "V1Job")


def is_service(value: object) -> TypeIs[V1Service]:
    """Whether it is a V1Service."""
    return _is(value, "V1Service")


def is_replica(value: object) -> TypeIs[V1KFReplica]:
    """Whether it is a group of equal pods."""
    return _is(value, "V1KFReplica")


def is_mapping(value: object) -> TypeIs[V1Mapping]:
    """Whether it is a V1Mapping."""
    return _is(value, "V1Mapping")


def is_hyperband(value: object) -> TypeIs[V1Hyperband]:
    """Whether it is a V1Hyperband."""
    return _is(value, "V1Hyperband")


def is_join_param(value: object) -> TypeIs[V1JoinParam]:
    """Whether it is a V1JoinParam."""
    return _is(value, "V1JoinParam")


def _is(value: object, name: str) -> bool:
    return any(one.__name__ == name for one in type(value).__mro__)
