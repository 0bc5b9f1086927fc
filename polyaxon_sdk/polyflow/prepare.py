"""Shorter ways to write a field, brought to its long form."""

from __future__ import annotations

__all__ = ["as_lists"]


def as_lists(data: object, *keys: str) -> object:
    """The mapping with each of these keys a list, where it was text with commas.

    >>> as_lists({"tags": "a, b"}, "tags")
    {'tags': ['a', 'b']}
    """
    if not isinstance(data, dict):
        return data
    lists = {key: _words(data[key]) for key in keys if isinstance(data.get(key), str)}
    return {**data, **lists} if lists else data


def _words(text: str) -> list[str]:
    return [word.strip() for word in text.split(",") if word.strip()]
