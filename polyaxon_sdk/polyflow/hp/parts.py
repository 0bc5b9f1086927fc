"""The parts of a distribution, and the three ways to write them: mapping, list, text with colons."""

from __future__ import annotations

import attrs
from attrs import frozen

from polyaxon_sdk.polyflow.problems import fault
from polyaxon_sdk.polyflow.shapes import camel
from polyaxon_sdk.polyflow.templates import is_template

__all__ = ["Parts"]


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
        if not isinstance(data, list):
            return data
        names = [camel(field.name) for field in attrs.fields(cls)]
        needed = len([field for field in attrs.fields(cls) if field.default is attrs.NOTHING])
        if len(data) < needed:
            raise fault(f"{len(data)} parts", expected=":".join(names[:needed]))
        return dict(zip(names, data, strict=False))
