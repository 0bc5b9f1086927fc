"""Checks of single fields that several classes share."""

from __future__ import annotations

from typing import Any

import attrs

from polyaxon_sdk.polyflow.problems import at, fault
from polyaxon_sdk.polyflow.shapes import camel
from polyaxon_sdk.polyflow.templates import is_template
from polyaxon_sdk.polyflow.values import parse

__all__ = ["duration", "given", "moment", "positive"]


def given(_: object, attribute: attrs.Attribute[Any], value: Any) -> None:  # attrs knows no value types
    """An attrs validator: a field whose type isn't looked at has to hold something."""
    if value is None:
        raise fault("no value", path=(camel(attribute.name),))


def positive(_: object, attribute: attrs.Attribute[Any], value: Any) -> None:  # attrs knows no value types
    """An attrs validator: a number has to be more than 0; templates and nothing pass."""
    if isinstance(value, (int, float)) and value <= 0:
        raise fault(f"{value!r} is not allowed", path=(camel(attribute.name),), expected="more than 0")


def moment(_: object, attribute: attrs.Attribute[Any], value: Any) -> None:  # attrs knows no value types
    """An attrs validator: a text has to be an ISO moment; templates and nothing pass."""
    _parses("datetime", attribute, value)


def duration(_: object, attribute: attrs.Attribute[Any], value: Any) -> None:  # attrs knows no value types
    """An attrs validator: seconds, `PT1H` or `HH:MM:SS`; templates and nothing pass."""
    if isinstance(value, str) and value.replace(".", "", 1).strip().lstrip("+-").isdecimal():
        expected = "PT1H, HH:MM:SS, or seconds without quotes"
        raise fault(f"{value!r} is not allowed", path=(camel(attribute.name),), expected=expected)
    _parses("timedelta", attribute, value)


def _parses(kind: str, attribute: attrs.Attribute[Any], value: object) -> None:
    if value is not None and not is_template(value):
        with at(camel(attribute.name)):
            parse(kind, value)
