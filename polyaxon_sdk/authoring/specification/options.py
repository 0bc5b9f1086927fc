"""What a decorator is told beside its function: how a run of it is carried out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple, TypedDict, cast

from polyaxon_sdk.authoring.caller import caller
from polyaxon_sdk.exceptions import InputError, did_you_mean

if TYPE_CHECKING:
    from polyaxon_sdk.polyflow import (
        PatchStrategy,
        V1Build,
        V1Cache,
        V1Container,
        V1Environment,
        V1Hook,
        V1Init,
        V1Plugins,
        V1Termination,
    )

__all__ = ["Options", "Patch", "RunOptions", "listed", "options_of"]

Section = Mapping[str, object]


class RunOptions(TypedDict, total=False):
    """The options of `component`: fields of the component and of its job (semantics 1.3 and 1.9).

    A section is given as its class or as a mapping with the same fields: `termination=dict(max_retries=2)`.

    Attributes:
        name: by default the function's.
        description: by default the docstring's.
        tags: given to every run.
        outputs: the names of the outputs, where the return annotation has none: one, or one an item of a tuple.
        image: the container image, where the component runs in one.
        env: environment variables of the run.
        resources: `dict(cpu=2, gpu=1, memory="4Gi")`, also as `REQUEST..LIMIT`, or Kubernetes' requests and limits.
        working_dir: where it runs; by default where it was started.
        init: steps before it.
        connections: the names of those that it may use.
        volumes: Kubernetes volumes.
        sidecars: containers beside it.
        environment: where and how its pod is placed.
        termination: retries and time limits.
        cache: when an earlier run's results are taken instead.
        plugins: what happens beside it.
        build: an operation that makes the image first.
        queue: where it waits for its turn.
        namespace: the cluster's namespace.
        presets: the names of stored patches.
        hooks: operations that its end sets off.
        cost: a number in a unit of one's own.
    """

    name: str
    description: str
    tags: Sequence[str]
    outputs: str | Sequence[str]
    image: str
    env: Mapping[str, str]
    resources: Mapping[str, object]
    working_dir: str
    init: Sequence[V1Init | Section]
    connections: Sequence[str]
    volumes: Sequence[Section]
    sidecars: Sequence[V1Container | Section]
    environment: V1Environment | Section
    termination: V1Termination | Section
    cache: V1Cache | Section
    plugins: V1Plugins | Section
    build: V1Build | Section
    queue: str
    namespace: str
    presets: Sequence[str]
    hooks: Sequence[V1Hook | Section]
    cost: float


class Patch(NamedTuple):
    """A piece of a specification that is laid over the component."""

    piece: Mapping[str, object]
    strategy: PatchStrategy


class Options(NamedTuple):
    """What was given of `RunOptions`, and the patches above it, in order."""

    given: RunOptions
    patches: tuple[Patch, ...] = ()

    @property
    def name(self) -> str | None:
        """The component's name, where it is not the function's."""
        return self.given.get("name")

    @property
    def description(self) -> str | None:
        """What was said instead of the docstring."""
        return self.given.get("description")

    @property
    def outputs(self) -> tuple[str, ...]:
        """The names of the outputs, where they were given."""
        return listed(self.given.get("outputs", ()))


def listed(names: str | Sequence[str]) -> tuple[str, ...]:
    """One name or several, as several.

    >>> listed("loss")
    ('loss',)
    """
    return (names,) if isinstance(names, str) else tuple(names)


def options_of(given: RunOptions) -> Options:
    """The options, where each of them is known.

    Raises:
        InputError: one that `RunOptions` doesn't have.

    >>> options_of({"name": "x"}).name
    'x'
    """
    known = RunOptions.__annotations__
    for option in given:
        if option not in known:
            hint = did_you_mean(option, known)
            raise InputError(f"@component has no option {option!r}", where=caller(), hint=hint)
    said = {option: value for option, value in given.items() if value is not None}
    return Options(cast("RunOptions", said))
