"""The arguments of a call as values of inputs."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from polyaxon_sdk.authoring.caller import caller
from polyaxon_sdk.authoring.signature import Signature, read_signature
from polyaxon_sdk.authoring.signature.names import check_names, name_of, parameters_of
from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyflow import V1Param
from polyaxon_sdk.polyflow.templates import verbatim

__all__ = ["bind", "params_of", "spell", "spell_all"]


def bind(
    function: Callable[..., object], args: tuple[object, ...], kwargs: Mapping[str, object]
) -> dict[str, object]:
    """What each argument of a call is for; what the call leaves out is left out.

    Raises:
        InputError: an argument that the function doesn't take, with the line of the call.

    >>> bind(lambda epochs, rate=0.1: None, (3,), {})
    {'epochs': 3}
    """
    check_names(function, kwargs)
    try:
        return dict(parameters_of(function).bind_partial(*args, **kwargs).arguments)
    except TypeError as error:
        raise InputError(str(error), where=caller(), path=name_of(function)) from error


def spell(
    function: Callable[..., object], name: str, value: object, known: Signature | None = None
) -> object:
    """An argument as JSON holds it.

    Args:
        known: the function's, where it was read before.

    Raises:
        InputError: it is not of the input's type, with the line of the call.

    >>> from pathlib import Path
    >>> def train(data: Path) -> None: ...
    >>> spell(train, "data", Path("digits"))
    'digits'
    """
    read = known or read_signature(function)
    found = next(each for each in read.inputs if each.name == name)
    try:
        return None if value is None and found.meaning.is_optional else found.meaning.spell(value)
    except InputError as error:
        error.where = error.where or caller()
        error.path = ".".join(part for part in (name_of(function), name, error.path) if part)
        raise


def spell_all(
    function: Callable[..., object], given: Mapping[str, object], known: Signature | None = None
) -> dict[str, object]:
    """As `spell`, of each.

    Raises:
        InputError: one that is no input's, too.
    """
    check_names(function, given)
    return {name: spell(function, name, value, known) for name, value in given.items()}


def params_of(
    function: Callable[..., object], given: Mapping[str, object], known: Signature | None = None
) -> dict[str, V1Param]:
    """As `spell_all`, as params of an operation; braces in texts are no templates.

    >>> def ask(prompt: str) -> None: ...
    >>> params_of(ask, {"prompt": "{{ question }}"})["prompt"].value
    '{% raw %}{{ question }}{% endraw %}'
    """
    spelled = spell_all(function, given, known)
    return {name: V1Param(value=verbatim(value)) for name, value in spelled.items()}
