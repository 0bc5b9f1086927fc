"""The words that fields choose from, as enumerations.

A field holds a word as plain text where it comes from a file; a member equals its word, so that either may be given.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Literal, TypeAlias

__all__ = [
    "AcquisitionFunctions",
    "GaussianProcessesKernels",
    "PatchStrategy",
    "PullPolicy",
    "V1CleanPodPolicy",
    "V1Optimization",
    "V1PatchStrategy",
    "V1ResourceType",
    "V1TriggerPolicy",
]


class AcquisitionFunctions(StrEnum):
    """How a Bayesian search weighs a point (semantics 1.15).

    >>> AcquisitionFunctions.UCB == "ucb"
    True
    """

    UCB = "ucb"
    EI = "ei"
    POI = "poi"


class GaussianProcessesKernels(StrEnum):
    """The kernels of a Bayesian search's model (semantics 1.15).

    >>> GaussianProcessesKernels.MATERN == "matern"
    True
    """

    RBF = "rbf"
    MATERN = "matern"


class PullPolicy(StrEnum):
    """When a cluster fetches an image (semantics 1.9).

    >>> PullPolicy.IF_NOT_PRESENT == "IfNotPresent"
    True
    """

    ALWAYS = "Always"
    IF_NOT_PRESENT = "IfNotPresent"
    NEVER = "Never"


class V1CleanPodPolicy(StrEnum):
    """Which pods of a distributed run go at its end (semantics 1.9).

    >>> V1CleanPodPolicy.ALL == "All"
    True
    """

    ALL = "All"
    RUNNING = "Running"
    NONE = "None"


class V1Optimization(StrEnum):
    """Whether more or less of a metric is better (semantics 1.15).

    >>> V1Optimization.MINIMIZE == "minimize"
    True
    """

    MAXIMIZE = "maximize"
    MINIMIZE = "minimize"


class V1PatchStrategy(StrEnum):
    """How one specification is laid over another (semantics 1.16).

    >>> V1PatchStrategy.POST_MERGE == "post_merge"
    True
    """

    REPLACE = "replace"
    ISNULL = "isnull"
    POST_MERGE = "post_merge"
    PRE_MERGE = "pre_merge"


class V1ResourceType(StrEnum):
    """The type of the input through which a search gives a run more to spend (semantics 1.15).

    >>> V1ResourceType.INT == "int"
    True
    """

    INT = "int"
    FLOAT = "float"


class V1TriggerPolicy(StrEnum):
    """Which ends of its upstreams start an operation of a dag (semantics 1.17).

    >>> V1TriggerPolicy.ALL_DONE == "all_done"
    True
    """

    ALL_SUCCEEDED = "all_succeeded"
    ALL_FAILED = "all_failed"
    ALL_DONE = "all_done"
    ONE_SUCCEEDED = "one_succeeded"
    ONE_FAILED = "one_failed"
    ONE_DONE = "one_done"


PatchStrategy: TypeAlias = V1PatchStrategy | Literal["replace", "isnull", "post_merge", "pre_merge"]
"""A strategy as a member or as its word."""
