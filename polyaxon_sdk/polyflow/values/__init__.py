"""The types of inputs and outputs: what each accepts and what it makes of it (semantics 1.5)."""

from __future__ import annotations

from polyaxon_sdk.polyflow.values.parsing import TYPES, canonical, check_type, parse
from polyaxon_sdk.polyflow.values.printing import plain, text

__all__ = ["TYPES", "canonical", "check_type", "parse", "plain", "text"]
