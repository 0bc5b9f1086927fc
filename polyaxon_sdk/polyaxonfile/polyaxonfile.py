"""Polyaxonfile: what a person gave us to run, whatever it came from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType
from typing import TYPE_CHECKING

from attrs import evolve, frozen

from polyaxon_sdk.polyflow.problems import Path, Problem, SpecError

if TYPE_CHECKING:
    from polyaxon_sdk.polyaxonfile.document import Document
    from polyaxon_sdk.polyaxonfile.origin import Origin
    from polyaxon_sdk.polyflow import V1Component, V1Operation

__all__ = ["Polyaxonfile"]


@frozen(kw_only=True)
class Polyaxonfile:
    """An operation that was read, with all that it refers to put in.

    Args:
        operation: always an operation: a component stands in its `component`.
        kind: the `kind` as written in the first file; none where it was left out.
        name: what to call the source, such as `train.py:main`.
        warnings: what was mended or looks wrong, a line each.
        origins: where the documents came from that are no files of this person's own.
        documents: what was read, the first file first.
    """

    operation: V1Operation
    kind: str | None
    name: str
    warnings: tuple[str, ...] = ()
    origins: tuple[Origin, ...] = ()
    documents: tuple[Document, ...] = ()

    @contextmanager
    def locating(self, *, given: Mapping[Path, str] = MappingProxyType({})) -> Iterator[None]:
        """Give the problems of what is done with the operation their place in the files.

        Args:
            given: paths of what came from elsewhere, and from where: `-P`, say.

        Raises:
            SpecError: one raised inside, with `file:line:column` for each problem.

        >>> with read_files([path]).locating():                                       # doctest: +SKIP
        ...     check(found.operation)
        """
        try:
            yield
        except SpecError as error:
            raise SpecError(self._located(each, given) for each in error.problems) from error

    def _located(self, problem: Problem, given: Mapping[Path, str]) -> Problem:
        if problem.where is not None:
            return problem
        if not problem.missing:
            elsewhere = [where for path, where in given.items() if problem.path[: len(path)] == path]
            if elsewhere:
                return evolve(problem, where=elsewhere[0])
        path = self._declared(problem) or (problem.path[:-1] if problem.missing else problem.path)
        found = [place for document in self.documents if (place := document.nearest(path)) is not None]
        deepest = max(found, key=lambda place: place[0], default=None)
        return evolve(problem, where=deepest[1] if deepest else self.name)

    def _declared(self, problem: Problem) -> Path | None:
        """For a param that is missing, or has a wrong default: the input that declares it."""
        if problem.path[:1] != ("params",) or len(problem.path) < 2:
            return None
        component: V1Operation | V1Component = self.operation
        names: list[str] = []
        while not names:
            if problem.path[1] in (component.params or {}):
                return None
            names = [io.name for io in component.inputs or []]
            if component.component is None:
                break
            component = component.component
        if problem.path[1] not in names:
            return None
        own = ("inputs", names.index(str(problem.path[1])))
        return own if problem.missing else (*own, *(problem.path[2:] or ("value",)))
