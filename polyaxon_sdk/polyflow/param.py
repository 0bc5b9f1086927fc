"""V1Param: a value that an operation gives to an input."""

from __future__ import annotations

import re
from uuid import UUID

from attrs import field, frozen

from polyaxon_sdk.polyflow.documentation import documented
from polyaxon_sdk.polyflow.hints import nearest
from polyaxon_sdk.polyflow.problems import Problem, SpecError, fault
from polyaxon_sdk.polyflow.templates import is_template
from polyaxon_sdk.polyflow.values import plain

__all__ = ["V1Param", "long_form"]

_MEANT = {"op": ("ops",), "operation": ("ops",), "operations": ("ops",), "pipeline": ("dag",)}
"""Words that people write for a kind of reference."""

_SLUG = re.compile(r"[-a-zA-Z0-9_]+")

_ARTIFACTS = frozenset({"files", "dirs", "workers"})

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

    def __attrs_post_init__(self) -> None:
        if self.ref:
            _check_path(self.value)

    @staticmethod
    def prepare(data: object) -> object:
        """Take anything that isn't a mapping of these fields as the value itself."""
        return data if _is_long(data) else {"value": data}

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


def long_form(data: object, *, templates: bool = False) -> object:
    """A section whose `params` have to be mappings of a param's fields, as those of hooks have.

    Args:
        templates: each may be a template too.

    Raises:
        SpecError: one is a bare value.

    >>> long_form({"params": {"channel": {"value": "runs"}}})
    {'params': {'channel': {'value': 'runs'}}}
    """
    params = data.get("params") if isinstance(data, dict) else None
    problems = [
        Problem(
            what=f"{value!r} is not allowed", path=("params", str(name)), expected="value: and what it is"
        )
        for name, value in (params.items() if isinstance(params, dict) else ())
        if not (isinstance(value, V1Param) or _is_long(value) or (templates and is_template(value)))
    ]
    if problems:
        raise SpecError(problems)
    return data


def _is_long(data: object) -> bool:
    return isinstance(data, dict) and (not data or bool(_FIELDS & set(data)))


def _check_path(value: object) -> None:
    """Raise where `value` is no path of another run's value, nor files and folders of it."""
    if isinstance(value, str) or (isinstance(value, dict) and value and set(value) <= _ARTIFACTS):
        return
    told = "no value" if value is None else f"{value!r} is not allowed"
    expected = "a path of the other run's value, such as outputs.loss"
    raise fault(told, path=("value",), expected=expected, missing=value is None)


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
