"""The values of the inputs of a run, as its compiled operation has them."""

from __future__ import annotations

import json
from pathlib import Path

from polyaxon_sdk.exceptions import InputError

__all__ = ["inputs_in"]


def inputs_in(file: Path) -> dict[str, object]:
    """The values of inputs by name, from a compiled operation; those that are secret are masked there.

    Raises:
        InputError: it can't be read.
    """
    try:
        with open(file, "rb") as opened:
            operation = json.loads(opened.read().decode())
        return {io["name"]: io.get("value") for io in operation.get("inputs") or []}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(f"can't be read as an operation: {error}", where=str(file)) from error
