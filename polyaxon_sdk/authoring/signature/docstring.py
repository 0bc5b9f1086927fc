"""What a docstring says, in Google's, NumPy's and reST's style."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from docstring_parser import DocstringReturns

__all__ = ["Texts", "read_docstring"]


class Texts(NamedTuple):
    """The parts of a docstring.

    Attributes:
        description: what stands before the sections.
        parameters: the text of each parameter.
        outputs: the text of each named part of what is returned.
        result: what is returned, as a whole.
    """

    description: str | None
    parameters: dict[str, str]
    outputs: dict[str, str]
    result: str | None


_HEAD = r"[ \t]*(?:[-*][ \t]+)?(?P<name>[A-Za-z_]\w*)[ \t]*(?:\([^)]*\))?[ \t]*:[ \t]+"
_PART = re.compile(rf"^{_HEAD}(?P<text>.*(?:\n(?!{_HEAD.replace('?P<name>', '?:')}).*)*)", re.MULTILINE)
"""`name: text` or `name (type): text`, with the lines that go on."""


def read_docstring(text: str | None) -> Texts:
    """The parts of a docstring.

    >>> read_docstring("Train.\\n\\nArgs:\\n    epochs: how often").parameters
    {'epochs': 'how often'}
    """
    if not text:
        return Texts(None, {}, {}, None)
    from docstring_parser import ParseError, parse  # 20 ms, for functions that have a docstring

    try:
        found = parse(text)
    except ParseError:
        return Texts(text.strip(), {}, {}, None)
    parts = [part for part in (found.short_description, found.long_description) if part]
    return Texts(
        description="\n\n".join(parts) or None,
        parameters={each.arg_name: each.description for each in found.params if each.description},
        outputs=_outputs(found.many_returns),
        result=found.returns.description if found.returns else None,
    )


def _outputs(returns: Sequence[DocstringReturns]) -> dict[str, str]:
    """The named parts: NumPy's have names, in Google's the first one's stands where the type would."""
    named = {each.return_name: each.description for each in returns if each.return_name}
    parts = [(each.type_name, each.description) for each in returns if not each.return_name]
    whole = "\n".join(": ".join(text for text in part if text) for part in parts)
    listed = {part["name"]: part["text"].strip() for part in _PART.finditer(whole)}
    return {name: text for name, text in {**listed, **named}.items() if text}
