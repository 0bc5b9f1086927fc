"""V1Dag: operations that wait for one another."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from attrs import field, frozen

from polyaxon_sdk.polyflow.bounds import positive
from polyaxon_sdk.polyflow.documentation import documented

if TYPE_CHECKING:
    from polyaxon_sdk.polyflow.component import V1Component
    from polyaxon_sdk.polyflow.early_stopping import EarlyStopping
    from polyaxon_sdk.polyflow.environment import V1Environment
    from polyaxon_sdk.polyflow.kubernetes import Volume
    from polyaxon_sdk.polyflow.lenient import Whole
    from polyaxon_sdk.polyflow.operation import V1Operation
    from polyaxon_sdk.polyflow.templates import Template

__all__ = ["V1Dag"]


@documented
@frozen(kw_only=True)
class V1Dag:
    """Operations and the components they share (semantics 1.17).

    Args:
        operations: each with a name of its own; default none.
        components: what `dagRef` names; default none.
        environment: of every operation that doesn't say otherwise; default: as the cluster does.
        connections: names of connections, for every operation; default none.
        volumes: Kubernetes volumes, for every operation; default none.
        concurrency: how many run at once; default: all that can.
        early_stopping: when all of it stops: `V1MetricEarlyStopping`, `V1FailureEarlyStopping`;
            default: never before its end.

    >>> V1Dag(operations=[]).kind
    'dag'
    """

    kind: ClassVar[str] = "dag"

    operations: list[V1Operation] | None = None
    components: list[V1Component] | None = None
    environment: V1Environment | Template | None = None
    connections: list[str] | Template | None = None
    volumes: list[Volume] | None = None
    concurrency: Whole | Template | None = field(default=None, validator=positive)
    early_stopping: list[EarlyStopping] | Template | None = None
