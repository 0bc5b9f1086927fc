"""The search that a signature offers by itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from polyaxon_sdk.authoring.signature import read_signature
from polyaxon_sdk.authoring.vocabulary.spaces import Choice, Space
from polyaxon_sdk.polyflow.templates import verbatim

if TYPE_CHECKING:
    from polyaxon_sdk.authoring.annotations import Meaning
    from polyaxon_sdk.polyflow.hp import HyperParam

__all__ = ["distribution_of", "space_of"]

_EITHER = (False, True)


def space_of(function: Callable[..., object]) -> dict[str, HyperParam]:
    """The values that a search gives to each input whose annotation tells them.

    A space such as `Log(1e-5, 1e-1)` does, and so do Literal, Enum and bool, whose values are few.

    Raises:
        InputError: a signature that can't be inputs.

    >>> def train(rate: float, deep: bool = False) -> None: ...
    >>> space_of(train)
    {'deep': V1HpChoice(value=[False, True])}
    """
    offered = {each.name: each.meaning for each in read_signature(function).inputs}
    spaces = {name: (meaning, space) for name, meaning in offered.items() if (space := _space(meaning))}
    return {name: distribution_of(space, meaning) for name, (meaning, space) in spaces.items()}


def distribution_of(space: Space, meaning: Meaning) -> HyperParam:
    """A space as the specification has it, of values of an input.

    Raises:
        InputError: a value of the space that the input doesn't take.

    >>> from polyaxon_sdk.authoring.annotations import meaning_of
    >>> from polyaxon_sdk.authoring.vocabulary.spaces import Uniform
    >>> distribution_of(Uniform(1, 9), meaning_of(int)).kind
    'quniform'
    """
    return space.distribution(whole=meaning.type == "int", spell=lambda value: verbatim(meaning.spell(value)))


def _space(meaning: Meaning) -> Space | None:
    if meaning.space is not None or meaning.is_list:
        return meaning.space
    if meaning.options:
        return Choice(*(meaning.build(option) for option in meaning.options))
    return Choice(*_EITHER) if meaning.type == "bool" else None
