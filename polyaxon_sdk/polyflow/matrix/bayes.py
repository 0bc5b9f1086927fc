"""V1Bayes: each draw where a model of the earlier ones expects most."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

from attrs import field, frozen

from polyaxon_sdk.polyflow.bounds import positive

if TYPE_CHECKING:
    from polyaxon_sdk.polyflow.early_stopping import EarlyStopping
    from polyaxon_sdk.polyflow.hp import HyperParam
    from polyaxon_sdk.polyflow.metric import V1OptimizationMetric
    from polyaxon_sdk.polyflow.templates import Template
    from polyaxon_sdk.polyflow.tuner import V1Tuner

__all__ = ["GaussianProcessConfig", "UtilityFunctionConfig", "V1Bayes"]


@frozen(kw_only=True)
class GaussianProcessConfig:
    """The model behind a Bayesian search.

    Args:
        kernel: `rbf` or `matern`; default `matern`.
        length_scale, nu: of the kernel.
        num_restarts_optimizer: how often its fit starts again.

    >>> GaussianProcessConfig(kernel="matern", nu=1.9).nu
    1.9
    """

    kernel: Literal["rbf", "matern"] | None = None
    length_scale: float | Template | None = None
    nu: float | Template | None = None
    num_restarts_optimizer: int | Template | None = None


@frozen(kw_only=True)
class UtilityFunctionConfig:
    """How a Bayesian search weighs what it expects against what it doesn't know.

    Args:
        acquisition_function: `ucb`, `ei` or `poi`; default `ucb`.
        gaussian_process: the model.
        kappa: for `ucb`; more explores more.
        eps: for `ei` and `poi`.
        num_warmup, num_iterations: of the search for the best point.

    >>> UtilityFunctionConfig(acquisition_function="ucb", kappa=1.2).kappa
    1.2
    """

    acquisition_function: Literal["ucb", "ei", "poi"] | None = None
    gaussian_process: GaussianProcessConfig | None = None
    kappa: float | Template | None = None
    eps: float | Template | None = None
    num_warmup: int | Template | None = None
    num_iterations: int | Template | None = None


@frozen(kw_only=True)
class V1Bayes:
    """Random runs first, then each where a Gaussian process expects most.

    Args:
        params: each input's values; of the distributions only `uniform`.
        num_initial_runs: the random ones.
        max_iterations: the further ones.
        metric: the output to optimize.
        utility_function: how points are weighed.
        seed, concurrency, tuner, early_stopping: as for the other searches.

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
    num_initial_runs: int | Template = field(validator=positive)
    max_iterations: int | Template = field(validator=positive)
    metric: V1OptimizationMetric
    utility_function: UtilityFunctionConfig | None = None
    seed: int | Template | None = None
    concurrency: int | Template | None = field(default=None, validator=positive)
    tuner: V1Tuner | None = None
    early_stopping: list[EarlyStopping] | Template | None = None
