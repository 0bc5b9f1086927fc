"""What components and dags have in common: a function, and the operations and searches that it is made into."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from polyaxon_sdk.authoring.caller import caller
from polyaxon_sdk.authoring.code.imported import imported_now
from polyaxon_sdk.authoring.decorators.operation import Operation
from polyaxon_sdk.authoring.decorators.runnable import Runnable
from polyaxon_sdk.authoring.function.bearing import bear
from polyaxon_sdk.authoring.function.defaults import keep_defaults
from polyaxon_sdk.authoring.function.place import check_function
from polyaxon_sdk.exceptions import InputError

if TYPE_CHECKING:
    from polyaxon_sdk.authoring.search.kind import SearchKind
    from polyaxon_sdk.authoring.search.matrix import Wanted
    from polyaxon_sdk.polyflow import V1Matrix, V1Operation

__all__ = ["Composable"]

P = ParamSpec("P")
R_co = TypeVar("R_co", covariant=True)


class Composable(Runnable[P, R_co]):
    """A component or a dag: it says nothing of its runs by itself.

    Args:
        function: its parameters are the inputs.

    Raises:
        InputError: a function whose inputs can't be told by name, with its file and line.
    """

    __qualname__: str

    def __init__(self, function: Callable[P, R_co]) -> None:
        if isinstance(function, Runnable):
            raise InputError(
                f"{function!r} is one already", where=caller(), expected="one decorator, right above `def`"
            )
        check_function(function)
        keep_defaults(function)
        imported_now()  # the module is being imported: its file may be another one when a run of it is recorded
        self._function = function
        bear(self, function, inside=True)
        self.__wrapped__ = function

    @property
    def function(self) -> Callable[..., R_co]:
        """The plain function."""
        return self._function

    def specified(self) -> V1Operation:
        """Nothing: an operation says more."""
        # attrs, for those who ask for the specification.
        from polyaxon_sdk.polyflow import V1Operation

        return V1Operation()

    def to_yaml(self) -> str:
        """The component as a Polyaxonfile; `polyaxon run -f` of it runs the same."""
        # attrs, cattrs and yaml cost 100 ms that a plain call must not pay.
        from polyaxon_sdk.authoring.specification.document import yaml_of

        return yaml_of(self.to_component())

    def operation(self, *args: P.args, **kwargs: P.kwargs) -> Operation[..., R_co]:
        """The operation with these arguments; `operation(train, ...)` says more of its runs.

        Raises:
            InputError: arguments that aren't the function's, with the line of the call.

        >>> train.operation(epochs=1).to_operation().params["epochs"].value  # doctest: +SKIP
        1
        """
        # inspect, for those who make operations.
        from polyaxon_sdk.authoring.call.spelling import bind

        return Operation(self, bind(self.function, args, kwargs), {})

    def sweep(
        self,
        *,
        matrix: SearchKind | V1Matrix | Callable[..., object] | None = None,
        metric: str | None = None,
        num_runs: int | None = None,
        concurrency: int | None = None,
        seed: int | None = None,
        **space: object,
    ) -> Operation[..., R_co]:
        """The operation that searches for good values of inputs: run it with `.run()`.

        Args:
            matrix: the kind of the search, a matrix of `polyflow`, or a function `suggest(history, space)` of your
                own, which is asked `num_runs` times what to try next; by default `tpe` where there is a metric, else
                `grid` where every input has few values, else `random`.
            metric: the output that counts; `-loss` or `loss` for the least, `+accuracy` for the most. By default a
                word such as accuracy is for the most and anything else for the least.
            num_runs: how many runs at most.
            concurrency: how many at once.
            seed: the same seed gives the same draws.
            space: the values of each input, as a list, a text such as `1e-4..1e-1:log`, or a distribution; a single
                value is an argument. By default what the annotations say.

        Raises:
            InputError: nothing to search, an unknown input, or values that are none; the line is named.

        >>> train.sweep(lr="1e-4..1e-1:log", metric="loss", num_runs=20, concurrency=4)  # doctest: +SKIP
        <operation train>
        """
        # inspect, attrs and the searches of polyflow, for those who search.
        from polyaxon_sdk.authoring.search.matrix import Wanted

        return self._searched(Wanted(matrix, metric, num_runs, concurrency, seed), space)

    def _searched(self, wanted: Wanted, space: Mapping[str, object]) -> Operation[..., R_co]:
        # inspect, attrs and the searches of polyflow, for those who search.
        from polyaxon_sdk.authoring.search.sweep import sweep_of

        found, given = sweep_of(self, wanted, space)
        return Operation(self, given, {"matrix": found})
