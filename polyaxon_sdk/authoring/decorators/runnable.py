"""What every runnable thing of a Python file can do: be called, be recorded, be run."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Generic, ParamSpec, TypeVar, cast

from polyaxon_sdk.authoring.decorators.tracing import TRACE

if TYPE_CHECKING:
    from polyaxon_sdk.authoring.call.process import RunHandle
    from polyaxon_sdk.polyflow import V1Component, V1Operation, V1Param

__all__ = ["Runnable"]

P = ParamSpec("P")
R_co = TypeVar("R_co", covariant=True)


class Runnable(ABC, Generic[P, R_co]):
    """A function at three costs: a call, a recorded call in this process, a run in a process of its own.

    Attributes:
        given: the arguments that it has already.
        makes_instances: whether a call makes an instance, which is called in its turn.
    """

    __name__: str
    given: Mapping[str, object] = {}
    makes_instances: bool = False

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R_co:
        """Call the function; in the body of a dag, make a node of it."""
        trace = TRACE.get()
        if trace is None:
            return (
                self.function(*args, **{**self.given, **kwargs})
                if self.given
                else self.function(*args, **kwargs)
            )
        return cast(R_co, trace.called(self, args, kwargs))

    @property
    @abstractmethod
    def function(self) -> Callable[..., R_co]:
        """The plain function."""

    @property
    def output_names(self) -> tuple[str, ...]:
        """The names of the outputs, where something else than the return annotation names them."""
        return ()

    @abstractmethod
    def to_component(self) -> V1Component:
        """The component."""

    @abstractmethod
    def specified(self) -> V1Operation:
        """What is said of its runs beside the component and its params."""

    def as_operation(self) -> V1Operation:
        """The operation: the component with the arguments that it has already.

        Raises:
            InputError: an argument that doesn't fit, or a function that can't be a component.
        """
        # attrs and inspect cost 50 ms that a plain call must not pay.
        from attrs import evolve

        own, given = self.specified(), self._params()
        return evolve(own, component=self.to_component(), params={**(own.params or {}), **given} or None)

    def _params(self) -> dict[str, V1Param]:
        """The arguments that it has already, as params."""
        from polyaxon_sdk.authoring.call.spelling import params_of  # attrs and inspect, as above

        return params_of(self.function, self.given)

    def record(self, *args: P.args, **kwargs: P.kwargs) -> R_co:
        """Call the function in this process, as a run: its inputs, outputs, status and what it logs are kept.

        Raises:
            InputError: arguments that aren't the function's, or a result that isn't of its annotation.
            BaseException: what the function raises; the run failed then.

        >>> train.record(epochs=1)  # doctest: +SKIP
        """
        # tracking, attrs and inspect cost 80 ms that a plain call must not pay.
        from polyaxon_sdk.authoring.call.recorded import record

        return record(self, args, kwargs)

    def run(self, *args: P.args, **kwargs: P.kwargs) -> RunHandle:
        """Run the function in a process of its own; returns at once.

        Raises:
            InputError: arguments that don't fit, or what can't be carried out here; nothing is started then.

        >>> run = train.run(epochs=1)  # doctest: +SKIP
        >>> run.wait().outputs  # doctest: +SKIP
        {'loss': 0.25}
        """
        # What compiles and starts runs costs 150 ms that a plain call must not pay.
        from polyaxon_sdk.authoring.call.process import start

        return start(self, args, kwargs)
