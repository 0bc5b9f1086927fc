"""The inputs of the run that this process works in."""

from __future__ import annotations

import json

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.settings import load

__all__ = ["own_inputs"]


def own_inputs(what: str, *, expected: str) -> dict[str, object]:
    """The values of the run's inputs by name, from its compiled operation.

    Args:
        what: that asks for them, for people.
        expected: how it is started rightly.

    Raises:
        InputError: this process is of no run, or its operation can't be read.

    >>> own_inputs("a tuner", expected="`polyaxon run --hub tpe-tuner`")  # doctest: +SKIP
    {'iteration': 0}
    """
    settings = load()
    if settings.run_uuid is None:
        raise InputError(f"{what} works inside of a run", expected=expected)
    file = RunFolder(settings.runs / settings.run_uuid).operation
    try:
        operation = json.loads(file.read_text(encoding="utf-8"))
        return {io["name"]: io.get("value") for io in operation.get("inputs") or []}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(f"can't be read as an operation: {error}", where=str(file)) from error
