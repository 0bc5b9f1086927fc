"""The decorator `specified`: a typed function for a component that a file, or a mapping, says everything else about."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Generic, ParamSpec, TypeVar, cast

from polyaxon_sdk.authoring.caller import caller, short_path
from polyaxon_sdk.authoring.decorators.composable import Composable
from polyaxon_sdk.authoring.decorators.tracing import TRACE
from polyaxon_sdk.authoring.function.place import place_of
from polyaxon_sdk.exceptions import InputError

if TYPE_CHECKING:
    from polyaxon_sdk.polyflow import V1Component

__all__ = ["Specified", "specified"]

P = ParamSpec("P")
R = TypeVar("R")
R_co = TypeVar("R_co", covariant=True)


class Specified(Composable[P, R_co], Generic[P, R_co]):
    """A component of a file that Python calls by its inputs; made by `specified`.

    It makes nodes of dags, operations, searches and runs, as a function does; there is nothing to call in this
    process.
    """

    def __init__(self, function: Callable[P, R_co], source: str | Mapping[str, object]) -> None:
        super().__init__(function)
        self._source = source

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R_co:
        """Make a node, in the body of a dag.

        Raises:
            InputError: elsewhere.
        """
        trace = TRACE.get()
        if trace is None:
            raise InputError(
                f"{self.__name__} is a component{self._of}, which this process can't call",
                where=caller(),
                expected=f"{self.__name__}.run(...), or a dag that is run",
            )
        return cast(R_co, trace.called(self, args, kwargs))

    def __repr__(self) -> str:
        return f"<component {self.__name__}{self._of}>"

    @property
    def _of(self) -> str:
        return f" of {self._source}" if isinstance(self._source, str) else ""

    def to_component(self) -> V1Component:
        """The component: what the signature and the docstring say, and all else that was said; or as the file has it.

        Raises:
            InputError: the file can't be read, or its inputs are others than the function's.
        """
        if isinstance(self._source, str):
            return self._read(self._source)
        # attrs and inspect cost 50 ms that importing the module must not pay.
        from polyaxon_sdk.authoring.specification.said import component_of

        return component_of(self._function, self._source)

    def _read(self, file: str) -> V1Component:
        # Reading files costs 100 ms that importing the module must not pay.
        from inspect import signature

        from polyaxon_sdk.polyaxonfile import read_files

        folder = os.path.dirname(os.path.abspath(self._function.__code__.co_filename))
        path = Path(short_path(os.path.join(folder, file)))
        component = read_files([path]).operation.component
        there = [io.name for io in component.inputs or []] if component else []
        if component is None or sorted(there) != sorted(signature(self._function).parameters):
            raise InputError(
                f"{self.__name__} has other inputs than {path}: {', '.join(there) or 'none'}",
                where=place_of(self._function),
                expected=f"what `polyaxon components stub {path}` prints",
            )
        return component


def specified(source: str | Mapping[str, object], /) -> Callable[[Callable[P, R]], Specified[P, R]]:
    """Make a component of a function whose file says what it runs; `polyaxon components stub` writes such functions.

    Args:
        source: the Polyaxonfile, from the folder of the Python file; or what it would say beside the inputs and
            outputs of the signature and the texts of the docstring.

    >>> @specified("train.yml")
    ... def train(epochs: int, rate: float = 0.1) -> None:
    ...     raise RuntimeError("train.yml says what runs")
    >>> train
    <component train of train.yml>
    """

    def make(function: Callable[P, R]) -> Specified[P, R]:
        return Specified(function, source)

    return make
