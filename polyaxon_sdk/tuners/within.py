"""Which values a search could suggest."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256

from polyaxon_sdk.polyflow import V1Mapping, V1Matrix, V1Operation, write
from polyaxon_sdk.tuners.history import places_of
from polyaxon_sdk.tuners.lines import lines_of
from polyaxon_sdk.tuners.trials import key_of

__all__ = ["is_within", "space_of"]


def space_of(matrix: V1Matrix) -> str:
    """What tells the space of a search from others: a hash of its params.

    Args:
        matrix: with its templates resolved.

    >>> from polyaxon_sdk.polyflow import V1GridSearch, V1HpChoice
    >>> one, other = (V1GridSearch(params={"rate": V1HpChoice(value=[rate])}) for rate in (0.1, 0.2))
    >>> space_of(one) == space_of(other)
    False
    """
    written = write(V1Operation(matrix=matrix))["matrix"]
    assert isinstance(written, dict)
    space = {name: written.get(name) for name in ("params", "values")}
    return sha256(json.dumps(space, sort_keys=True, default=str).encode()).hexdigest()[:16]


def is_within(matrix: V1Matrix, values: Mapping[str, object]) -> bool:
    """Whether a search could suggest some values; how much a run may spend is no matter.

    Args:
        matrix: with its templates resolved.

    Raises:
        SpecError: a param of it has no values.

    >>> from polyaxon_sdk.polyflow import V1GridSearch, V1HpChoice
    >>> search = V1GridSearch(params={"rate": V1HpChoice(value=[0.1])})
    >>> is_within(search, {"rate": 0.1}), is_within(search, {"rate": 0.2})
    (True, False)
    """
    if isinstance(matrix, V1Mapping):
        each = matrix.values if isinstance(matrix.values, list) else []
        return key_of(values) in {key_of(one) for one in each}
    resource = getattr(matrix, "resource", None)
    given = {name: value for name, value in values.items() if resource is None or name != resource.name}
    params = matrix.params if isinstance(matrix.params, dict) else {}
    return given.keys() == params.keys() and places_of(lines_of(params), given) is not None
