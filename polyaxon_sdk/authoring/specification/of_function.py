"""The component that a function stands for."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, cast

from polyaxon_sdk.authoring.function.place import file_of, innermost, place_of
from polyaxon_sdk.authoring.signature import read_signature
from polyaxon_sdk.authoring.signature.docstring import read_docstring
from polyaxon_sdk.authoring.specification.document import VERSION, plain, without_nothing
from polyaxon_sdk.authoring.specification.io import as_inputs, as_outputs, as_written
from polyaxon_sdk.authoring.specification.placing import placed
from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyflow import V1Component, read, write
from polyaxon_sdk.polyflow.problems import at

if TYPE_CHECKING:
    from types import FunctionType

    from polyaxon_sdk.authoring.specification.options import Options

__all__ = ["component_of"]

_CONTAINER = {"image": "image", "working_dir": "workingDir"}
_JOB = ("init", "connections", "volumes", "sidecars", "environment")
_COMPONENT = (
    "tags", "presets", "queue", "namespace", "cache", "termination", "plugins", "build", "hooks", "cost",
)  # fmt: skip
"""The options, by where their fields stand; env and resources have short forms of their own."""


def component_of(function: Callable[..., object], options: Options) -> V1Component:
    """The component of a decorated function: strict, because a signature is.

    Raises:
        InputError: a signature that can't be inputs, an option that is wrong, or a function that no new process
            can import; with file and line.
    """
    target = f"{file_of(function)}:{function.__qualname__}"
    signature = read_signature(function, outputs=options.outputs)
    texts = read_docstring(function.__doc__)
    for each in signature.inputs:
        if not each.is_typed:
            _warn(function, f"{place_of(function)}: {each.name} has no annotation: any value is taken")
    name = options.name or re.sub(r"[^-a-zA-Z0-9_]", "-", function.__name__)
    with placed(place_of(function)):
        document = {
            "version": VERSION,
            "name": name,
            "description": options.description or texts.description,
            **_given(options, _COMPONENT),
            "inputs": [write(as_written(each)) for each in as_inputs(signature, texts)] or None,
            "outputs": [write(each) for each in as_outputs(signature, texts)] or None,
            "run": _job(target, options),
            "strictParams": True,
        }
        return read(V1Component, _patched(without_nothing(document), options))


def _warn(function: Callable[..., object], told: str) -> None:
    """Warn once of a function, with the person's own line."""
    found = cast("FunctionType", innermost(function))
    code, registry = found.__code__, found.__globals__.setdefault("__warningregistry__", {})
    warnings.warn_explicit(told, UserWarning, code.co_filename, code.co_firstlineno, registry=registry)


def _job(target: str, options: Options) -> dict[str, object]:
    given = cast("Mapping[str, object]", options.given)
    env, resources = (_mapping_in(given, name) for name in ("env", "resources"))
    container = {
        **{key: given.get(name) for name, key in _CONTAINER.items()},
        "command": ["python", "-m", "polyaxon_sdk.authoring"],
        "args": [target],
        "env": [{"name": name, "value": value} for name, value in env.items()] or None,
        "resources": _resources(resources) or None,
    }
    return without_nothing({"kind": "job", **_given(options, _JOB), "container": without_nothing(container)})


def _mapping_in(given: Mapping[str, object], name: str) -> Mapping[str, object]:
    found = given.get(name) or {}
    if not isinstance(found, Mapping):
        raise InputError(f"{found!r} is of another form", path=name, expected="a mapping of names to values")
    return found


def _resources(given: Mapping[str, object]) -> dict[str, Any]:
    """Requests and limits as Kubernetes has them, of these or of the short form."""
    if not given or set(given) <= {"requests", "limits"}:
        return dict(given)
    # The compiler costs 30 ms, for those who ask for resources.
    from polyaxon_sdk.compiler.shortcuts import long_resources

    with at("resources"):
        return long_resources(given)


def _given(options: Options, names: Sequence[str]) -> dict[str, object]:
    given = cast("Mapping[str, object]", options.given)
    return {name: plain(given[name]) for name in names if name in given}


def _patched(document: dict[str, object], options: Options) -> dict[str, object]:
    if not options.patches:
        return document
    from polyaxon_sdk.polyaxonfile.patching import patch  # yaml comes with it, for those who patch

    for piece, strategy in options.patches:
        document = patch(document, piece, strategy)
    return document
