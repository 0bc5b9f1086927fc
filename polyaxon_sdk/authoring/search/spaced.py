"""The values of one input that a search is given."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast, get_args

from polyaxon_sdk.authoring.search.interval import NUMBERS, interval_in
from polyaxon_sdk.authoring.search.offered import distribution_of
from polyaxon_sdk.authoring.vocabulary.spaces import Choice, Space
from polyaxon_sdk.polyflow.hp import HyperParam
from polyaxon_sdk.polyflow.kinds import Kinds

if TYPE_CHECKING:
    from polyaxon_sdk.authoring.annotations import Meaning

__all__ = ["spaced"]


def spaced(value: object, meaning: Meaning) -> HyperParam | None:
    """The values that a list, a text such as `1e-4..1e-1:log` or a distribution stands for; None for a single value.

    Raises:
        InputError: a range that is none, or values that the input doesn't take.

    >>> from polyaxon_sdk.authoring.annotations import meaning_of
    >>> spaced("1..3", meaning_of(int)).kind, spaced("adam", meaning_of(str))
    ('range', None)
    """
    if _is_distribution(value):
        return cast("HyperParam", value)
    if isinstance(value, Space):
        return distribution_of(value, meaning)
    if isinstance(value, list | tuple | set | range) and not meaning.is_list:
        return distribution_of(Choice(*value), meaning)
    if isinstance(value, list) and value and all(isinstance(each, list) for each in value):
        return distribution_of(Choice(*value), meaning)
    if isinstance(value, str) and meaning.type in NUMBERS:
        found = interval_in(value, whole=meaning.type == "int")
        return None if found is None else distribution_of(found, meaning)
    return None


def _is_distribution(value: object) -> bool:
    kinds = next(each for each in get_args(HyperParam) if isinstance(each, Kinds))
    return any(isinstance(value, kinds.find(kind)) for kind in kinds.classes)
