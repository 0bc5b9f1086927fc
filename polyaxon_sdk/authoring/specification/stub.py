"""A component that is written in a file, as a typed Python function."""

from __future__ import annotations

import json
import keyword
import re
from collections.abc import Mapping, Sequence
from pprint import pformat
from textwrap import indent
from typing import Protocol, cast

from attrs import asdict, evolve

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyflow import V1IO, V1Component, V1Operation, is_template, write
from polyaxon_sdk.polyflow.templates import unverbatim

__all__ = ["stub_of"]

_TYPES: Mapping[str, tuple[str, str]] = {
    "bool": ("bool", ""),
    "int": ("int", ""),
    "float": ("float", ""),
    "metric": ("float", ""),
    "str": ("str", ""),
    "dict": ("Mapping[str, object]", "from collections.abc import Mapping"),
    "list": ("Sequence[object]", "from collections.abc import Sequence"),
    "path": ("Path", "from pathlib import Path"),
    "date": ("date", "from datetime import date"),
    "datetime": ("datetime", "from datetime import datetime"),
    "timedelta": ("timedelta", "from datetime import timedelta"),
    "uuid": ("UUID", "from uuid import UUID"),
}
"""What a type is in Python, and the line that imports it; of all others any value is taken."""

_BODY = 'raise RuntimeError("a component that is run, not called")'
"""Type checkers want a body for what returns something."""

_WIDTH = 100

_SAID = ("to_env", "to_init", "connection", "arg_format", "delay_validation")
"""What `Input(...)` says of an input."""

_TEXTS = frozenset({"uri", "image", "email", "s3", "gcs", "wasb"})


def stub_of(operation: V1Operation, file: str) -> str:
    """A Python module with a component as a function, which needs its file no longer.

    Types, bounds, defaults and texts are the function's; what these can't say stands in its decorator. Whatever the
    component, that of the module is the same.

    Args:
        operation: as the file is read.
        file: what the module's docstring calls it.

    Raises:
        InputError: it is no component, or has an input or output that no parameter can be called like.

    >>> component = V1Component(name="train", inputs=[V1IO(name="epochs", type="int")])
    >>> "def train(epochs: int) -> None:" in stub_of(V1Operation(component=component), "train.yml")
    True
    """
    component = operation.component
    if component is None:
        raise InputError("an operation that holds its runtime itself", where=file, expected="a component")
    stub = _Stub(component, file)
    found = _made(stub.text({}), stub.name)
    return stub.text(_untold(component, found))


def _made(source: str, name: str) -> V1Component:
    """The component that a module's function is; the module is of literals and annotations alone."""
    scope: dict[str, object] = {"__name__": "stub"}
    exec(compile(source, "stub.py", "exec", dont_inherit=True), scope)  # noqa: S102  # it was made here, of literals
    return cast("_Specified", scope[name]).to_component()


class _Specified(Protocol):
    def to_component(self) -> V1Component: ...


def _untold(component: V1Component, found: V1Component) -> dict[str, object]:
    """What the function's signature and docstring don't say as the component does."""
    untold: dict[str, object] = {}
    if component.description != found.description:
        untold["description"] = component.description
    for name in ("inputs", "outputs"):
        own, theirs = getattr(component, name) or [], getattr(found, name) or []
        if others := [write(io) for io, other in zip(own, theirs, strict=True) if write(io) != write(other)]:
            untold[name] = others
    return untold


class _Stub:
    """The parts of a module, gathered as they are asked for."""

    def __init__(self, component: V1Component, file: str) -> None:
        self._component = component
        self._file = file
        name = re.sub(r"\W", "_", component.name or "component")
        self.name = name if name.isidentifier() and not keyword.iskeyword(name) else f"_{name}"
        self._imports = {"from polyaxon_sdk import specified"}
        self._classes: list[str] = []

    def text(self, untold: Mapping[str, object]) -> str:
        """The module.

        Args:
            untold: what its decorator says of inputs, outputs and texts.
        """
        self._classes = []
        result, parameters = self._result(), self._parameters()
        signature = f"def {self.name}({', '.join(parameters)}) -> {result}:"
        if len(signature) > _WIDTH:
            listed = "".join(f"    {each},\n" for each in parameters)
            signature = f"def {self.name}(\n{listed}) -> {result}:"
        file = self._file
        parts = [
            _quoted(f"The component of {file}, for Python; made by `polyaxon components stub {file}`."),
            "\n".join(self._import_lines()),
            *self._classes,
            f"{self._decorator(untold)}\n{signature}\n{indent(self._docstring(), '    ')}    {_BODY}\n",
        ]
        return "\n\n".join(parts[:2]) + "\n\n\n" + "\n\n\n".join(parts[2:])

    def _decorator(self, untold: Mapping[str, object]) -> str:
        own = {
            name: value
            for name, value in write(self._component).items()
            if name not in {"inputs", "outputs", "description"}
        }
        said = pformat({**own, **untold}, width=_WIDTH, sort_dicts=False)
        return f"@specified(\n{indent(said, '    ')}\n)"

    def _import_lines(self) -> list[str]:
        """The lines that import, those of the standard library first."""
        modules: dict[str, list[str]] = {}
        for line in sorted(self._imports):
            _, module, _, name = line.split()
            modules.setdefault(module, []).append(name)
        lines = [f"from {module} import {', '.join(names)}" for module, names in modules.items()]
        ours = [line for line in lines if "polyaxon" in line]
        others = [line for line in lines if line not in ours]
        return [*others, "", *ours] if others else ours

    def _parameters(self) -> list[str]:
        """The inputs; where one that is required follows one that isn't, by name alone."""
        inputs = self._component.inputs or []
        for io in (*inputs, *(self._component.outputs or [])):
            if not io.name.isidentifier() or keyword.iskeyword(io.name):
                raise InputError(f"no parameter can be called {io.name!r}", where=self._file)
        shown = [self._parameter(io) for io in inputs]
        optional = [not io.required for io in inputs]
        return ["*", *shown] if optional != sorted(optional) else shown

    def _result(self) -> str:
        """The return annotation: a named tuple of the outputs."""
        outputs = self._component.outputs or []
        if not outputs:
            return "None"
        self._imports.add("from typing import NamedTuple")
        name = "".join(part.capitalize() for part in self.name.split("_")) + "Outputs"
        fields = "".join(f"    {self._field(io)}\n" for io in outputs)
        told = indent(_docstring("What a run gives.", "Attributes", outputs), "    ")
        self._classes.append(f"class {name}(NamedTuple):\n{told}\n{fields.rstrip()}")
        return name

    def _docstring(self) -> str:
        """The descriptions of the component and its inputs."""
        told = self._component.description or f"The component of {self._file}."
        return _docstring(told, "Args", self._component.inputs or [])

    def _parameter(self, io: V1IO) -> str:
        kind = self._noted(io, self._type(io))
        if io.required:
            return f"{io.name}: {kind}"
        if io.value is None:
            return f"{io.name}: {kind} | None = None"
        return f"{io.name}: {kind} = {self._default(io)}"

    def _noted(self, io: V1IO, kind: str) -> str:
        """A type, with its bounds and what else is said of it."""
        notes = []
        if bounds := _bounds(io):
            self._imports.add("from polyaxon_sdk.polyflow import V1Validation")
            notes.append(f"V1Validation({bounds})")
        if said := _words({name: getattr(io, name) for name in _SAID}):
            self._imports.add("from polyaxon_sdk import Input")
            notes.append(f"Input({said})")
        if not notes:
            return kind
        self._imports.add("from typing import Annotated")
        return f"Annotated[{kind}, {', '.join(notes)}]"

    def _field(self, io: V1IO) -> str:
        """A part of what a run gives."""
        kind = self._type(io)
        if bounds := _bounds(io):
            self._imports |= {
                "from typing import Annotated",
                "from polyaxon_sdk.polyflow import V1Validation",
            }
            kind = f"Annotated[{kind}, V1Validation({bounds})]"
        return f"{io.name}: {kind}{' | None' if io.is_optional else ''}"

    def _type(self, io: V1IO) -> str:
        kind = io.type or "any"
        options = io.validation.options if io.validation else None
        if isinstance(options, list | tuple) and options and kind in {"int", "str"}:
            self._imports.add("from typing import Literal")
            shown = f"Literal[{', '.join(map(_literal, options))}]"
        else:
            shown, line = _TYPES.get(kind, ("str" if kind in _TEXTS else "object", ""))
            if line:
                self._imports.add(line)
        if not io.is_list:
            return shown
        self._imports.add("from collections.abc import Sequence")
        return f"Sequence[{shown}]"

    def _default(self, io: V1IO) -> str:
        kind, value = io.type or "any", unverbatim(io.value)
        if isinstance(value, list):
            return _literal(tuple(value))
        if isinstance(value, dict):
            self._imports.add("from types import MappingProxyType")
            return f"MappingProxyType({_literal(value)})"
        if is_template(value):
            return _literal(value)
        if kind == "path":
            return f"Path({_literal(value)})"
        if kind in {"date", "datetime"}:
            return f"{kind}.fromisoformat({_literal(value)})"
        if kind == "uuid":
            return f"UUID({_literal(value)})"
        if kind == "timedelta":
            return f"timedelta(seconds={value!r})" if isinstance(value, int | float) else _literal(value)
        return _literal(value)


def _docstring(told: str, section: str, described: Sequence[V1IO]) -> str:
    """A docstring, with the texts of inputs or outputs in a section."""
    texts = [
        f"    {io.name}: " + io.description.replace("\n", "\n        ") for io in described if io.description
    ]
    whole = f"{told}\n\n{section}:\n" + "\n".join(texts) + "\n" if texts else told
    return f"{_quoted(whole)}\n"


def _quoted(text: str) -> str:
    """A text as a docstring."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"""{escaped}"""'


def _literal(value: object) -> str:
    """A value as Python spells it."""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else repr(value)


def _bounds(io: V1IO) -> str:
    """The bounds of a value, as arguments; its options are told by its type."""
    return _words(asdict(evolve(io.validation, options=None), recurse=False)) if io.validation else ""


def _words(given: Mapping[str, object]) -> str:
    """What has a value, as arguments."""
    return ", ".join(f"{name}={_literal(value)}" for name, value in given.items() if value is not None)
