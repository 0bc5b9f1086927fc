"""Values of many runs in one list: `join`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast, overload

from polyaxon_sdk.authoring.caller import caller
from polyaxon_sdk.authoring.decorators.tracing import TRACE
from polyaxon_sdk.authoring.pipelines.future import Future, Pending
from polyaxon_sdk.authoring.pipelines.node import Node, name_of, outputs_of
from polyaxon_sdk.exceptions import InputError

if TYPE_CHECKING:
    from polyaxon_sdk.polyflow import V1Join, V1Param

__all__ = ["Collected", "Join", "join"]

_STATUS = re.compile(r"\bstatus\s*:")

R = TypeVar("R")
T = TypeVar("T")


class Join(Generic[R]):
    """Runs that are looked up when the operation starts that takes their values; made by `join`.

    Args:
        of: the search whose runs they are; None for any of the project.
        query, sort: as the query language has them.
        limit, offset: how many at most, and how many to pass over.
    """

    def __init__(self, of: object, *, query: str, sort: str | None, limit: object, offset: object) -> None:
        self._of = of
        self._query = query
        self._sort = sort
        self._numbers = {"limit": limit, "offset": offset}

    def each(self, pick: Callable[[R], T]) -> list[T]:
        """An output of each run, in their order.

        >>> best.each(lambda run: run.loss)  # doctest: +SKIP
        """
        outputs = outputs_of(self._of)
        if self._of is None:
            raise InputError("a join of no search has no known outputs", where=caller(), expected="`values`")
        if TRACE.get() is None:
            return [pick(cast(R, each)) for each in self._calls()]
        picked = cast(Callable[[object], object], pick)(Node("run", outputs))
        if not isinstance(picked, Future) or picked._pending.reference is None:
            raise InputError(f"{picked!r} is no output of a run", where=caller(), expected="run.NAME")
        return cast("list[T]", Collected(self, picked._pending.reference.path))

    def values(self, path: str, kind: type[T]) -> list[T]:
        """What each run has under a path: `inputs.rate`, `outputs.loss`, `globals.uuid`, `artifacts.model`.

        Args:
            path: as the specification has it (semantics 1.6).
            kind: the type of each, for type checkers.
        """
        del kind
        return cast("list[T]", Collected(self, path) if TRACE.get() is not None else self._now(path))

    @property
    def uuids(self) -> list[str]:
        """The runs themselves."""
        return self.values("globals.uuid", str)

    def _now(self, path: str) -> list[object]:
        """What runs have by now that a query finds; of a search, whose runs are calls then, an output of each."""
        if self._of is not None:
            return [_output_in(each, path) for each in self._calls()]
        # What looks runs up, for dags that are called with values.
        from polyaxon_sdk.authoring.pipelines.found import found_now

        return found_now(self.specified({"found": path})[0])

    def _calls(self) -> list[object]:
        """What the calls of a search gave, as many as are wanted in their order."""
        # inspect, attrs and the searches of polyflow, for those who search.
        from polyaxon_sdk.authoring.call.tried import results_of

        found = results_of(self._of)
        if len(found) == 1:
            return found
        if self._query:
            raise InputError("a query is of runs, which calls are not", where=caller(), expected="`.run()`")
        if self._sort:
            section, _, name = self._sort.removeprefix("-").partition(".")
            path = f"outputs.{name}" if section == "metrics" else self._sort.removeprefix("-")
            is_down = self._sort.startswith("-")
            found = sorted(found, key=lambda each: cast(float, _output_in(each, path)), reverse=is_down)
        first = cast("int | None", self._numbers["offset"]) or 0
        limit = cast("int | None", self._numbers["limit"])
        return found[first:] if limit is None else found[first : first + limit]

    def specified(self, params: dict[str, str]) -> tuple[V1Join, dict[str, V1Param]]:
        """The join, and the params that its templates name.

        Args:
            params: the path that each param collects.
        """
        # attrs classes, for those whose dags join.
        from polyaxon_sdk.polyflow import V1Join, V1JoinParam, V1Param

        named: dict[str, V1Param] = {}
        query = self._query
        if self._of is not None:
            name = name_of(self._of)
            key = name.replace("-", "_")
            named[key] = V1Param(value="globals.uuid", ref=f"ops.{name}", context_only=True)
            status = "" if _STATUS.search(query) else "status:succeeded"
            query = ", ".join(part for part in (f"pipeline:{{{{ {key} }}}}", status, query) if part)
        numbers: dict[str, object] = {}
        for field, number in self._numbers.items():
            reference = number._pending.reference if isinstance(number, Future) else None
            if reference is not None:
                named[reference.key] = V1Param(value=reference.path, ref=reference.ref, context_only=True)
            numbers[field] = number if reference is None else f"{{{{ {reference.key} }}}}"
        collected = {name: V1JoinParam(value=path) for name, path in params.items()}
        found = V1Join(query=query, sort=self._sort, params=collected, **numbers)  # type: ignore[arg-type]  # checked there
        return found, named


def _output_in(result: object, path: str) -> object:
    """An output of a call, in what the call gave: a field, what is under a key, or the whole of a single value."""
    section, _, name = path.partition(".")
    if section == "outputs":
        if isinstance(result, Mapping) and name in result:
            return cast("Mapping[str, object]", result)[name]
        if hasattr(result, name):
            return cast(object, getattr(result, name))
        if name == "result" and isinstance(result, bool | int | float | str | list | None):
            return result
    raise InputError(
        f"a search is a call here, whose result has no {path}", where=caller(), expected="`each`, or a query"
    )


class Collected(Future):
    """A list of one value a run, which a join collects."""

    __slots__ = ("join", "path")

    def __init__(self, join: Join[Any], path: str) -> None:  # of whatever runs
        self.join = join
        self.path = path
        told = f"{path} of many runs is collected when an operation starts: hand it to a component as it is"
        super().__init__(Pending(None, f"{path} of many runs", told))


@overload
def join(
    of: R, *, query: str = "", sort: str | None = None, limit: int | None = None, offset: int | None = None
) -> Join[R]: ...


@overload
def join(
    *, query: str, sort: str | None = None, limit: int | None = None, offset: int | None = None
) -> Join[object]: ...


def join(
    of: object = None,
    *,
    query: str = "",
    sort: str | None = None,
    limit: int | None = None,
    offset: int | None = None,
) -> Join[R] | Join[object]:
    """Runs whose values an operation of the dag takes as lists (semantics 3).

    Args:
        of: a search of this dag, whose runs count that succeeded; by default any runs of the project.
        query: which of them, in the query language; needed where no search is named. One that names a `status` takes
            runs of a search that failed, too.
        sort: fields with commas, `-` before what goes down.
        limit, offset: how many at most, and how many to pass over.

    In a dag that is called with values, a search is one call, whose result `each` picks from; a query finds the runs
    that there are in the home.

    Raises:
        InputError: without anything to look for.

    >>> best = join(trials, sort="-metrics.accuracy", limit=3)  # doctest: +SKIP
    >>> report(accuracies=best.each(lambda run: run.accuracy), runs=best.uuids)  # doctest: +SKIP
    """
    if of is None and not query:
        raise InputError("a join of everything", where=caller(), expected="a search, or a query")
    if of is not None and TRACE.get() is not None:
        name_of(of)
    return Join(of, query=query, sort=sort, limit=limit, offset=offset)
