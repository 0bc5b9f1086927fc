"""Parameters and results as the inputs and outputs of a component."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, cast

from attrs import evolve

from polyaxon_sdk.authoring.function.place import place_of
from polyaxon_sdk.authoring.signature import Parameter, Signature, read_signature
from polyaxon_sdk.authoring.signature.docstring import Texts, read_docstring
from polyaxon_sdk.authoring.signature.returned import Result
from polyaxon_sdk.authoring.specification.placing import placed
from polyaxon_sdk.authoring.vocabulary.notes import Input, Output
from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyflow import V1IO, V1Validation
from polyaxon_sdk.polyflow.templates import verbatim

if TYPE_CHECKING:
    from polyaxon_sdk.authoring.annotations import Meaning

__all__ = ["as_inputs", "as_outputs", "as_written", "inputs_of", "validation_of"]


def inputs_of(function: Callable[..., object]) -> list[tuple[V1IO, Parameter]]:
    """Each parameter, as an input and as the signature has it."""
    texts = read_docstring(function.__doc__)
    with placed(place_of(function)):
        return [(_input(each, texts), each) for each in read_signature(function).inputs]


def as_inputs(signature: Signature, texts: Texts) -> list[V1IO]:
    """The parameters of a function with what its docstring says of them.

    Raises:
        InputError: what is said of one can't be; it is named.
    """
    return [_input(each, texts) for each in signature.inputs]


def as_outputs(signature: Signature, texts: Texts) -> list[V1IO]:
    """What a function returns, each with a text: of its docstring, of the class that it returns, or of the whole."""
    names = [each.name for each in signature.outputs]
    whole = {name: texts.result for name in names if len(names) == 1 and texts.result}
    told = {**whole, **read_docstring(signature.returned.doc).parameters, **texts.outputs}
    return [_output(each, told) for each in signature.outputs]


def as_written(io: V1IO) -> V1IO:
    """An input as a specification has it: braces in its default are no template."""
    value = verbatim(io.value)
    return io if value == io.value else evolve(io, value=value)


def validation_of(meaning: Meaning) -> V1Validation | None:
    """The bounds and options of a value; None where there are none."""
    bounds = {**meaning.bounds, **({"options": list(meaning.options)} if meaning.options else {})}
    return V1Validation(**cast("dict[str, Any]", bounds)) if bounds else None


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
            validation=validation_of(meaning),
            delay_validation=said.delay_validation,
        )
    except InputError as error:
        raise InputError(error.what, path=each.name, expected=error.expected, hint=error.hint) from error


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
        validation=validation_of(meaning),
        delay_validation=said.delay_validation,
    )
