"""Whether a search can try what its tuner suggests: told where it is given, before anything of it starts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress

from attrs import evolve

from polyaxon_sdk.compiler.checking import declared_of, with_params
from polyaxon_sdk.compiler.merging import merge, params_of
from polyaxon_sdk.compiler.params import give
from polyaxon_sdk.compiler.searching import provided
from polyaxon_sdk.exceptions import InputError, did_you_mean
from polyaxon_sdk.polyflow import SpecError, V1CompiledOperation, V1Operation
from polyaxon_sdk.polyflow.templates import verbatim
from polyaxon_sdk.tuners.history import places_of
from polyaxon_sdk.tuners.lines import lines_of
from polyaxon_sdk.tuners.trials import key_of

__all__ = ["Answers"]


class Answers:
    """Looks at what a tuner suggests for the runs of a search.

    Args:
        search: compiled; its space, and what its runs take.
        operation: that each run is, without the search.
        tell: is told once where a suggestion is outside of the space, and once where it was made before: both are tried
            all the same.
    """

    def __init__(
        self, search: V1CompiledOperation, operation: V1Operation, tell: Callable[[str], None]
    ) -> None:
        params = getattr(search.matrix, "params", None)
        self._space = params if isinstance(params, dict) else {}
        self._names = sorted({io.name for io in search.inputs or []} | provided(search))
        self._operation = operation
        self._tell = tell
        self._has_told = self._has_repeated = False
        self._seen: set[str] = set()

    def check(self, tuner: str, suggestions: Sequence[Mapping[str, object]]) -> None:
        """Refuse what no run of the search could take.

        Args:
            tuner: what the line calls it.

        Raises:
            InputError: a suggestion names no input, leaves one out, or gives a value that is none of its type, or not a
                number at all.
        """
        declared = declared_of(merge(self._operation))
        for values in suggestions:
            wrong = next((name for name in values if name not in self._names), None)
            if wrong is not None:
                hint = did_you_mean(wrong, self._names) or f", the inputs are {', '.join(self._names)}"
                raise InputError(f"the tuner {tuner} suggests {wrong!r}, which is no input", hint=hint)
            if unknown := [name for name, value in values.items() if value != value]:  # NaN alone
                raise InputError(f"the tuner {tuner} suggests nan for {unknown[0]!r}", expected="a number")
            given = {name: verbatim(value) for name, value in values.items()}
            try:
                give(declared, params_of(with_params(self._operation, given)))
            except SpecError as error:
                problem = evolve(error.problems[0], path=error.problems[0].path[1:])
                raise InputError(
                    f"the tuner {tuner} suggests {dict(values)!r:.80}: {problem.error()}"
                ) from error
            self._look_outside(tuner, values)
            self._look_back(tuner, values)

    def _look_back(self, tuner: str, values: Mapping[str, object]) -> None:
        key = key_of(values)
        if key in self._seen and not self._has_repeated:
            self._has_repeated = True
            self._tell(f"the tuner {tuner} suggests {dict(values)!r:.80} again: that is tried all the same")
        self._seen.add(key)

    def _look_outside(self, tuner: str, values: Mapping[str, object]) -> None:
        with suppress(InputError):  # a param without values, of which nothing is outside
            for name in () if self._has_told else sorted(self._space.keys() & values.keys()):
                if places_of(lines_of({name: self._space[name]}), values) is None:
                    self._has_told = True
                    told = f"{name} {values[name]!r}, outside of the space"
                    self._tell(f"the tuner {tuner} suggests {told}: that is tried all the same")
                    return
