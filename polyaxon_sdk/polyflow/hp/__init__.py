"""The values that a search may give to one input (semantics 1.15)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, TypeAlias

from polyaxon_sdk.polyflow.kinds import Kinds

if TYPE_CHECKING:
    from polyaxon_sdk.polyflow.hp.choices import V1HpChoice, V1HpPChoice
    from polyaxon_sdk.polyflow.hp.dates import V1HpDateRange, V1HpDateTimeRange
    from polyaxon_sdk.polyflow.hp.normal import V1HpLogNormal, V1HpNormal, V1HpQLogNormal, V1HpQNormal
    from polyaxon_sdk.polyflow.hp.spaces import V1HpGeomSpace, V1HpLinSpace, V1HpLogSpace, V1HpRange
    from polyaxon_sdk.polyflow.hp.uniform import V1HpLogUniform, V1HpQLogUniform, V1HpQUniform, V1HpUniform

    HyperParam: TypeAlias = (
        V1HpChoice
        | V1HpPChoice
        | V1HpRange
        | V1HpLinSpace
        | V1HpLogSpace
        | V1HpGeomSpace
        | V1HpDateRange
        | V1HpDateTimeRange
        | V1HpUniform
        | V1HpQUniform
        | V1HpLogUniform
        | V1HpQLogUniform
        | V1HpNormal
        | V1HpQNormal
        | V1HpLogNormal
        | V1HpQLogNormal
    )
else:
    HyperParam = Annotated[
        object,
        Kinds(
            choice="V1HpChoice",
            pchoice="V1HpPChoice",
            range="V1HpRange",
            linspace="V1HpLinSpace",
            logspace="V1HpLogSpace",
            geomspace="V1HpGeomSpace",
            daterange="V1HpDateRange",
            datetimerange="V1HpDateTimeRange",
            uniform="V1HpUniform",
            quniform="V1HpQUniform",
            loguniform="V1HpLogUniform",
            qloguniform="V1HpQLogUniform",
            normal="V1HpNormal",
            qnormal="V1HpQNormal",
            lognormal="V1HpLogNormal",
            qlognormal="V1HpQLogNormal",
        ),
    ]

__all__ = ["HyperParam"]
