"""The decorator `operation`: a component with what its runs are to be."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, ParamSpec, TypeVar, Unpack, cast, overload

from polyaxon_sdk.authoring.caller import caller
from polyaxon_sdk.authoring.decorators.runnable import Runnable
from polyaxon_sdk.authoring.decorators.tracing import TRACE
from polyaxon_sdk.authoring.specification.fields import OperationFields, check_fields_of, operation_of
from polyaxon_sdk.exceptions import InputError

if TYPE_CHECKING:
    from polyaxon_sdk.polyflow import V1Component, V1Operation, V1Param

__all__ = ["Operation", "operation"]

P = ParamSpec("P")
R = TypeVar("R")
R_co = TypeVar("R_co", covariant=True)


class Operation(Runnable[P, R_co]):
    """A component with params, a search, a queue and the like; made by `operation`.

    Called, it is the plain function with those params.

    Args:
        runnable: a component, a dag, or another operation, whose params and fields stay where these don't say
            otherwise.
        given: arguments that it has already.
        fields: what its runs are to be.
    """

    def __init__(
        self, runnable: Runnable[..., R_co], given: Mapping[str, object], fields: Mapping[str, object]
    ) -> None:
        check_fields_of(fields)
        self._place = caller()
        under = runnable if isinstance(runnable, Operation) else None
        self._runnable: Runnable[..., R_co] = runnable if under is None else under._runnable
        self._fields: dict[str, object] = {**(under._fields if under else {}), **fields}
        self.given = {**(under.given if under else {}), **given}
        self.__doc__ = runnable.__doc__
        self.__name__ = str(self._fields.get("name") or runnable.__name__)
        self.__wrapped__ = runnable

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R_co:
        """Call the function, a search's with each of its values; in the body of a dag, make a node of it."""
        if "matrix" not in self._fields or TRACE.get() is not None:
            return super().__call__(*args, **kwargs)
        # inspect, attrs and the searches of polyflow, for those who search.
        from polyaxon_sdk.authoring.call.tried import try_each

        return cast(R_co, try_each(self, args, kwargs))

    def __repr__(self) -> str:
        return f"<operation {self.__name__}>"

    @property
    def function(self) -> Callable[..., R_co]:
        """The plain function."""
        return self._runnable.function

    def _params(self) -> dict[str, V1Param]:
        """The arguments that it has already; what is wrong with one is told with the line that made the operation."""
        try:
            return super()._params()
        except InputError as error:
            error.where = self._place
            raise

    def to_component(self) -> V1Component:
        """The component."""
        return self._runnable.to_component()

    def specified(self) -> V1Operation:
        """What is said of its runs beside the component and its params.

        Raises:
            SpecError: a field that isn't of its type, with the line that says so.
        """
        return operation_of(self._fields, place=self._place)

    @property
    def output_names(self) -> tuple[str, ...]:
        """As the component has them."""
        return self._runnable.output_names

    def to_operation(self) -> V1Operation:
        """The operation, with its component in it.

        Raises:
            InputError: an argument that doesn't fit, a field that isn't of its type, or a function that can't be a
                component.

        >>> operation(train, params={"epochs": 1}).to_operation().params["epochs"].value  # doctest: +SKIP
        1
        """
        return self.as_operation()

    def to_yaml(self) -> str:
        """The operation as a Polyaxonfile, its component in it; `polyaxon run -f` of it runs the same."""
        # attrs, cattrs and yaml cost 100 ms that a plain call must not pay.
        from polyaxon_sdk.authoring.specification.document import yaml_of

        return yaml_of(self.to_operation())


@overload
def operation(component: Callable[P, R], /, **fields: Unpack[OperationFields]) -> Operation[P, R]: ...


@overload
def operation(
    component: Callable[..., R], /, *, params: Mapping[str, object], **fields: Unpack[OperationFields]
) -> Operation[..., R]: ...


@overload
def operation(
    *, params: Mapping[str, object] | None = None, **fields: Unpack[OperationFields]
) -> Callable[[Callable[P, R]], Operation[P, R]]: ...


def operation(
    component: Callable[P, R] | None = None,
    /,
    *,
    params: Mapping[str, object] | None = None,
    **fields: Unpack[OperationFields],
) -> Operation[P, R] | Callable[[Callable[P, R]], Operation[P, R]]:
    """Make a named, reusable operation of a component: `polyaxon run -pm FILE.py:NAME` takes it like one.

    Args:
        component: a component, a dag or an operation; without one it is a decorator, to stand above `@component`.
        params: values for some inputs.
        fields: what its runs are to be: `name`, `queue`, `matrix`, `joins`, `run_patch`, `trigger`, `hooks`, …, each
            as an object of `polyflow` or as plain data.

    Raises:
        InputError: no component, a param that is none of its inputs, or a field that no operation has; the line is
            named.

    >>> quick = operation(train, params={"epochs": 1}, name="quick", queue="gpu")  # doctest: +SKIP
    >>> quick(learning_rate=0.1)  # doctest: +SKIP
    0.25
    """
    check_fields_of(fields)

    def make(component: Callable[P, R]) -> Operation[P, R]:
        runnable = _runnable(component)
        if params:
            # inspect, for those who give params.
            from polyaxon_sdk.authoring.signature.names import check_names

            check_names(runnable.function, params)
        return Operation(runnable, params or {}, fields)

    return make if component is None else make(component)


def _runnable(found: Callable[P, R]) -> Runnable[P, R]:
    if not isinstance(found, Runnable):
        raise InputError(
            f"an operation is of a component, not of {getattr(found, '__name__', repr(found))}",
            where=caller(),
            expected="a function below `@component`",
        )
    return found
