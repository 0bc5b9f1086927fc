"""What a docstring says, in Google's, NumPy's and reST's style."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["Texts", "read_docstring"]


class Texts(NamedTuple):
    """The parts of a docstring.

    Attributes:
        description: what stands before the sections.
        parameters: the text of each parameter.
        result: what is returned.
    """

    description: str | None
    parameters: dict[str, str]
    result: str | None


def read_docstring(text: str | None) -> Texts:
    """The parts of a docstring.

    >>> read_docstring("Train.\\n\\nArgs:\\n    epochs: how often").parameters
    {'epochs': 'how often'}
    """
    if not text:
        return Texts(None, {}, None)
    from docstring_parser import ParseError, parse  # 20 ms, for functions that have a docstring

    try:
        found = parse(text)
    except ParseError:
        return Texts(text.strip(), {}, None)
    parts = [part for part in (found.short_description, found.long_description) if part]
    return Texts(
        description="\n\n".join(parts) or None,
        parameters={each.arg_name: each.description for each in found.params if each.description},
        result=found.returns.description if found.returns else None,
    )
