"""The component that a function stands for."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, cast

from attrs import evolve

from polyaxon_sdk.authoring.function.place import file_of, innermost, place_of
from polyaxon_sdk.authoring.signature.docstring import Texts, read_docstring
from polyaxon_sdk.authoring.signature.returned import Result
from polyaxon_sdk.authoring.signature.whole import Parameter, Signature, read_signature
from polyaxon_sdk.authoring.vocabulary.notes import Input, Output
from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyflow import V1IO, SpecError, V1Component, V1Validation, read, write
from polyaxon_sdk.polyflow.problems import at

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FunctionType

    from polyaxon_sdk.authoring.annotations import Meaning
    from polyaxon_sdk.authoring.specification.options import Options
    from polyaxon_sdk.polyflow import V1Operation

__all__ = ["component_of", "inputs_of", "yaml_of"]

_VERSION = 1.1
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
    with _placed(function):
        inputs = [_input(each, texts) for each in signature.inputs]
        told = _told_of_outputs(signature, texts)
        outputs = [_output(each, told) for each in signature.outputs]
        document = {
            "version": _VERSION,
            "name": name,
            "description": options.description or texts.description,
            **_given(options, _COMPONENT),
            "inputs": [write(each) for each in inputs] or None,
            "outputs": [write(each) for each in outputs] or None,
            "run": _job(target, options),
            "strictParams": True,
        }
        return read(V1Component, _patched(_without_nothing(document), options))


def _warn(function: Callable[..., object], told: str) -> None:
    """Warn once of a function, with the person's own line."""
    found = cast("FunctionType", innermost(function))
    code, registry = found.__code__, found.__globals__.setdefault("__warningregistry__", {})
    warnings.warn_explicit(told, UserWarning, code.co_filename, code.co_firstlineno, registry=registry)


def inputs_of(function: Callable[..., object]) -> list[tuple[V1IO, Parameter]]:
    """Each parameter, as an input and as the signature has it."""
    texts = read_docstring(function.__doc__)
    with _placed(function):
        return [(_input(each, texts), each) for each in read_signature(function).inputs]


def yaml_of(specified: V1Component | V1Operation) -> str:
    """A component or an operation as a Polyaxonfile."""
    import yaml  # third-party, for those who ask for the file

    document = {"version": _VERSION, "kind": specified.kind, **_mapping(write(specified))}
    return yaml.safe_dump(document, sort_keys=False, allow_unicode=True)


@contextmanager
def _placed(function: Callable[..., object]) -> Iterator[None]:
    """Mistakes in what is said of a function, with its file and line."""
    place = place_of(function)
    try:
        yield
    except SpecError as error:
        raise SpecError(evolve(each, where=each.where or place) for each in error.problems) from error
    except InputError as error:
        error.where = error.where or place
        raise


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
    return _without_nothing(
        {"kind": "job", **_given(options, _JOB), "container": _without_nothing(container)}
    )


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
    return {name: _plain(given[name]) for name in names if name in given}


def _plain(value: object) -> object:
    """An option as a file holds it."""
    if hasattr(value, "__attrs_attrs__"):
        return write(value)
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, Sequence) else value


def _patched(document: dict[str, object], options: Options) -> dict[str, object]:
    if not options.patches:
        return document
    from polyaxon_sdk.polyaxonfile.patching import patch  # yaml comes with it, for those who patch

    for piece, strategy in options.patches:
        document = patch(document, piece, strategy)
    return document


def _without_nothing(document: Mapping[str, object]) -> dict[str, object]:
    return {key: value for key, value in document.items() if value is not None}


def _mapping(document: object) -> dict[str, object]:
    assert isinstance(document, dict)
    return document


def _input(each: Parameter, texts: Texts) -> V1IO:
    meaning = each.meaning
    said = Input() if meaning.said is None else meaning.said
    if not isinstance(said, Input):
        raise InputError(
            "Output(...) says something of what is returned", path=each.name, expected="Input(...)"
        )
    try:
        return V1IO(
            name=each.name,
            description=meaning.description or texts.parameters.get(each.name),
            type=meaning.type,
            value=each.default,
            is_optional=each.has_default or meaning.is_optional or None,
            is_list=meaning.is_list or None,
            is_flag=(meaning.type == "bool" and each.default is False) or None,
            arg_format=said.arg_format,
            connection=said.connection,
            to_init=said.to_init,
            to_env=said.to_env,
            validation=_bounds(meaning),
            delay_validation=said.delay_validation,
        )
    except InputError as error:
        raise InputError(error.what, path=each.name, expected=error.expected, hint=error.hint) from error


def _told_of_outputs(signature: Signature, texts: Texts) -> dict[str, str]:
    """A text for each output: of the function's docstring, of the class that it returns, or of the whole result."""
    names = [each.name for each in signature.outputs]
    whole = {name: texts.result for name in names if len(names) == 1 and texts.result}
    return {**whole, **read_docstring(signature.returned.doc).parameters, **texts.outputs}


def _output(each: Result, texts: Mapping[str, str]) -> V1IO:
    meaning = each.meaning
    said = meaning.said or Output()
    return V1IO(
        name=each.name,
        description=meaning.description or texts.get(each.name),
        type=meaning.type,
        is_optional=meaning.is_optional or None,
        is_list=meaning.is_list or None,
        connection=said.connection,
        validation=_bounds(meaning),
        delay_validation=said.delay_validation,
    )


def _bounds(meaning: Meaning) -> V1Validation | None:
    bounds = {**meaning.bounds, **({"options": list(meaning.options)} if meaning.options else {})}
    return V1Validation(**cast("dict[str, Any]", bounds)) if bounds else None
