"""The component that a function stands for."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable
from typing import TYPE_CHECKING

from polyaxon_sdk.authoring.docstrings import Texts, read_docstring
from polyaxon_sdk.authoring.signature import Input, Output, read_signature
from polyaxon_sdk.authoring.source import file_of, place_of
from polyaxon_sdk.polyflow import V1IO, V1Component, V1Container, V1Job, V1Validation, write

if TYPE_CHECKING:
    from polyaxon_sdk.authoring.annotations import Meaning
    from polyaxon_sdk.authoring.options import Options

__all__ = ["component_of", "inputs_of", "yaml_of"]


def component_of(function: Callable[..., object], options: Options) -> V1Component:
    """The component of a decorated function: strict, because a signature is.

    Raises:
        InputError: a signature that can't be inputs, or a function that no new process can import.
    """
    signature = read_signature(function)
    texts = read_docstring(function.__doc__)
    for each in signature.inputs:
        if not each.is_typed:
            warnings.warn(
                f"{place_of(function)}: {each.name} has no annotation: any value is taken", stacklevel=3
            )
    return V1Component(
        name=options.name or re.sub(r"[^-a-zA-Z0-9_]", "-", function.__name__),
        description=options.description or texts.description,
        tags=list(options.tags) or None,
        strict_params=True,
        inputs=[_input(each, texts) for each in signature.inputs] or None,
        outputs=[_output(each, texts) for each in signature.outputs] or None,
        run=V1Job(
            container=V1Container(
                image=options.image,
                command=["python", "-m", "polyaxon_sdk.authoring"],
                args=[f"{file_of(function)}:{function.__qualname__}"],
                env=[{"name": name, "value": value} for name, value in options.env.items()] or None,
            )
        ),
    )


def inputs_of(function: Callable[..., object]) -> list[tuple[V1IO, Input]]:
    """Each parameter, as an input and as the signature has it."""
    texts = read_docstring(function.__doc__)
    return [(_input(each, texts), each) for each in read_signature(function).inputs]


def yaml_of(component: V1Component) -> str:
    """A component as a Polyaxonfile."""
    import yaml  # third-party, for those who ask for the file

    document = {"version": 1.1, "kind": "component", **_mapping(write(component))}
    return yaml.safe_dump(document, sort_keys=False, allow_unicode=True)


def _mapping(document: object) -> dict[str, object]:
    assert isinstance(document, dict)
    return document


def _input(each: Input, texts: Texts) -> V1IO:
    meaning = each.meaning
    return V1IO(
        name=each.name,
        description=meaning.description or texts.parameters.get(each.name),
        type=meaning.type,
        value=each.default,
        is_optional=each.has_default or meaning.is_optional or None,
        is_list=meaning.is_list or None,
        is_flag=(meaning.type == "bool" and each.default is False) or None,
        validation=_bounds(meaning),
    )


def _output(each: Output, texts: Texts) -> V1IO:
    meaning = each.meaning
    return V1IO(
        name=each.name,
        description=meaning.description or texts.parameters.get(each.name) or texts.result,
        type=meaning.type,
        is_list=meaning.is_list or None,
        validation=_bounds(meaning),
    )


def _bounds(meaning: Meaning) -> V1Validation | None:
    return V1Validation(options=list(meaning.options)) if meaning.options else None
