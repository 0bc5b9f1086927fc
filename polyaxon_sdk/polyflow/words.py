"""The words that several classes choose from."""

from __future__ import annotations

from typing import Literal, TypeAlias

__all__ = ["PatchStrategy", "Trigger"]

PatchStrategy: TypeAlias = Literal["replace", "isnull", "post_merge", "pre_merge"]
"""How one specification is laid over another (semantics 1.16)."""

Trigger: TypeAlias = Literal[
    "all_succeeded", "all_failed", "all_done", "one_succeeded", "one_failed", "one_done"
]
"""Which statuses of its upstreams start an operation of a dag (semantics 1.17)."""
