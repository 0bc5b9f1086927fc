"""What the classes' docstrings say about them and their fields."""

from __future__ import annotations

import re

__all__ = ["fields_of", "summary_of"]

_SECTION = re.compile(r"\s*\(semantics [^)]*\)")


def summary_of(cls: type) -> str:
    """The first sentence of a class' docstring.

    >>> from polyaxon_sdk.polyflow import V1Job
    >>> summary_of(V1Job)
    'A container that runs to its end.'
    """
    text = (cls.__doc__ or "").strip().partition("\n\n")[0]
    return _plain(text)


def fields_of(cls: type) -> dict[str, str]:
    """The text of each field that a class' docstring, or that of one it inherits from, tells of.

    >>> from polyaxon_sdk.polyflow import V1Service
    >>> fields_of(V1Service)["ports"], fields_of(V1Service)["init"]
    ('where it listens.', 'the steps before it, in order.')
    """
    from docstring_parser import DocstringStyle, parse  # 20 ms, for those who ask for a schema

    found: dict[str, str] = {}
    for owner in reversed(cls.__mro__):
        for param in parse(owner.__doc__ or "", style=DocstringStyle.GOOGLE).params:
            names = param.arg_name.split(",")
            found |= {name.strip(): _plain(param.description or "") for name in names}
    return found


def _plain(text: str) -> str:
    return " ".join(_SECTION.sub("", text).split())
