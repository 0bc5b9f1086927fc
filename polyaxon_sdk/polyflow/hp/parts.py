"""The parts of a distribution, and the three ways to write them: mapping, list, text with colons."""

from __future__ import annotations

from typing import Any, TypeVar

import attrs
from attrs import frozen

from polyaxon_sdk.polyflow.problems import at, fault
from polyaxon_sdk.polyflow.shapes import camel
from polyaxon_sdk.polyflow.templates import is_template
from polyaxon_sdk.polyflow.values import plain

__all__ = ["Parts", "listed", "nonzero", "taken"]


P = TypeVar("P", bound="Parts")


def nonzero(_: object, attribute: attrs.Attribute[Any], value: Any) -> None:  # attrs knows no value types
    """An attrs validator: a step of 0 would lead nowhere; templates pass."""
    if isinstance(value, (int, float)) and value == 0:
        raise fault(f"{value!r} is not allowed", path=(camel(attribute.name),), expected="more than 0")


@frozen(kw_only=True)
class Parts:
    """Numbers with names, in an order; a subclass declares them."""

    @classmethod
    def prepare(cls, data: object) -> object:
        """Take `[0, 1]` and `"0:1"` as the parts in their order; further ones are left out.

        >>> from polyaxon_sdk.polyflow.hp.uniform import Bounds
        >>> Bounds.prepare("0:1")
        {'low': '0', 'high': '1'}
        """
        if isinstance(data, str) and not is_template(data):
            data = data.split(":")
        if isinstance(data, dict):
            return data
        names = [camel(field.name) for field in attrs.fields(cls)]
        needed = len([field for field in attrs.fields(cls) if field.default is attrs.NOTHING])
        expected = ":".join(names[:needed])
        if not isinstance(data, list):
            raise fault(f"{data!r} is not allowed", expected=f"{expected} as a mapping, a list or text")
        if len(data) < needed:
            raise fault(f"{len(data)} parts", expected=expected)
        return dict(zip(names, data, strict=False))


def taken(parts: type[P], value: object) -> P | str | None:
    """The parts in any of the ways to write them; a template stays one, and nothing nothing.

    >>> from polyaxon_sdk.polyflow.hp.uniform import Bounds
    >>> taken(Bounds, "0:1")
    Bounds(low=0.0, high=1.0, size=None)
    """
    if value is None or isinstance(value, parts) or (isinstance(value, str) and is_template(value)):
        return value
    from polyaxon_sdk.polyflow.converter import read  # it costs 20 ms, and files are read by it anyway

    with at("value"):
        return read(parts, plain(value))


def listed(value: object) -> list[object] | str:
    """The values of a choice; a template stays one, and nothing is no values.

    >>> listed(("adam", "sgd"))
    ['adam', 'sgd']
    """
    found = [] if value is None else plain(value)
    if is_template(found) or isinstance(found, list):
        return found
    raise fault(f"{value!r} is not allowed", path=("value",), expected="a list or a template")
