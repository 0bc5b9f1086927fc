"""What a run of a search may spend."""

from __future__ import annotations

from collections.abc import Mapping

from polyaxon_sdk.polyflow import V1OptimizationResource

__all__ = ["with_resource"]


def with_resource(
    resource: V1OptimizationResource | None, values: Mapping[str, object], amount: float
) -> dict[str, object]:
    """Values of a run, and how much it may spend; a fraction of an epoch would be none.

    >>> with_resource(V1OptimizationResource(name="epochs", type="int"), {"rate": 0.1}, 3.7)
    {'rate': 0.1, 'epochs': 3}
    """
    if resource is None:
        return dict(values)
    given = float(amount) if resource.type == "float" else max(1, int(amount + 1e-9))
    return {**values, resource.name: given}
