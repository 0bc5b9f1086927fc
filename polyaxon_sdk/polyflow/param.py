"""V1Param: a value that an operation gives to an input."""

from __future__ import annotations

import re
from uuid import UUID

from attrs import frozen

from polyaxon_sdk.polyflow.problems import fault

__all__ = ["V1Param"]

_FIELDS = frozenset(
    {
        "value",
        "ref",
        "contextOnly",
        "context_only",
        "connection",
        "toInit",
        "to_init",
        "toEnv",
        "to_env",
    }
)


@frozen(kw_only=True)
class V1Param:
    """A literal, a template or a reference to another run's value (semantics 1.6).

    Args:
        value: the value; with `ref`, the path of a value there, such as `outputs.loss`.
        ref: `dag`, `ops.NAME` or `runs.UUID`.
        context_only: visible to templates only, never checked against an input.
        connection: the connection that the value lives on; goes before the input's own.
        to_init: the value becomes an init step.
        to_env: the environment variable that receives the value; goes before the input's own.

    >>> V1Param(value="outputs.loss", ref="ops.train").upstream
    'train'
    """

    value: object = None
    ref: str | None = None
    context_only: bool | None = None
    connection: str | None = None
    to_init: bool | None = None
    to_env: str | None = None

    @staticmethod
    def prepare(data: object) -> object:
        """Take anything that isn't a mapping of these fields as the value itself."""
        if isinstance(data, dict) and (not data or _FIELDS & set(data)):
            return data
        return {"value": data}

    def __attrs_post_init__(self) -> None:
        if self.ref is None or self.ref == "dag":
            return
        kind, _, name = self.ref.partition(".")
        if kind == "ops" and re.fullmatch(r"[-a-zA-Z0-9_]+", name):
            return
        if kind != "runs" or not _is_uuid(name):
            raise fault(f"invalid reference {self.ref!r}", path=("ref",), expected=_EXPECTED)
        if not isinstance(self.value, (str, dict)):
            raise fault("a reference names a value", path=("value",), expected="such as outputs.loss")

    @property
    def upstream(self) -> str | None:
        """The operation of the same dag that has to end first."""
        if self.ref is None or not self.ref.startswith("ops."):
            return None
        return self.ref.removeprefix("ops.")


_EXPECTED = "dag, ops.NAME or runs.UUID"


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
