"""What a decorator was told beside its function."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

__all__ = ["Options"]


class Options(NamedTuple):
    """What the decorator was told beside the function."""

    name: str | None = None
    description: str | None = None
    tags: Sequence[str] = ()
    image: str | None = None
    env: Mapping[str, str] = {}
