"""The name that somebody meant who wrote another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from polyaxon_sdk.exceptions import did_you_mean

__all__ = ["FIELDS", "KINDS", "TYPES", "nearest"]

Meant = Mapping[str, tuple[str, ...]]
"""A word that people write, to those that they may mean by it, the likeliest first."""

FIELDS: Meant = MappingProxyType({
    "arguments": ("args", "params"),
    "choices": ("options",),
    "cmd": ("command", "container"),
    "command": ("cmd", "container"),
    "cwd": ("workingDir",),
    "default": ("value",),
    "dependson": ("dependencies",),
    "enum": ("options",),
    "environment": ("env",),
    "greaterthan": ("gt",),
    "gte": ("ge",),
    "image": ("container",),
    "lessthan": ("lt",),
    "lte": ("le",),
    "max": ("le",),
    "maximum": ("le",),
    "min": ("ge",),
    "minimum": ("ge",),
    "needs": ("dependencies",),
    "optional": ("isOptional",),
    "parameters": ("params",),
    "pattern": ("regex",),
    "required": ("isOptional",),
    "retries": ("maxRetries",),
    "retry": ("maxRetries",),
    "steps": ("operations",),
    "tasks": ("operations",),
    "uses": ("hubRef",),
    "workdir": ("workingDir",),
})  # fmt: skip
"""Words for a field whose own name looks quite different."""

KINDS: Meant = MappingProxyType({
    "daskjob": ("daskcluster",),
    "deployment": ("service",),
    "pipeline": ("dag",),
    "pod": ("job",),
    "rayjob": ("raycluster",),
    "task": ("job",),
    "workflow": ("dag",),
})  # fmt: skip
"""Words for a kind."""

TYPES: Meant = MappingProxyType({
    "array": ("list",),
    "decimal": ("float",),
    "directory": ("path",),
    "double": ("float",),
    "duration": ("timedelta",),
    "enum": ("str",),
    "folder": ("path",),
    "json": ("dict",),
    "literal": ("str",),
    "long": ("int",),
    "map": ("dict",),
    "password": ("auth",),
    "real": ("float",),
    "struct": ("dict",),
    "text": ("str",),
    "union": ("any",),
})  # fmt: skip
"""Words for a type of an input, many of them from other languages."""

_NONE: Meant = MappingProxyType({})


def nearest(word: str, words: Iterable[str], *, meant: Meant = _NONE) -> str:
    """The clause that names what was meant: the same in another case first, then a synonym, then a near spelling.

    Args:
        word: what was written.
        words: what could have been.
        meant: words that people write for some that look quite different.

    >>> nearest("Kind", ["kind", "init"]), nearest("decimal", ["float", "email"], meant=TYPES)
    (", did you mean 'kind'?", ", did you mean 'float'?")
    """
    known = list(words)
    if any(_plain(each) == _plain(word) for each in known):
        return did_you_mean(word, known)
    synonym = next((each for each in meant.get(_plain(word), ()) if each in known), None)
    return f", did you mean {synonym!r}?" if synonym else did_you_mean(word, known)


def _plain(word: str) -> str:
    return word.lower().replace("_", "").replace("-", "")
