"""When an operation of a dag starts: `when`, `unless` and `after`."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Generic, NoReturn, ParamSpec, TypeVar, cast

from polyaxon_sdk.authoring.caller import caller
from polyaxon_sdk.authoring.decorators.tracing import TRACE
from polyaxon_sdk.exceptions import InputError

if TYPE_CHECKING:
    from polyaxon_sdk.authoring.pipelines.trace import Placement, Step, Trace

__all__ = ["after", "unless", "when"]

P = ParamSpec("P")
R = TypeVar("R")


class _Placed(Generic[P, R]):
    """A step that starts when it may."""

    def __init__(self, step: Callable[P, R], placement: Placement) -> None:
        inner = step if isinstance(step, _Placed) else None
        self.step: Callable[P, R] = step if inner is None else inner.step
        self.placement: Placement = placement if inner is None else placement.also(inner.placement)
        if not hasattr(self.step, "to_component"):
            raise InputError(f"{step!r} is no step of a dag", where=caller(), expected="a component")

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R:
        """The node of the call."""
        trace, step = cast("Trace", TRACE.get()), cast("Step", self.step)
        return cast(R, trace.add(step, args, kwargs, self.placement))


class _Around:
    """Is put around a step, not around a block."""

    _shown: str

    def __enter__(self) -> NoReturn:
        raise InputError(
            f"`with {self._shown}(...)` makes no block of steps",
            where=caller(),
            expected=f"`{self._shown}(...)(step)(...)` for each step",
        )

    def __exit__(self, *_: object) -> None:
        """Asked for by Python before `__enter__` is called."""


class _When(_Around):
    """Makes a step start only where a condition holds."""

    def __init__(self, condition: object, *, negated: bool) -> None:
        self._condition = condition
        self._negated = negated
        self._shown = "unless" if negated else "when"

    def __call__(self, step: Callable[P, R], /) -> Callable[P, R | None]:
        """The step, under the condition; called with plain values it gives None where the condition is false."""
        if TRACE.get() is None:
            return cast("Callable[P, R | None]", step if bool(self._condition) != self._negated else _nothing)
        # The classes of the specification, for those who make a dag.
        from polyaxon_sdk.authoring.pipelines.future import condition_of
        from polyaxon_sdk.authoring.pipelines.trace import Placement

        condition = condition_of(self._condition)
        placement = Placement(condition=condition.negated() if self._negated else condition)
        return cast("Callable[P, R | None]", _Placed(step, placement))


class _After(_Around):
    """Makes a step wait for others."""

    _shown = "after"

    def __init__(self, nodes: tuple[object, ...]) -> None:
        self._nodes = nodes

    def __call__(self, step: Callable[P, R], /) -> Callable[P, R]:
        """The step, which waits."""
        if TRACE.get() is None:
            return step
        # The classes of the specification, for those who make a dag.
        from polyaxon_sdk.authoring.pipelines.node import name_of
        from polyaxon_sdk.authoring.pipelines.trace import Placement

        return _Placed(step, Placement(dependencies=tuple(map(name_of, self._nodes))))


def when(condition: bool, /) -> _When:  # noqa: FBT001  # it reads as a sentence: when(scores.accuracy > 0.9)
    """Let a step of a dag run only where a condition holds; else it is skipped (semantics 1.17).

    Args:
        condition: a comparison of outputs or inputs of the dag; `&` and `|` join two.

    >>> when(scores.accuracy > 0.9)(deploy)(model=scores.model)  # doctest: +SKIP
    """
    return _When(condition, negated=False)


def unless(condition: bool, /) -> _When:  # noqa: FBT001  # as for `when`
    """Let a step of a dag run only where a condition does not hold.

    >>> unless(scores.accuracy > 0.9)(warn)()  # doctest: +SKIP
    """
    return _When(condition, negated=True)


def after(*nodes: object) -> _After:
    """Let a step of a dag wait for others whose values it doesn't take.

    >>> after(data)(train)(epochs=3)  # doctest: +SKIP
    """
    return _After(nodes)


def _nothing(*_: object, **__: object) -> None:
    """What a step gives whose condition is false."""
