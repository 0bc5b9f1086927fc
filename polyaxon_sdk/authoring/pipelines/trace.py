"""The operations of a dag, as the calls in its body make them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from inspect import signature
from itertools import count
from typing import NamedTuple, Protocol

from attrs import evolve

from polyaxon_sdk.authoring.call.spelling import bind, spell
from polyaxon_sdk.authoring.caller import caller
from polyaxon_sdk.authoring.pipelines.condition import Condition, Reference
from polyaxon_sdk.authoring.pipelines.future import Future, reference_of
from polyaxon_sdk.authoring.pipelines.join import Collected, Join
from polyaxon_sdk.authoring.pipelines.node import Node
from polyaxon_sdk.authoring.pipelines.together import check_several, holds_future, together
from polyaxon_sdk.authoring.signature import read_signature
from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyflow import V1IO, V1Component, V1Join, V1Operation, V1Param
from polyaxon_sdk.polyflow.templates import verbatim

__all__ = ["Placement", "Step", "Trace"]


class Step(Protocol):
    """What can be called in a dag: a component, an operation, another dag."""

    @property
    def function(self) -> Callable[..., object]:
        """The plain function, whose parameters the inputs are."""

    @property
    def given(self) -> Mapping[str, object]:
        """The arguments that it has already."""

    @property
    def makes_instances(self) -> bool:
        """Whether a call makes an instance, which is called in its turn."""
        ...  # without it pyright takes the docstring for a body

    @property
    def output_names(self) -> tuple[str, ...]:
        """The names of the outputs, where something else than the return annotation names them."""
        ...  # without it pyright takes the docstring for a body

    def to_component(self) -> V1Component:
        """The component."""
        ...  # without it pyright takes the docstring for a body

    def specified(self) -> V1Operation:
        """What is said of the operation beside its component and params."""
        ...  # without it pyright takes the docstring for a body


class Placement(NamedTuple):
    """When an operation starts, beside what its params say."""

    condition: Condition | None = None
    dependencies: tuple[str, ...] = ()

    def also(self, other: Placement) -> Placement:
        """Both."""
        both = [each for each in (self.condition, other.condition) if each is not None]
        condition = both[0] & both[1] if len(both) == 2 else both[0] if both else None
        return Placement(condition, (*self.dependencies, *other.dependencies))


class Trace:
    """Collects the operations of one dag.

    Attributes:
        operations: in the order of the calls.
        components: what they refer to.
        places: the line of each call.
    """

    def __init__(self) -> None:
        self.operations: list[V1Operation] = []
        self.components: dict[str, V1Component] = {}
        self.places: list[str | None] = []
        self._known: dict[int, tuple[Step, V1Component]] = {}

    def called(self, step: object, args: tuple[object, ...], kwargs: dict[str, object]) -> Node:
        """The node of a call."""
        return self.add(step, args, kwargs, Placement())  # type: ignore[arg-type]  # TRACE is told of steps alone

    def add(
        self, step: Step, args: tuple[object, ...], kwargs: Mapping[str, object], placement: Placement
    ) -> Node:
        """The node of a call that starts when `placement` says.

        Raises:
            InputError: an argument that is none of the component's, with the line of the call.
        """
        component = self._component(step)
        operation = step.specified()
        given = {**step.given, **bind(step.function, args, kwargs)}
        params, joins = _params(step, given)
        name = self._name(operation.name or component.name or "step")
        placed = evolve(
            operation,
            name=name,
            dag_ref=self._reference(component),
            params={**(operation.params or {}), **params} or None,
            joins=[*(operation.joins or []), *joins] or None,
            dependencies=[*_listed(operation.dependencies), *placement.dependencies] or None,
        )
        if placement.condition is not None:
            placed = _conditioned(placed, placement.condition, component)
        self.operations.append(placed)
        self.places.append(caller())
        outputs = tuple(each.name for each in component.outputs or [])
        is_search = (operation.matrix or component.matrix) is not None
        unpacks = read_signature(step.function, outputs=step.output_names).returned.unpacks
        return Node(name, outputs, is_search=is_search, is_instance=step.makes_instances, unpacks=unpacks)

    def output(self, reference: Reference) -> V1IO | None:
        """The output of an operation that a reference is of."""
        named = {f"ops.{operation.name}": operation.dag_ref for operation in self.operations}
        component = self.components.get(str(named.get(reference.ref)))
        outputs = (component.outputs if component is not None else None) or []
        return next((io for io in outputs if f"outputs.{io.name}" == reference.path), None)

    def _component(self, step: Step) -> V1Component:
        """The component of a step, read once."""
        if id(step) not in self._known:
            self._known[id(step)] = step, step.to_component()
        return self._known[id(step)][1]

    def _reference(self, component: V1Component) -> str:
        """The name that the dag knows a component by: its own, with a number where another one has it."""
        for name in _numbered(component.name or "step"):
            named = evolve(component, name=name)
            if self.components.setdefault(name, named) == named:
                break
        return name

    def _name(self, wanted: str) -> str:
        taken = {operation.name for operation in self.operations}
        return next(name for name in _numbered(wanted) if name not in taken)


def _numbered(name: str) -> Iterator[str]:
    yield name
    yield from (f"{name}-{number}" for number in count(2))


def _params(step: Step, given: Mapping[str, object]) -> tuple[dict[str, V1Param], list[V1Join]]:
    """The params and joins that arguments stand for."""
    known = signature(step.function).parameters
    params: dict[str, V1Param] = {}
    collected: dict[int, tuple[Join[object], dict[str, str]]] = {}
    for name, value in given.items():
        if isinstance(value, Condition):
            raise InputError(
                f"{value!r} is no value", where=caller(), path=name, expected="`when` around the call"
            )
        if isinstance(value, Collected):
            collected.setdefault(id(value.join), (value.join, {}))[1][name] = value.path
        elif isinstance(value, Future):
            reference = reference_of(value)
            params[name] = V1Param(value=reference.path, ref=reference.ref)
        elif holds_future(value):
            check_several(step.function, name)
            params[name], named = together(value, {*known, *given, *params})
            params |= named
        else:
            params[name] = V1Param(value=verbatim(spell(step.function, name, value)))
    joins: list[V1Join] = []
    for one, paths in collected.values():
        found, named = one.specified(paths)
        joins.append(found)
        params |= named
    return params, joins


def _conditioned(operation: V1Operation, condition: Condition, component: V1Component) -> V1Operation:
    """The operation with a condition, and the params that its template names."""
    if operation.conditions is not None:
        raise InputError("two conditions", where=caller(), expected="`conditions` or `when`, not both")
    params = dict(operation.params or {})
    taken = {io.name for io in component.inputs or []} | set(params)
    names: dict[Reference, str] = {}
    for reference in condition.references:
        same = V1Param(value=reference.path, ref=reference.ref)
        known = next(
            (name for name, param in params.items() if evolve(param, context_only=None) == same), None
        )
        if known is None:
            known = reference.key if reference.key not in taken else reference.long_key
            params[known] = evolve(same, context_only=True)
            taken.add(known)
        names[reference] = known
    return evolve(operation, conditions=f"{{{{ {condition.text(names)} }}}}", params=params)


def _listed(dependencies: object) -> list[str]:
    return list(dependencies) if isinstance(dependencies, list) else []
