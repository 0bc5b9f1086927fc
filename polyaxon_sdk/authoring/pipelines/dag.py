"""The decorator `dag`: a function whose calls of components are the operations of a dag."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Generic, ParamSpec, TypedDict, TypeVar, Unpack, cast, overload

from polyaxon_sdk.authoring.caller import caller
from polyaxon_sdk.authoring.decorators.composable import Composable
from polyaxon_sdk.authoring.function.place import place_of
from polyaxon_sdk.authoring.specification.options import listed
from polyaxon_sdk.exceptions import InputError, did_you_mean

if TYPE_CHECKING:
    from polyaxon_sdk.polyflow import EarlyStopping, V1Component, V1Environment

__all__ = ["Dag", "dag"]

P = ParamSpec("P")
R = TypeVar("R")
R_co = TypeVar("R_co", covariant=True)


class DagOptions(TypedDict, total=False):
    """What is said of a dag beside its function (semantics 1.17)."""

    name: str
    description: str
    tags: Sequence[str]
    outputs: str | Sequence[str]
    concurrency: int
    early_stopping: Sequence[EarlyStopping | Mapping[str, object]]
    environment: V1Environment | Mapping[str, object]
    connections: Sequence[str]
    volumes: Sequence[Mapping[str, object]]


class Dag(Composable[P, R_co], Generic[P, R_co]):
    """A function that also is a dag; made by `dag`.

    Called, it is the plain function: its components run in this process, in order. As a component, its body is read
    once with values that are known only in the run.
    """

    def __init__(self, function: Callable[P, R_co], options: Mapping[str, object]) -> None:
        super().__init__(function)
        self._options = options

    def __repr__(self) -> str:
        return f"<dag {self.__name__}>"

    @property
    def output_names(self) -> tuple[str, ...]:
        """The names of the outputs, where they were given, and else those of a tuple's items."""
        if given := listed(cast("str | Sequence[str]", self._options.get("outputs") or ())):
            return given
        # inspect costs 15 ms that a plain call must not pay.
        from polyaxon_sdk.authoring.signature.whole import item_names

        return item_names(self._function)

    def to_component(self) -> V1Component:
        """The component of kind dag that the calls in the body make.

        Raises:
            InputError: a mistake in the body, such as a future value in an `if`, with its line.
            SpecError: what is wrong with the dag as a whole, such as a circle, with the lines of the calls.
        """
        # The classes of the specification cost 100 ms that a plain call must not pay.
        from polyaxon_sdk.authoring.pipelines.reading import component_of

        return component_of(
            self._function, self._options, place=place_of(self._function), names=self.output_names
        )


@overload
def dag(function: Callable[P, R], /) -> Dag[P, R]: ...


@overload
def dag(**options: Unpack[DagOptions]) -> Callable[[Callable[P, R]], Dag[P, R]]: ...


def dag(
    function: Callable[P, R] | None = None, /, **options: Unpack[DagOptions]
) -> Dag[P, R] | Callable[[Callable[P, R]], Dag[P, R]]:
    """Make a dag of a function that calls components.

    Args:
        function: its parameters are the inputs of the dag. The results of its calls are handed from one to another,
            and compared for `when`; what needs a value now is an error with its line.
        options: `name`, `description`, `tags`, `outputs` (the names of what is returned, where the return annotation
            has none; the items of a tuple are `output_0`, `output_1`, … without them), `concurrency`,
            `early_stopping`, `environment`, `connections`, `volumes`.

    >>> @dag  # doctest: +SKIP
    ... def pipeline(epochs: int = 3) -> None:
    ...     scores = train(epochs=epochs)
    ...     when(scores.accuracy > 0.9)(deploy)(model=scores.model)
    """
    known = DagOptions.__annotations__
    for name in options:
        if name not in known:
            raise InputError(f"a dag has no {name!r}", where=caller(), hint=did_you_mean(name, known))

    def make(function: Callable[P, R]) -> Dag[P, R]:
        return Dag(function, options)

    return make if function is None else make(function)
