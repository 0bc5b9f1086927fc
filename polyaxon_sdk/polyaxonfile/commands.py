"""What an operation would run, as a person reads it before saying yes."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping

from attrs import AttrsInstance

from polyaxon_sdk.exceptions import printable
from polyaxon_sdk.polyflow import write

__all__ = ["commands_of"]

_VALUES = frozenset({"inputs", "outputs", "contexts", "params", "matrix", "joins"})
_WORDS = ("command", "entrypoint", "cmd", "args")
_SOURCES = ("git", "artifacts", "paths", "file", "dockerfile", "tensorboard")


def commands_of(operation: AttrsInstance) -> list[str]:
    """A line for each command and each init step in an operation, whatever holds it, unprintables escaped.

    Args:
        operation: a compiled one shows what will run; another one its templates.

    >>> from polyaxon_sdk.polyflow import V1Container, V1Job, V1Operation
    >>> job = V1Job(container=V1Container(command=["python", "train.py"], env={"SEED": "3"}))
    >>> commands_of(V1Operation(run=job))
    ['SEED=3 python train.py']
    """
    return [printable(line) for line in _lines(write(operation), {})]


def _lines(data: object, environment: Mapping[str, object]) -> Iterator[str]:
    if isinstance(data, list):
        for item in data:
            yield from _lines(item, environment)
    if not isinstance(data, dict):
        return
    environment = {**environment, **_given(data)}
    if _is_container(data):
        yield _line(data, environment)
    if sources := [name for name in _SOURCES if isinstance(data.get(name), (dict, list, str))]:
        yield f"init: {sources[0]} {_brief(data[sources[0]])}"
    for key, value in data.items():
        if key not in _VALUES and key not in _SOURCES:
            yield from _lines(value, environment)


def _is_container(data: Mapping[str, object]) -> bool:
    return any(isinstance(data.get(key), (str, list)) for key in (*_WORDS, "image"))


def _line(container: Mapping[str, object], environment: Mapping[str, object]) -> str:
    variables = {**environment, **_pairs(container.get("env"))}
    words = [f"{name}={shlex.quote(str(value))}" for name, value in variables.items()]
    command = [word for key in _WORDS for word in _words(container.get(key))]
    words += command or [f"(the command of image {container.get('image')})"]
    folder = container.get("workingDir")
    return " ".join(words) + (f"  (in {folder})" if folder else "")


def _words(value: object) -> list[str]:
    if isinstance(value, list):
        return [shlex.quote(str(word)) for word in value if word is not None]
    return [] if value is None else [str(value)]


def _given(data: Mapping[str, object]) -> dict[str, object]:
    """The variables that inputs and params are put into."""
    found: dict[str, object] = {}
    for key in ("inputs", "outputs", "contexts"):
        ios = data.get(key)
        for io in ios if isinstance(ios, list) else []:
            if isinstance(io, dict) and isinstance(io.get("toEnv"), str):
                found[io["toEnv"]] = io.get("value")
    params = data.get("params")
    for param in params.values() if isinstance(params, dict) else []:
        if isinstance(param, dict) and isinstance(param.get("toEnv"), str):
            found[param["toEnv"]] = param.get("value")
    return found


def _pairs(env: object) -> dict[str, object]:
    if isinstance(env, dict):
        return dict(env)
    items = [item for item in env if isinstance(item, dict)] if isinstance(env, list) else []
    return {str(item.get("name")): item.get("value", item.get("valueFrom")) for item in items}


def _brief(source: object) -> str:
    if isinstance(source, dict):
        return " ".join(f"{key}={value}" for key, value in source.items())
    return str(source)
