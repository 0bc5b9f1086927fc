"""From a matrix to suggestions: which values each run of a search gets; no input or output here."""

from __future__ import annotations

from polyaxon_sdk.tuners.brackets import Bracket, Rung, brackets_of
from polyaxon_sdk.tuners.draws import draw
from polyaxon_sdk.tuners.grid import suggest_grid
from polyaxon_sdk.tuners.mapping import suggest_mapping
from polyaxon_sdk.tuners.own import SearchSpace, Tried
from polyaxon_sdk.tuners.randomly import suggest_randomly
from polyaxon_sdk.tuners.spaces import is_discrete, values_of
from polyaxon_sdk.tuners.trials import Trial

__all__ = [
    "Bracket",
    "Rung",
    "SearchSpace",
    "Trial",
    "Tried",
    "brackets_of",
    "draw",
    "is_discrete",
    "suggest_grid",
    "suggest_mapping",
    "suggest_randomly",
    "values_of",
]
