"""Text that reads as a value, as templates print them."""

from __future__ import annotations

import ast

__all__ = ["literal"]


def literal(text: str) -> object:
    """The number, truth value, list or mapping that a text reads as, or the text itself.

    >>> literal("[1, 2]"), literal("adam")
    ([1, 2], 'adam')
    """
    try:
        found: object = ast.literal_eval(text.strip())
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        return text
    return found
