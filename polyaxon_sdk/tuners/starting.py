"""The search that a matrix asks for."""

from __future__ import annotations

from polyaxon_sdk.polyflow import V1Asha, V1Bayes, V1GridSearch, V1Mapping, V1Matrix, V1RandomSearch
from polyaxon_sdk.tuners.asha import AshaSearch
from polyaxon_sdk.tuners.growing import GrowingSearch
from polyaxon_sdk.tuners.listed import ListedSearch
from polyaxon_sdk.tuners.rounds import RoundsSearch
from polyaxon_sdk.tuners.search import Search

__all__ = ["search_of"]


def search_of(matrix: V1Matrix) -> Search:
    """The search of a matrix, before its first run.

    Args:
        matrix: with its templates resolved; a tuner of its own is left to whoever carries it out.

    Raises:
        InputError: it isn't resolved, or is wrong.

    >>> from polyaxon_sdk.polyflow import V1HpChoice
    >>> search = search_of(V1GridSearch(params={"rate": V1HpChoice(value=[0.1, 0.2])}))
    >>> [each.values["rate"] for each in search.ask(1)]
    [0.1, 0.2]
    """
    if isinstance(matrix, (V1Mapping, V1GridSearch, V1RandomSearch)):
        return ListedSearch(matrix)
    if isinstance(matrix, V1Bayes):
        return GrowingSearch(matrix)
    return AshaSearch(matrix) if isinstance(matrix, V1Asha) else RoundsSearch(matrix)
