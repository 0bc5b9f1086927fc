"""What the classes' docstrings say of them and their fields, and the whole of it for `help`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeVar

import attrs

if TYPE_CHECKING:
    from inspect import Signature

__all__ = ["documented", "fields_of", "summary_of"]

T = TypeVar("T")

_SECTION = r"\s*\(semantics [^)]*\)"
_FIELD = r"    (?P<names>\w+(?:, \w+)*): (?P<text>.+(?:\n {8}.+)*)"
_SPELLED = {
    r" \| None\b": "",
    r"\bV1(\w+) \| (\1\b|Literal\[[^\]]*\])": r"V1\1 or str",
    r"Literal\[([^\]]*)\]": r"\1",
    r"\bTemplate\b": "template",
    r"\b(Count|Whole)\b": "int",
    r"\b(Moment|Text)\b": "str",
    r"\b(Affinity|AutoscalerOptions|DnsConfig|HostAlias|PodFailurePolicy)\b": "dict[str, anything]",
    r"\b(SecurityContext|Toleration|Volume)\b": "dict[str, anything]",
    r"\bobject\b": "anything",
    r" \| ": " or ",
}
"""What an annotation is made of, in words: None is for leaving it out, words stand beside their enumeration."""


def documented(cls: type[T]) -> type[T]:
    """Let a class' docstring tell all its fields, those it inherits too, each with its type.

    A class writes the meaning and the default of its own fields under `Args`. The rest is put together when the
    docstring is asked for, so that importing the class costs nothing.

    >>> from polyaxon_sdk.polyflow import V1Service
    >>> "    init (list[V1Init] or template): " in V1Service.__doc__
    True
    """
    # The type checkers don't know that a class' docstring may be computed.
    cls.__doc__ = _Docstring(cls.__doc__ or "")  # type: ignore[assignment]  # see above
    cls.__signature__ = _Signature()  # type: ignore[attr-defined]  # what `help` opens with, known to `inspect` alone
    return cls


class _Signature:
    """A class' constructor in a line: what it needs by name, and the rest, which the docstring tells."""

    def __get__(self, instance: object, owner: type) -> Signature:
        from inspect import Parameter, Signature  # 5 ms, for those who ask

        needed = [field for field in attrs.fields(owner) if field.default is attrs.NOTHING and field.init]
        own = [
            Parameter(field.alias, Parameter.KEYWORD_ONLY, annotation=_type(field.type)) for field in needed
        ]
        return Signature([*own, Parameter("fields", Parameter.VAR_KEYWORD)])


class _Docstring:
    """A class' docstring: as it is written, and as it is read."""

    def __init__(self, written: str) -> None:
        self.written = written

    def __get__(self, instance: object, owner: type) -> str:
        head, _, example = _parts(self.written)
        lines = "\n".join(_lines(owner))
        args = f"Args:\n{lines}" if lines else ""
        return "\n\n".join(part for part in (head, args, example) if part) + "\n"


def summary_of(cls: type) -> str:
    """The first sentence of a class' docstring.

    >>> from polyaxon_sdk.polyflow import V1Job
    >>> summary_of(V1Job)
    'A container that runs to its end.'
    """
    return _plain(_written(cls).strip().partition("\n\n")[0])


def fields_of(cls: type) -> dict[str, str]:
    """The meaning and the default of each field, as the class or one that it inherits from writes it.

    >>> from polyaxon_sdk.polyflow import V1Service
    >>> fields_of(V1Service)["ports"], fields_of(V1Service)["init"]
    ('where it listens; default none.', 'the steps before it, in order; default none.')
    """
    found: dict[str, str] = {}
    for owner in reversed(cls.__mro__):
        for field in re.finditer(_FIELD, _parts(_written(owner))[1]):
            found |= dict.fromkeys(field["names"].split(", "), _plain(field["text"]))
    return found


def _written(cls: type) -> str:
    text = vars(cls).get("__doc__")
    return text.written if isinstance(text, _Docstring) else text or ""


def _parts(written: str) -> tuple[str, str, str]:
    """What stands before the fields, the fields, and the example."""
    from inspect import cleandoc  # 5 ms, for those who read a docstring

    text = cleandoc(written)
    example = text.find("\n>>> ")
    text, example_text = (text, "") if example < 0 else (text[:example], text[example:])
    head, _, args = text.partition("Args:\n")
    return head.strip(), args, example_text.strip()


def _lines(cls: type) -> list[str]:
    from textwrap import fill  # for those who read a docstring

    meanings = fields_of(cls)
    lines = []
    for field in attrs.fields(cls) if attrs.has(cls) else ():
        need = ", required" if field.default is attrs.NOTHING else ""
        line = f"{field.name} ({_type(field.type)}{need}): {meanings.get(field.name, '')}"
        lines.append(fill(line, 100, initial_indent=" " * 4, subsequent_indent=" " * 8))
    return lines


def _type(annotation: object) -> str:
    """An annotation in words: None means that the field may be left out."""
    text = str(annotation)
    for pattern, words in _SPELLED.items():
        text = re.sub(pattern, words, text)
    return text


def _plain(text: str) -> str:
    return " ".join(re.sub(_SECTION, "", text).split())
