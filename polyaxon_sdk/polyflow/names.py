"""The rules for names."""

from __future__ import annotations

import re

from polyaxon_sdk.polyflow.problems import fault
from polyaxon_sdk.polyflow.templates import is_template

__all__ = ["RESERVED", "check_name", "is_nameable"]

RESERVED = frozenset({"connections", "globals", "params", "self"})
"""Template roots, and the word that jinja2 keeps for itself: no name for an input or an output (semantics 1.1)."""

_KEYWORDS = frozenset(
    {"and", "else", "false", "if", "in", "is", "loop", "none", "not", "or", "true", "False", "None", "True"}
)
"""Words that mean something else in a template."""

_SLUG = re.compile(r"[-a-zA-Z0-9_]+")


def check_name(name: str | None) -> None:
    """Raise where `name` is neither a slug nor a template (semantics 1.1).

    >>> check_name("my-job_2"); check_name("{{ globals.uuid }}")
    """
    if name is None or is_template(name) or _SLUG.fullmatch(name):
        return
    raise fault(f"invalid name {name!r}", path=("name",), expected="letters, digits, - and _ only")


def is_nameable(name: str) -> bool:
    """Whether a template can name it, as `NAME` or, with dashes, as `params['NAME']`.

    >>> is_nameable("outputs-path"), is_nameable("my.lr"), is_nameable("in")
    (True, False, False)
    """
    return name.replace("-", "_").isidentifier() and name not in _KEYWORDS
