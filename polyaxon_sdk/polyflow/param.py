"""V1Param: a value that an operation gives to an input."""

from __future__ import annotations

import re
from uuid import UUID

from attrs import field, frozen

from polyaxon_sdk.polyflow.documentation import documented
from polyaxon_sdk.polyflow.hints import nearest
from polyaxon_sdk.polyflow.problems import fault
from polyaxon_sdk.polyflow.templates import is_template
from polyaxon_sdk.polyflow.values import plain

__all__ = ["V1Param"]

_MEANT = {"op": ("ops",), "operation": ("ops",), "operations": ("ops",), "pipeline": ("dag",)}
"""Words that people write for a kind of reference."""

_SLUG = re.compile(r"[-a-zA-Z0-9_]+")

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


@documented
@frozen(kw_only=True)
class V1Param:
    """A literal, a template or a reference to another run's value (semantics 1.6).

    Args:
        value: the value; with `ref`, the path of a value there, such as `outputs.loss`; default: the input's own.
        ref: where `value` is looked up: `dag`, `ops.NAME` or `runs.UUID`; default: nowhere, it is the value itself.
        context_only: visible to templates only, never checked against an input; default false.
        connection: the name of the connection that the value lives on; default: the input's own.
        to_init: the value becomes an init step; default: as the input says.
        to_env: the environment variable that receives the value; default: the input's own.

    >>> V1Param(value="outputs.loss", ref="ops.train").upstream
    'train'
    """

    value: object = field(default=None, converter=plain)
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

    def check(self) -> None:
        """Raise `SpecError` where `ref` is no reference.

        >>> V1Param(value="outputs.loss", ref="nowhere").check()
        Traceback (most recent call last):
        polyaxon_sdk.polyflow.problems.SpecError: ref: invalid reference 'nowhere', expected dag, ops.NAME or runs.UUID
        """
        if self.ref is None or is_template(self.ref):
            return
        kind, _, name = self.ref.partition(".")
        good = {"dag": not name, "ops": bool(_SLUG.fullmatch(name)), "runs": _is_uuid(name)}
        if not good.get(kind):
            raise fault(
                f"invalid reference {self.ref!r}",
                path=("ref",),
                expected="dag, ops.NAME or runs.UUID",
                hint=_meant(kind, name, [each for each in good if each != kind]),
            )

    @property
    def upstream(self) -> str | None:
        """The operation of the same dag that has to end first."""
        if self.ref is None or not self.ref.startswith("ops."):
            return None
        return self.ref.removeprefix("ops.")


def _meant(kind: str, name: str, kinds: list[str]) -> str:
    """The clause that names the reference that was meant, such as `ops.train` by `op.train`."""
    hint = nearest(kind, kinds, meant=_MEANT)
    return hint.replace("'?", f".{name}'?") if name and "'dag'" not in hint else hint


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
