"""Suggestions of a Bayesian search, by bayesian-optimization: where a Gaussian process expects most."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, TypeAlias, cast

from polyaxon_sdk.polyflow import GaussianProcessConfig, UtilityFunctionConfig, V1Bayes
from polyaxon_sdk.tuners.extras import requires
from polyaxon_sdk.tuners.history import History, Values
from polyaxon_sdk.tuners.lines import Drawn, Listed
from polyaxon_sdk.tuners.resolved import resolved, seed_of
from polyaxon_sdk.tuners.spaces import number
from polyaxon_sdk.tuners.trials import Trial
from polyaxon_sdk.tuners.warping import warped

if TYPE_CHECKING:
    import numpy as np
    from bayes_opt import BayesianOptimization
    from bayes_opt.acquisition import AcquisitionFunction
    from numpy.typing import NDArray
    from sklearn.gaussian_process.kernels import Kernel
    from typing_extensions import TypeIs

    Array: TypeAlias = NDArray[np.float64]

__all__ = ["BayesTuner"]

_KAPPA = 2.576
_EPS = 0.01
_NU = 2.5
_LENGTH = 0.5
_LENGTHS = (0.05, 10.0)
"""How far apart two places may be and still tell of each other, where every line is 1 long.

Without bounds the fit often ends where no place tells of another, which is a random search.
"""

_WARMUP = 2_000
_ITERATIONS = 2
_RESTARTS = 3


class BayesTuner:
    """A Gaussian process over the results so far, and ucb, ei or poi on it (semantics 1.15).

    Args:
        matrix: with its templates resolved.

    Raises:
        MissingExtraError: bayesian-optimization is not installed.
        InputError: the matrix is not resolved yet.

    >>> from polyaxon_sdk.polyflow import V1HpUniform, V1OptimizationMetric
    >>> loss = V1OptimizationMetric(name="loss", optimization="minimize")
    >>> rate = {"rate": V1HpUniform(value="0:1")}
    >>> tuner = BayesTuner(V1Bayes(params=rate, num_initial_runs=2, max_iterations=9, metric=loss, seed=1))
    >>> len(tuner.ask(2))
    2
    """

    def __init__(self, matrix: V1Bayes) -> None:
        with requires("bayes_opt"):
            import bayes_opt  # noqa: F401  # a second, for those who search with it: whether it is there

        self._history = History(resolved(matrix.params), seed=seed_of(matrix))
        self._sign = 1.0 if matrix.metric.optimization == "maximize" else -1.0
        self._startup = int(number(matrix.num_initial_runs))
        self._utility = matrix.utility_function or UtilityFunctionConfig(kappa=_KAPPA)
        self._unbelieved: dict[str, float] | None = None

    def tell(self, trials: Iterable[Trial]) -> None:
        """Take in what came of suggestions, of this tuner or of an earlier one of the same search."""
        for trial in trials:
            self._history.add(trial)

    def ask(self, count: int) -> list[Values]:
        """Up to `count` suggestions, none of them tried before; fewer where the space is used up.

        Until there are `numInitialRuns` results, they are random.
        """
        from sklearn import config_context  # comes with bayesian-optimization
        from threadpoolctl import (  # type: ignore[import-untyped]  # it has no types; bayesian-optimization has it
            threadpool_limits,
        )

        # The matrices are small: more threads would wait for each other, and take from the runs. They are asked for
        # thousands of times, each time checked for longer than it takes.
        with threadpool_limits(1), config_context(assume_finite=True, skip_parameter_validation=True):
            enough = len(self._history.places) >= max(1, self._startup)
            model = self._model() if enough else None
            found: list[Values] = []
            self._unbelieved = None
            for _ in range(count):
                new = self._history.new(None if model is None else lambda: self._proposed(model))
                if new is None:
                    break
                found.append(new)
            return found

    def _model(self) -> BayesianOptimization:
        from bayes_opt import BayesianOptimization  # there, as __init__ found

        model = BayesianOptimization(
            f=None,
            pbounds=dict.fromkeys(self._corner, (0.0, 1.0)),
            acquisition_function=_acquisition(self._utility),
            random_state=self._history.source().randrange(2**32),
            verbose=0,
            allow_duplicate_points=True,
        )
        process = self._utility.gaussian_process or GaussianProcessConfig()
        restarts = process.num_restarts_optimizer
        model.set_gp_params(
            kernel=_kernel(process),
            n_restarts_optimizer=_RESTARTS if restarts is None else int(number(restarts)),
        )
        targets = warped([self._sign * result for _, result in self._history.places])
        for (places, _), target in zip(self._history.places, targets, strict=True):
            model.register(params=self._inner(places), target=target)
        for at, places in enumerate(self._history.pending):
            self._believe(model, self._inner(places), is_fitted=at > 0)
        return model

    @staticmethod
    def _believe(model: BayesianOptimization, point: Mapping[str, float], *, is_fitted: bool) -> None:
        """Take the model's own mean for the result of a run that goes on, so that the next one is elsewhere.

        Args:
            is_fitted: whether it was fitted to what was measured: what it believes itself leaves its mean as it is.
        """
        import numpy as np  # comes with bayesian-optimization

        mean = model.predict(dict(point), fit_gp=not is_fitted)
        model.register(params=dict(point), target=float(np.asarray(mean).item()))

    def _proposed(self, model: BayesianOptimization) -> Values:
        """The next point; the model believes its mean at the last one, so that this is another."""
        warmup, iterations = self._utility.num_warmup, self._utility.num_iterations
        import numpy as np  # comes with bayesian-optimization

        if self._unbelieved is not None:
            self._believe(model, self._unbelieved, is_fitted=True)
        drawn = _WARMUP if warmup is None else int(number(warmup))
        if left := self._history.left(most=drawn):
            best = self._best_of(model, left)
            self._unbelieved = self._inner(best)
            return self._history.at(best)
        array = model.acquisition_function.suggest(
            gp=model._gp,  # what the library's own suggest() hands on, without the two figures
            target_space=model.space,
            n_random=drawn,
            n_smart=_ITERATIONS if iterations is None else int(number(iterations)),
            random_state=model._random_state,  # likewise
        )
        point = model.space.array_to_params(array)
        plain = {key: float(np.asarray(point[key]).item()) for key in point}
        self._unbelieved = plain
        return self._history.at(self._outer(plain))

    def _best_of(self, model: BayesianOptimization, places: list[dict[str, float]]) -> dict[str, float]:
        """Where most is expected of a few places; between them there is nothing to climb."""
        from bayes_opt import acquisition  # there, as __init__ found

        found = model.predict([self._inner(each) for each in places], return_std=True)
        mean, deviation = cast("tuple[Array, Array]", found)
        utility = model.acquisition_function
        if isinstance(utility, acquisition.ExpectedImprovement | acquisition.ProbabilityOfImprovement):
            # What its own suggest() begins with; its type is that of the None before.
            utility.y_max = float(model.space.target.max())  # type: ignore[assignment]  # as said
        return places[int(utility.base_acq(mean, deviation).argmax())]

    @property
    def _corner(self) -> dict[str, float]:
        """A point of the model, which has a number for each line and one for each value of a choice."""
        return self._inner(dict.fromkeys(self._history.lines, 0.0))

    def _inner(self, places: Mapping[str, float]) -> dict[str, float]:
        found: dict[str, float] = {}
        for name, place in places.items():
            line = self._history.lines[name]
            if _is_choice(line):
                found |= {
                    f"{name}[{each}]": float(each == line.index(place)) for each in range(len(line.values))
                }
            else:
                found[name] = place
        return found

    def _outer(self, point: Mapping[str, float]) -> dict[str, float]:
        found: dict[str, float] = {}
        for name, line in self._history.lines.items():
            if _is_choice(line):
                size = len(line.values)
                best = max(range(size), key=lambda each: point[f"{name}[{each}]"])
                found[name] = (best + 0.5) / size
            else:
                found[name] = point[name]
        return found


def _is_choice(line: Listed | Drawn) -> TypeIs[Listed]:
    return isinstance(line, Listed) and not line.is_ordered


def _acquisition(utility: UtilityFunctionConfig) -> AcquisitionFunction:
    from bayes_opt import acquisition  # there, as __init__ found

    eps = _EPS if utility.eps is None else number(utility.eps)
    if utility.acquisition_function == "ei":
        return acquisition.ExpectedImprovement(xi=eps)
    if utility.acquisition_function == "poi":
        return acquisition.ProbabilityOfImprovement(xi=eps)
    return acquisition.UpperConfidenceBound(kappa=_KAPPA if utility.kappa is None else number(utility.kappa))


def _kernel(process: GaussianProcessConfig) -> Kernel:
    from sklearn.gaussian_process.kernels import RBF, Matern  # comes with bayesian-optimization

    scale = _LENGTH if process.length_scale is None else number(process.length_scale)
    bounds = (min(scale, _LENGTHS[0]), max(scale, _LENGTHS[1]))
    if process.kernel == "rbf":
        return RBF(length_scale=scale, length_scale_bounds=bounds)
    return Matern(
        length_scale=scale, length_scale_bounds=bounds, nu=_NU if process.nu is None else number(process.nu)
    )
