"""V1Bayes: each draw where a model of the earlier ones expects most."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

from attrs import field, frozen

from polyaxon_sdk.polyflow.bounds import positive
from polyaxon_sdk.polyflow.documentation import documented
from polyaxon_sdk.polyflow.problems import fault

if TYPE_CHECKING:
    from polyaxon_sdk.polyflow.early_stopping import EarlyStopping
    from polyaxon_sdk.polyflow.hp import HyperParam
    from polyaxon_sdk.polyflow.lenient import Whole
    from polyaxon_sdk.polyflow.metric import V1OptimizationMetric
    from polyaxon_sdk.polyflow.templates import Template
    from polyaxon_sdk.polyflow.tuner import V1Tuner
    from polyaxon_sdk.polyflow.words import AcquisitionFunctions, GaussianProcessesKernels

__all__ = ["GaussianProcessConfig", "UtilityFunctionConfig", "V1Bayes"]

_NEEDED = {"ucb": "kappa", "ei": "eps", "poi": "eps"}
"""What each acquisition function can't do without."""


@documented
@frozen(kw_only=True)
class GaussianProcessConfig:
    """The model behind a Bayesian search (semantics 1.15).

    Args:
        kernel: `rbf` or `matern`; default `matern`.
        length_scale: how far one point tells of another; default: fitted.
        nu: how smooth the matern kernel is; default: the tuner's own.
        num_restarts_optimizer: how often its fit starts again; default 0.

    >>> GaussianProcessConfig(kernel="matern", nu=1.9).nu
    1.9
    """

    kernel: GaussianProcessesKernels | Literal["rbf", "matern"] | None = None
    length_scale: float | Template | None = None
    nu: float | Template | None = None
    num_restarts_optimizer: Whole | Template | None = None


@documented
@frozen(kw_only=True)
class UtilityFunctionConfig:
    """How a Bayesian search weighs what it expects against what it doesn't know (semantics 1.15).

    Args:
        acquisition_function: `ucb`, `ei` or `poi`; default `ucb`.
        gaussian_process: the model; default: a matern kernel.
        kappa: needed by `ucb`: the more, the more it explores; default none.
        eps: needed by `ei` and `poi`: the more, the more it explores; default none.
        num_warmup: how many points are looked at first in the search for the best one; default: the tuner's own.
        num_iterations: how many of them are then improved; default: the tuner's own.

    >>> UtilityFunctionConfig(acquisition_function="ucb", kappa=1.2).kappa
    1.2
    """

    acquisition_function: AcquisitionFunctions | Literal["ucb", "ei", "poi"] | None = None
    gaussian_process: GaussianProcessConfig | None = None
    kappa: float | Template | None = None
    eps: float | Template | None = None
    num_warmup: Whole | Template | None = None
    num_iterations: Whole | Template | None = None

    def __attrs_post_init__(self) -> None:
        function = self.acquisition_function or "ucb"
        needed = _NEEDED[function]
        if getattr(self, needed) is None:
            expected = f"a number, for {function}"
            raise fault("missing", path=(needed,), expected=expected, missing=True)


@documented
@frozen(kw_only=True)
class V1Bayes:
    """Random runs first, then each where a Gaussian process expects most (semantics 1.15).

    Args:
        params: each input's values, such as a `V1HpChoice`; of the distributions only `V1HpUniform`.
        num_initial_runs: how many are random.
        max_iterations: how many follow.
        metric: the output to optimize.
        utility_function: how points are weighed; default: `ucb`.
        seed: the same seed gives the same draws; default: each search draws anew.
        concurrency: how many runs at once; default: all that can.
        tuner: the component that makes the suggestions; default: the hub's own.
        early_stopping: when all of it stops: `V1MetricEarlyStopping`, `V1FailureEarlyStopping`;
            default: never before its end.

    >>> from polyaxon_sdk.polyflow import V1HpChoice, V1OptimizationMetric
    >>> V1Bayes(
    ...     params={"lr": V1HpChoice(value=[0.1, 0.2])},
    ...     num_initial_runs=5,
    ...     max_iterations=10,
    ...     metric=V1OptimizationMetric(name="loss", optimization="minimize"),
    ... ).kind
    'bayes'
    """

    kind: ClassVar[str] = "bayes"

    params: dict[str, HyperParam] | Template
    num_initial_runs: Whole | Template = field(validator=positive)
    max_iterations: Whole | Template = field(validator=positive)
    metric: V1OptimizationMetric
    utility_function: UtilityFunctionConfig | None = None
    seed: int | Template | None = None
    concurrency: Whole | Template | None = field(default=None, validator=positive)
    tuner: V1Tuner | None = None
    early_stopping: list[EarlyStopping] | Template | None = None
