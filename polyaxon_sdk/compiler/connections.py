"""The connections that a run may use, as templates and init steps see them (semantics 1.18 and 2.2)."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import evolve, field, frozen

from polyaxon_sdk.polyflow import V1Connection, V1Init, V1Job, write
from polyaxon_sdk.polyflow.run.replica import V1KFReplica

__all__ = ["Connections", "with_store"]

_STORED = frozenset({"artifacts", "paths", "tensorboard", "lineage_ref", "model_ref", "artifact_ref"})
"""The sources of init steps that are read from the artifacts store where no connection is named."""


@frozen(kw_only=True)
class Connections:
    """What is configured where the run will be.

    Args:
        known: the connections by name.
        store: the name of the artifacts store.

    >>> Connections(store="artifacts").as_dict()
    {}
    """

    known: Mapping[str, V1Connection] = field(factory=dict)
    store: str | None = None

    def as_dict(self) -> dict[str, object]:
        """Each connection's schema by its name, as `{{ connections.NAME.url }}` needs it."""
        return {
            name: one.schema if isinstance(one.schema, dict) else write(one.schema)
            for name, one in self.known.items()
            if one.schema is not None
        }


def with_store(job: V1Job | V1KFReplica, store: str | None) -> list[V1Init] | str | None:
    """The init steps of a job, each that reads the artifacts store with its name.

    >>> from polyaxon_sdk.polyflow import V1ArtifactsType
    >>> job = V1Job(init=[V1Init(artifacts=V1ArtifactsType(files=["a"]))])
    >>> with_store(job, "artifacts")[0].connection
    'artifacts'
    """
    if store is None or not isinstance(job.init, list):
        return job.init
    return [
        evolve(one, connection=store) if one.connection is None and one.source in _STORED else one
        for one in job.init
    ]
