"""The decorator `component`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Generic, ParamSpec, TypeVar, cast, overload

from polyaxon_sdk.authoring.options import Options
from polyaxon_sdk.authoring.source import check_function

if TYPE_CHECKING:
    from polyaxon_sdk.polyflow import V1Component

__all__ = ["Component", "component"]

P = ParamSpec("P")
R = TypeVar("R")
R_co = TypeVar("R_co", covariant=True)


class Component(Generic[P, R_co]):
    """A function that also is a component; made by `component`.

    Called, it is the plain function: the same value, the same exceptions, and nothing on disk.
    """

    __name__: str
    __qualname__: str

    def __init__(self, function: Callable[P, R_co], options: Options) -> None:
        check_function(function)
        self._function = function
        self._options = options
        for name in ("__module__", "__name__", "__qualname__", "__doc__"):
            setattr(self, name, getattr(function, name))
        self.__wrapped__ = function

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R_co:
        """Call the function."""
        return self._function(*args, **kwargs)

    @overload
    def __get__(self, instance: None, owner: type | None = None) -> Component[P, R_co]: ...

    @overload
    def __get__(self, instance: object, owner: type | None = None) -> Callable[..., R_co]: ...

    def __get__(
        self, instance: object, owner: type | None = None
    ) -> Component[P, R_co] | Callable[..., R_co]:
        if instance is None:
            return self
        from types import MethodType  # stdlib, for those few who decorate a method

        return MethodType(self, instance)

    def __reduce__(self) -> str:
        return self.__qualname__

    def __repr__(self) -> str:
        return f"<component {self.__qualname__}>"

    def to_component(self) -> V1Component:
        """The component: inputs and outputs from the annotations, texts from the docstring.

        Raises:
            InputError: a parameter whose annotation or default can't be an input's; file and line are named.

        >>> train.to_component().inputs[0].name  # doctest: +SKIP
        'epochs'
        """
        # attrs and inspect cost 50 ms that a plain call must not pay.
        from polyaxon_sdk.authoring.specification import component_of

        return component_of(self._function, self._options)

    def to_yaml(self) -> str:
        """The component as a Polyaxonfile; `polyaxon run -f` of it runs the same function."""
        # attrs, cattrs and yaml cost 100 ms that a plain call must not pay.
        from polyaxon_sdk.authoring.specification import yaml_of

        return yaml_of(self.to_component())

    def cli(self, argv: Sequence[str] | None = None) -> R_co:
        """Call the function with what the command line says: `python train.py --epochs 3`.

        Args:
            argv: the words after the program's name; by default this process'.

        Raises:
            SystemExit: 0 after `--help`; 2 after one line that says what is wrong.
        """
        # argparse, inspect, attrs and tracking cost 80 ms that a plain call must not pay.
        from polyaxon_sdk.authoring.by_hand import call_by_hand
        from polyaxon_sdk.authoring.command_line import read_arguments

        arguments = read_arguments(self._function, self._options, argv)
        function = cast("Callable[..., R_co]", self._function)
        return call_by_hand(function, self._options.name or self.__name__, arguments)


class _Decorator:
    """What `component` with options gives, to be put on a function."""

    def __init__(self, options: Options) -> None:
        self._options = options

    def __call__(self, function: Callable[P, R], /) -> Component[P, R]:
        return Component(function, self._options)


@overload
def component(function: Callable[P, R], /) -> Component[P, R]: ...


@overload
def component(
    *,
    name: str | None = None,
    description: str | None = None,
    tags: Sequence[str] = (),
    image: str | None = None,
    env: Mapping[str, str] | None = None,
) -> _Decorator: ...


def component(
    function: Callable[P, R] | None = None,
    /,
    *,
    name: str | None = None,
    description: str | None = None,
    tags: Sequence[str] = (),
    image: str | None = None,
    env: Mapping[str, str] | None = None,
) -> Component[P, R] | _Decorator:
    """Make a component of a typed function, which stays a function.

    Args:
        function: its parameters are the inputs, its return annotation gives the outputs.
        name: by default the function's.
        description: by default the docstring's.
        tags: given to every run.
        image: the container image, where the component runs in one.
        env: environment variables of the run.

    Raises:
        InputError: a function whose inputs can't be told by name: `*args`, `**kwargs`, positional-only
            parameters, a lambda; file and line are named.

    >>> @component
    ... def train(epochs: int, learning_rate: float = 1e-3) -> float:
    ...     return epochs * learning_rate
    >>> train(epochs=2)
    0.002
    """
    options = Options(name=name, description=description, tags=tags, image=image, env=env or {})
    return _Decorator(options) if function is None else Component(function, options)
