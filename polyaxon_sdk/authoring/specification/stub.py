"""A component that is written in a file, as a typed Python function."""

from __future__ import annotations

import json
import keyword
import re
from collections.abc import Mapping, Sequence
from textwrap import indent

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyflow import V1IO, V1Component, V1Operation, is_template
from polyaxon_sdk.polyflow.templates import unverbatim

__all__ = ["stub_of"]

_TYPES: Mapping[str, tuple[str, str]] = {
    "bool": ("bool", ""),
    "int": ("int", ""),
    "float": ("float", ""),
    "metric": ("float", ""),
    "str": ("str", ""),
    "dict": ("dict[str, object]", ""),
    "list": ("list[object]", ""),
    "path": ("Path", "from pathlib import Path"),
    "date": ("date", "from datetime import date"),
    "datetime": ("datetime", "from datetime import datetime"),
    "timedelta": ("timedelta", "from datetime import timedelta"),
    "uuid": ("UUID", "from uuid import UUID"),
}
"""What a type is in Python, and the line that imports it; of all others any value is taken."""

_BODY = 'raise RuntimeError("{} says what runs")'
"""Type checkers want a body for what returns something."""

_TEXTS = frozenset({"uri", "image", "email", "s3", "gcs", "wasb"})


def stub_of(operation: V1Operation, file: str) -> str:
    """A Python module with the component of `file` as a function.

    Args:
        operation: as the file is read.
        file: its path from where the module will stand.

    Raises:
        InputError: it is no component, or has an input that no parameter can be called like.

    >>> component = V1Component(name="train", inputs=[V1IO(name="epochs", type="int")])
    >>> print(stub_of(V1Operation(component=component), "train.yml").splitlines()[-1])
        raise RuntimeError("train.yml says what runs")
    """
    component = operation.component
    if component is None:
        raise InputError("an operation that holds its runtime itself", where=file, expected="a component")
    name = re.sub(r"\W", "_", component.name or "component")
    stub = _Stub(component, name, file)
    result = stub.result()
    parameters = stub.parameters()
    signature = f"def {name}({', '.join(parameters)}) -> {result}:"
    if len(signature) > 100:
        signature = f"def {name}(\n" + "".join(f"    {each},\n" for each in parameters) + f") -> {result}:"
    parts = [
        f'"""The component of {file}, for Python; made by `polyaxon components stub {file}`."""',
        "\n".join(stub.imports()),
        *stub.classes,
        f'@specified("{file}")\n{signature}\n{indent(stub.docstring(), "    ")}    {_BODY.format(file)}\n',
    ]
    head, *rest = parts[:2], parts[2:]
    return "\n\n".join(head) + "\n\n\n" + "\n\n\n".join(rest[0])


class _Stub:
    """The parts of a module, gathered as they are asked for."""

    def __init__(self, component: V1Component, name: str, file: str) -> None:
        self._component = component
        self._name = name
        self._file = file
        self._imports = {"from polyaxon_sdk import specified"}
        self.classes: list[str] = []

    def imports(self) -> list[str]:
        """The lines that import, those of the standard library first."""
        ours = [line for line in self._imports if "polyaxon" in line]
        others = sorted(self._imports - set(ours))
        return [*others, "", *ours] if others else ours

    def parameters(self) -> list[str]:
        """The inputs; where one that is required follows one that isn't, by name alone."""
        inputs = self._component.inputs or []
        for io in inputs:
            if not io.name.isidentifier() or keyword.iskeyword(io.name):
                raise InputError(f"no parameter can be called {io.name!r}", where=self._file, path="inputs")
        shown = [self._parameter(io) for io in inputs]
        optional = [not io.required for io in inputs]
        return ["*", *shown] if optional != sorted(optional) else shown

    def result(self) -> str:
        """The return annotation: a named tuple of the outputs."""
        outputs = self._component.outputs or []
        if not outputs:
            return "None"
        self._imports.add("from typing import NamedTuple")
        name = "".join(part.capitalize() for part in self._name.split("_")) + "Outputs"
        fields = "".join(f"    {io.name}: {self._type(io)}\n" for io in outputs)
        told = indent(_docstring("What a run gives.", "Attributes", outputs), "    ")
        self.classes.append(f"class {name}(NamedTuple):\n{told}\n{fields.rstrip()}")
        return name

    def docstring(self) -> str:
        """The descriptions of the component and its inputs."""
        told = self._component.description or f"The component of {self._file}."
        return _docstring(told, "Args", self._component.inputs or [])

    def _parameter(self, io: V1IO) -> str:
        kind = self._type(io)
        if io.required:
            return f"{io.name}: {kind}"
        if io.value is None:
            return f"{io.name}: {kind} | None = None"
        return f"{io.name}: {kind} = {self._default(io)}"

    def _type(self, io: V1IO) -> str:
        kind = io.type or "any"
        options = io.validation.options if io.validation else None
        if (
            isinstance(options, Sequence)
            and not isinstance(options, str)
            and options
            and kind in {"int", "str"}
        ):
            self._imports.add("from typing import Literal")
            shown = f"Literal[{', '.join(map(_literal, options))}]"
        else:
            shown, line = _TYPES.get(kind, ("str" if kind in _TEXTS else "object", ""))
            if line:
                self._imports.add(line)
        return f"list[{shown}]" if io.is_list else shown

    def _default(self, io: V1IO) -> str:
        kind, value = io.type or "any", unverbatim(io.value)
        if is_template(value) or io.is_list:
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
    texts = [f"    {io.name}: {io.description}" for io in described if io.description]
    whole = f"{told}\n\n{section}:\n" + "\n".join(texts) + "\n" if texts else told
    text = whole.replace("\\", "\\\\").replace('"""', '\\"""')
    return f'"""{text}"""\n'


def _literal(value: object) -> str:
    """A value as Python spells it."""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else repr(value)
