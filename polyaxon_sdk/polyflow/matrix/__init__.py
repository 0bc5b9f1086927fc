"""Searches: one operation, many runs (semantics 1.15)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, TypeAlias

from polyaxon_sdk.polyflow.kinds import Kinds

if TYPE_CHECKING:
    from polyaxon_sdk.polyflow.matrix.asha import V1Asha
    from polyaxon_sdk.polyflow.matrix.bayes import V1Bayes
    from polyaxon_sdk.polyflow.matrix.grid import V1GridSearch
    from polyaxon_sdk.polyflow.matrix.hyperband import V1Hyperband
    from polyaxon_sdk.polyflow.matrix.iterative import V1Iterative
    from polyaxon_sdk.polyflow.matrix.mapping import V1Mapping
    from polyaxon_sdk.polyflow.matrix.random import V1RandomSearch
    from polyaxon_sdk.polyflow.matrix.tpe import V1TPE

    V1Matrix: TypeAlias = (
        V1Mapping | V1GridSearch | V1RandomSearch | V1Hyperband | V1Bayes | V1TPE | V1Iterative | V1Asha
    )
else:
    V1Matrix = Annotated[
        object,
        Kinds(
            mapping="V1Mapping",
            grid="V1GridSearch",
            random="V1RandomSearch",
            hyperband="V1Hyperband",
            bayes="V1Bayes",
            tpe="V1TPE",
            iterative="V1Iterative",
            asha="V1Asha",
        ),
    ]

__all__ = ["V1Matrix"]
