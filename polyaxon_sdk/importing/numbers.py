"""Values that a tracker keeps as text, as what they were."""

from __future__ import annotations

from math import isfinite

__all__ = ["number_or_text"]

_BOOLEANS = {"True": True, "False": False}


def number_or_text(text: str) -> object:
    """The number or truth value that prints as `text`; the text itself where none does.

    A number that would print otherwise stays a text, unless it is written with an exponent.

    >>> number_or_text("0.1"), number_or_text("1e-3"), number_or_text("1.10"), number_or_text("True")
    (0.1, 0.001, '1.10', True)
    """
    if text in _BOOLEANS:
        return _BOOLEANS[text]
    for kind in (int, float):
        try:
            number = kind(text)
        except ValueError:
            continue
        if isfinite(number) and (repr(number) == text or ("e" in text.lower() and text[-1:].isdigit())):
            return number
    return text
