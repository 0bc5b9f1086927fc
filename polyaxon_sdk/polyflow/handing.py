"""What an output of a dag is taken from: an output of one of its operations."""

from __future__ import annotations

import re

from polyaxon_sdk.polyflow.param import V1Param

__all__ = ["handed"]

_HANDED = re.compile(r"\{\{\s*(?P<ref>ops\.[-\w]+)\.(?P<path>outputs\.[-\w]+)\s*\}\}", re.ASCII)


def handed(value: object) -> V1Param | None:
    """The reference that the value of an output of a dag is; None where it is another value.

    >>> found = handed("{{ ops.train.outputs.loss }}")
    >>> found.ref, found.value
    ('ops.train', 'outputs.loss')
    """
    found = _HANDED.fullmatch(value.strip()) if isinstance(value, str) else None
    return V1Param(value=found["path"], ref=found["ref"]) if found else None
