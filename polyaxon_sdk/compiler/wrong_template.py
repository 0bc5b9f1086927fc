"""What is said of templates that are wrong."""

from __future__ import annotations

from collections.abc import Mapping

from polyaxon_sdk.exceptions import InputError, did_you_mean

__all__ = ["shortened", "unknown_name", "wrong"]

_SHOWN = 80
_MANY = 12


def wrong(template: str, what: str, *, expected: str | None = None, hint: str = "") -> InputError:
    """The error of a template.

    >>> str(wrong("{{ lr }", ": unexpected '}'"))
    "template '{{ lr }': unexpected '}'"
    """
    return InputError(f"template {shortened(template)!r}{what}", expected=expected, hint=hint)


def unknown_name(template: str, name: str, holder: object) -> InputError:
    """The error of a template that names what `holder`, a context or a value, doesn't have.

    >>> str(unknown_name("{{ lrr }}", "lrr", {"lr": 0.1}))
    "template '{{ lrr }}' names 'lrr', which doesn't exist, did you mean 'lr'?"
    """
    names = [str(key) for key in holder] if isinstance(holder, Mapping) else []
    hint = did_you_mean(name, names)
    expected = f"one of {_listed(names)}" if names and not hint else None
    return wrong(template, f" names {name!r}, which doesn't exist", expected=expected, hint=hint)


def shortened(text: str) -> str:
    """As much of a template as a message shows."""
    return text if len(text) <= _SHOWN else text[: _SHOWN - 3] + "..."


def _listed(names: list[str]) -> str:
    more = f" and {len(names) - _MANY} more" if len(names) > _MANY else ""
    return ", ".join(names[:_MANY]) + more
