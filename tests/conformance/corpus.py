"""The corpus of answers that the public implementation gives, where it lies beside the checkout."""

import json
import os
from collections.abc import Mapping
from pathlib import Path

import pytest

__all__ = ["CORPUS", "Case", "cases", "needs_corpus"]

Case = Mapping[str, object]

CORPUS = Path(os.environ.get("POLYAXON_CONFORMANCE", "")) / "open"

needs_corpus = pytest.mark.skipif(
    "POLYAXON_CONFORMANCE" not in os.environ, reason="POLYAXON_CONFORMANCE names no folder with the corpus"
)


def cases(name: str) -> list[Case]:
    """The cases in one of the corpus' lists, none where there is no corpus."""
    if "POLYAXON_CONFORMANCE" not in os.environ:
        return []
    found: list[Case] = json.loads((CORPUS / f"{name}.json").read_text(encoding="utf-8"))
    return found
