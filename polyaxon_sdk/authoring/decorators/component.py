"""The decorator `component`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import (
    TYPE_CHECKING,
    Generic,
    NoReturn,
    ParamSpec,
    Protocol,
    TypeVar,
    Unpack,
    cast,
    dataclass_transform,
    overload,
)

from polyaxon_sdk.authoring.caller import caller
from polyaxon_sdk.authoring.decorators.composable import Composable
from polyaxon_sdk.authoring.decorators.tracing import TRACE
from polyaxon_sdk.authoring.specification.options import Options, Patch, RunOptions, options_of
from polyaxon_sdk.exceptions import InputError

if TYPE_CHECKING:
    from polyaxon_sdk.polyflow import PatchStrategy, V1Component

__all__ = ["Component", "component"]

P = ParamSpec("P")
R = TypeVar("R")
R_co = TypeVar("R_co", covariant=True)
T_co = TypeVar("T_co", covariant=True)

_tracing = TRACE.get


class Component(Composable[P, R_co], Generic[P, R_co]):
    """A function that also is a component; made by `component`.

    Called, it is the plain function: the same value, the same exceptions, and nothing on disk.
    """

    def __init__(self, function: Callable[P, R_co], options: Options) -> None:
        super().__init__(function)
        self._options = options

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R_co:
        """Call the function; in the body of a dag, make a node of it."""
        if _tracing() is None:  # asked here, for what a plain call costs
            return self._function(*args, **kwargs)
        return super().__call__(*args, **kwargs)

    @property
    def options(self) -> Options:
        """What was said beside the function."""
        return self._options

    @property
    def output_names(self) -> tuple[str, ...]:
        """The names of the outputs, where they were given."""
        return self._options.outputs

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

    def with_options(self, **options: Unpack[RunOptions]) -> Component[P, R_co]:
        """The same function with other options; those that are not named stay.

        Raises:
            InputError: an option that there is not.

        >>> train.with_options(queue="gpu", resources=dict(gpu=1))  # doctest: +SKIP
        <component train>
        """
        given: RunOptions = {**self._options.given, **options}
        return self._like(options_of(given)._replace(patches=self._options.patches))

    def patch(
        self, piece: Mapping[str, object], *, strategy: PatchStrategy = "post_merge"
    ) -> Component[P, R_co]:
        """The same function with a piece of a specification laid over its component (semantics 1.16).

        Args:
            piece: fields of a component, as a Polyaxonfile spells them.
            strategy: which side wins, and whether lists grow.

        >>> train.patch({"run": {"container": {"workingDir": "/data"}}})  # doctest: +SKIP
        <component train>
        """
        patches = (*self._options.patches, Patch(piece, strategy))
        return self._like(self._options._replace(patches=patches))

    def _like(self, options: Options) -> Component[P, R_co]:
        return Component(self._function, options)

    def to_component(self) -> V1Component:
        """The component: inputs and outputs from the annotations, texts from the docstring.

        Raises:
            InputError: a parameter whose annotation or default can't be an input's; file and line are named.

        >>> train.to_component().inputs[0].name  # doctest: +SKIP
        'epochs'
        """
        # attrs and inspect cost 50 ms that a plain call must not pay.
        from polyaxon_sdk.authoring.specification.of_function import component_of

        return component_of(self._function, self._options)

    def cli(self, argv: Sequence[str] | None = None) -> R_co:
        """Call the function with what the command line says: `python train.py --epochs 3`.

        Several values of an input, as `--lr 1e-4..1e-1:log --opt adam,sgd`, search them: each run is a process.

        Args:
            argv: the words after the program's name; by default this process'.

        Raises:
            SystemExit: 0 after `--help`; 2 after one line that says what is wrong. After a search, 0 where it
                succeeded, else 1.
        """
        # argparse, inspect, attrs and tracking cost 80 ms that a plain call must not pay.
        from polyaxon_sdk.authoring.call.by_hand import call_by_hand
        from polyaxon_sdk.authoring.command_line.arguments import read_arguments

        arguments, spaces = read_arguments(self._function, self._options, argv)
        if spaces:
            # What starts runs costs 150 ms more.
            from polyaxon_sdk.authoring.search.following import follow
            from polyaxon_sdk.authoring.search.matrix import Wanted

            follow(lambda: self._searched(Wanted(), {**arguments, **spaces}))
        function = cast("Callable[..., R_co]", self._function)
        return call_by_hand(function, self._options.name or self.__name__, arguments, self._options.outputs)


class Called(Protocol[R_co]):
    """An instance that is called without arguments."""

    def __call__(self) -> R_co:
        """Carry it out."""
        ...  # without it pyright takes the docstring for a body


class Class(Protocol[P, T_co]):
    """A class, as type checkers tell it from a function: by its `mro`."""

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> T_co:
        """Make an instance."""
        ...  # without it pyright takes the docstring for a body

    def mro(self) -> list[type]:
        """The classes that it inherits from."""
        ...  # without it pyright takes the docstring for a body


class ClassComponent(Component[P, R_co]):
    """A class that also is a component: called, it makes an instance; a run makes one and calls it."""

    makes_instances = True

    def __init__(self, kind: Class[P, Called[R_co]], options: Options) -> None:
        # inspect and dataclasses cost 15 ms, for those who write such classes.
        from polyaxon_sdk.authoring.function.instance import as_function

        super().__init__(cast("Callable[P, R_co]", as_function(cast(type, kind))), options)
        self._kind = kind

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> Called[R_co]:  # type: ignore[override]  # an instance
        """Make an instance; in the body of a dag, make a node of what its call returns."""
        if TRACE.get() is None:
            return self._kind(*args, **kwargs)
        return cast("Called[R_co]", super().__call__(*args, **kwargs))

    def __getattr__(self, name: str) -> object:
        """What the class has, its constants and methods above all."""
        if name.startswith("__") or "_kind" not in vars(self):
            raise AttributeError(name)  # Python's own questions, such as those of copy and inspect
        return getattr(self._kind, name)

    def __instancecheck__(self, instance: object) -> bool:
        """Whether it is one of the class."""
        return isinstance(instance, cast(type, self._kind))

    def __subclasscheck__(self, kind: type) -> bool:
        """Whether it inherits from the class."""
        return issubclass(kind, cast(type, self._kind))

    def __mro_entries__(self, bases: tuple[object, ...]) -> NoReturn:
        raise InputError(
            f"{self.__name__} is a component, which no class inherits from",
            where=caller(),
            expected=f"a class without `@component`, and `component({self.__name__})` beside it",
        )

    def _like(self, options: Options) -> ClassComponent[P, R_co]:
        return ClassComponent(self._kind, options)


@dataclass_transform()
@overload
def component(kind: Class[P, Called[R]], /) -> ClassComponent[P, R]: ...


@overload
def component(function: Callable[P, R], /) -> Component[P, R]: ...


@overload
def component(**options: Unpack[RunOptions]) -> Callable[[Callable[P, R]], Component[P, R]]: ...


def component(function: Callable[..., object] | None = None, /, **options: Unpack[RunOptions]) -> object:
    """Make a component of a typed function, which stays a function.

    Args:
        function: its parameters are the inputs, its return annotation gives the outputs.
        options: what is said beside it: name, image, resources and all else that `RunOptions` has.

    Raises:
        InputError: a function whose inputs can't be told by name: `*args`, `**kwargs`, positional-only
            parameters, a lambda; file and line are named. Or an option that there is not.

    >>> @component
    ... def train(epochs: int, learning_rate: float = 1e-3) -> float:
    ...     return epochs * learning_rate
    >>> train(epochs=2)
    0.002

    A class with a `__call__` is one too: its fields are the inputs. Type checkers take a class below a decorator for
    what it was; `trainer = component(Trainer)` is a component to them as well.
    """
    known = options_of(options)

    def make(function: Callable[..., object]) -> object:
        if isinstance(function, type):
            return ClassComponent(cast("Class[..., Called[object]]", function), known)
        return Component(function, known)

    return make if function is None else make(function)
