"""The few types that several packages share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

__all__ = ["Json", "JsonObject"]

Json: TypeAlias = "bool | int | float | str | Sequence[Json] | Mapping[str, Json] | None"
"""What a JSON document can hold."""

JsonObject: TypeAlias = "Mapping[str, Json]"
"""A JSON document whose outermost value is an object."""
