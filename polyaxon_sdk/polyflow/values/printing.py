"""From a parsed value to what JSON holds, and to what a command line shows."""

from __future__ import annotations

import json
from datetime import date, timedelta

__all__ = ["plain", "text"]


def plain(value: object) -> object:
    """The value as JSON holds it; parsing that again gives the same value.

    >>> plain({"when": date(2024, 2, 3), "pause": timedelta(minutes=1)})
    {'when': '2024-02-03', 'pause': 60.0}
    """
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, timedelta):
        return value.total_seconds()
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if hasattr(value, "__attrs_attrs__"):
        from polyaxon_sdk import polyflow  # the converter costs 20 ms, and few values are classes

        return polyflow.write(value)
    return value


def text(value: object) -> str:
    """The value as `as_str` and command lines print it (semantics 2.3).

    >>> text(True), text([1, 2]), text(0.1), text("raw")
    ('true', '[1,2]', '0.1', 'raw')
    """
    value = plain(value)
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)
