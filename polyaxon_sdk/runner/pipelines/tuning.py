"""Searches whose suggestions a component of a person's own makes, each time as a run (semantics 1.13, 1.15)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import cast

from attrs import evolve

from polyaxon_sdk.compiler.checking import with_params
from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyaxonfile import open_resolver, read_files
from polyaxon_sdk.polyaxonfile.modules import HoldsOperation, load_object, read_module
from polyaxon_sdk.polyflow import V1Cache, V1Component, V1Matrix, V1Operation, V1Tuner, read, write
from polyaxon_sdk.polyflow.templates import verbatim
from polyaxon_sdk.runner.from_hub import operation_from_hub
from polyaxon_sdk.runner.pipelines.answers import Answers
from polyaxon_sdk.runner.pipelines.schedule import Ended, Next
from polyaxon_sdk.settings import Settings
from polyaxon_sdk.tuners.rounds import Due, Rounds, Turning
from polyaxon_sdk.tuners.search import Suggestion

__all__ = ["TunedSearch", "has_tuner", "tuner_of"]

_FUNCTION: dict[str, object] = {
    "kind": "component",
    "tags": ["tuner"],
    "inputs": [
        {"name": "matrix", "type": "dict"},
        {"name": "runs", "type": "dict", "isList": True, "value": []},
        {"name": "iteration", "type": "int", "value": 0},
    ],
    "outputs": [{"name": "suggestions", "type": "dict", "isList": True}],
}
"""What a plain function is as a component."""


def has_tuner(matrix: V1Matrix | None) -> bool:
    """Whether a component of its own makes the suggestions of a search."""
    return getattr(matrix, "tuner", None) is not None


def tuner_of(matrix: V1Matrix, settings: Settings) -> V1Operation:
    """The operation that makes the suggestions of a search that has a tuner.

    Raises:
        InputError: there is no such component, it isn't trusted, or it takes or gives something else.
    """
    tuner = getattr(matrix, "tuner", None)
    assert isinstance(tuner, V1Tuner)  # whoever calls looked
    try:
        found = _operation(tuner, settings)
        outputs = [io.name for io in (found.component.outputs if found.component else None) or []]
        if "suggestions" not in outputs:
            raise InputError(
                f"{tuner.hub_ref or tuner.path_ref} is no tuner",
                expected="an output `suggestions`, a list of mappings",
            )
    except InputError as error:
        error.path = error.path or "matrix.tuner"
        raise
    given = tuner.params if isinstance(tuner.params, dict) else {}
    return evolve(
        with_params(found, given),
        queue=tuner.queue or found.queue,
        namespace=tuner.namespace or found.namespace,
        cache=V1Cache(disable=True),  # what is drawn at random must not come again
    )


def _operation(tuner: V1Tuner, settings: Settings) -> V1Operation:
    if tuner.hub_ref is not None:
        return operation_from_hub(tuner.hub_ref, presets=tuner.presets, settings=settings)
    target = str(tuner.path_ref)
    file = Path(target.rpartition(":")[0] if target.rpartition(":")[0].endswith(".py") else target)
    resolver = open_resolver(settings)
    if file.suffix != ".py":
        return read_files([file], resolver=resolver).operation
    found = load_object(target)
    if callable(found) and not hasattr(found, "to_component") and not isinstance(found, HoldsOperation):
        return V1Operation(component=_of_function(target, found))
    return read_module(target, resolver=resolver, loaded=found).operation


def _of_function(target: str, function: Callable[..., object]) -> V1Component:
    command = ["python", "-m", "polyaxon_sdk.runner.tuner"]
    run = {"kind": "job", "container": {"command": command, "args": [target]}}
    name = getattr(function, "__name__", "suggest").replace("_", "-")
    return read(V1Component, {**_FUNCTION, "name": name, "run": run})


class TunedSearch:
    """A search in rounds: before each one a run of its tuner says what is tried.

    Args:
        matrix: with its templates resolved.
        tuner: as `tuner_of` gives it.
        told: what a tuner is told of a run, by its key.
        answers: looks at what it suggests.
    """

    def __init__(
        self,
        matrix: V1Matrix,
        tuner: V1Operation,
        *,
        told: Callable[[str], Mapping[str, object]],
        answers: Answers,
    ) -> None:
        self._matrix = matrix
        self._tuner = tuner
        self._told = told
        self._answers = answers
        self._rounds = Rounds(cast(Turning, matrix))
        self._due: Due | None = None
        self._asked = ""
        self._answer: list[Suggestion] = []

    @property
    def is_waiting(self) -> bool:
        """Whether runs of the last round go on."""
        return self._rounds.is_waiting

    def ask(self, room: int) -> list[Suggestion]:  # noqa: ARG002  # a round is a round
        """What the tuner suggested last; nothing where it was not asked yet."""
        found, self._answer = self._answer, []
        return found

    def begin(self, batch: Mapping[str, Suggestion]) -> None:
        """Take in what is started: a round."""
        self._rounds.begin(batch)

    def tell(self, key: str, result: float | None) -> None:
        """Take in how a run ended."""
        self._rounds.tell(key, result)

    def asking(self) -> Next | None:
        """The run of the tuner that is to start; None where one goes on, or no more are wanted."""
        if self._asked or (due := self._rounds.due()) is None:
            return None
        self._due, self._asked = due, f"tuner-{due.iteration}.{due.rung}"
        given = {
            "matrix": write(V1Operation(matrix=self._matrix))["matrix"],
            "configs": [dict(trial.values) for trial in due.trials],
            "metrics": [trial.result if trial.counts else None for trial in due.trials],
            "runs": [dict(self._told(key)) for key in due.keys],
            "iteration": due.iteration,
            "bracketIteration": due.rung,
        }
        component = self._tuner.component
        taken = {io.name for io in (component.inputs if component else None) or []}
        values = {name: verbatim(value) for name, value in given.items() if name in taken}
        return Next(self._asked, with_params(self._tuner, values))

    def answered(self, ended: Ended) -> bool:
        """Take in how a run ended; whether it was the tuner's.

        Raises:
            InputError: it failed, its output is no list of mappings, or no run of the search could take one.
        """
        if ended.key != self._asked:
            return False
        assert self._due is not None
        self._asked = ""
        found = _suggestions(ended)
        self._answers.check(_which(ended), found)
        self._answer = self._rounds.taken(self._due, found)
        return True


def _suggestions(ended: Ended) -> list[dict[str, object]]:
    state, which = ended.state, _which(ended)
    if state is None or ended.status != "succeeded":
        raise InputError(f"the tuner {which} {ended.status}")
    found = state.outputs.get("suggestions")
    if found is not None and not (isinstance(found, list) and all(isinstance(each, dict) for each in found)):
        raise InputError(f"the tuner {which} suggests {found!r:.80}", expected="a list of mappings")
    return found or []


def _which(ended: Ended) -> str:
    return f"{ended.state.name} {ended.state.uuid[:12]}" if ended.state is not None else ended.key
