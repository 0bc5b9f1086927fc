"""The fields that components and operations share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from polyaxon_sdk.polyflow.names import check_name
from polyaxon_sdk.polyflow.prepare import as_lists
from polyaxon_sdk.polyflow.problems import fault

if TYPE_CHECKING:
    from polyaxon_sdk.polyflow.build import V1Build
    from polyaxon_sdk.polyflow.cache import V1Cache
    from polyaxon_sdk.polyflow.component import V1Component
    from polyaxon_sdk.polyflow.container import V1Container
    from polyaxon_sdk.polyflow.environment import V1Environment
    from polyaxon_sdk.polyflow.event import V1EventTrigger
    from polyaxon_sdk.polyflow.hook import V1Hook
    from polyaxon_sdk.polyflow.init import V1Init
    from polyaxon_sdk.polyflow.io import V1IO
    from polyaxon_sdk.polyflow.join import V1Join
    from polyaxon_sdk.polyflow.matrix import Matrix
    from polyaxon_sdk.polyflow.mount import V1Mount
    from polyaxon_sdk.polyflow.param import V1Param
    from polyaxon_sdk.polyflow.plugins import V1Plugins
    from polyaxon_sdk.polyflow.run import Runtime
    from polyaxon_sdk.polyflow.schedule import Schedule
    from polyaxon_sdk.polyflow.template import V1Template
    from polyaxon_sdk.polyflow.templates import Template
    from polyaxon_sdk.polyflow.termination import V1Termination
    from polyaxon_sdk.polyflow.words import PatchStrategy, Trigger

__all__ = ["Definition"]

_REFERENCES = ("hub_ref", "dag_ref", "url_ref", "path_ref", "component")


@frozen(kw_only=True)
class Definition:
    """What a component and an operation both may say (semantics 1.3).

    Args:
        version: any number; kept, never interpreted.
        name: letters, digits, `-` and `_`, or a template; default: the component's, then the run's uuid.
        description: for people.
        tags: for finding runs again.
        presets: names of stored patches.
        queue, namespace: where it is scheduled.
        cache: reuse of earlier runs.
        termination: retries and time limits.
        plugins: what happens beside the main container.
        build: an operation that makes the image first.
        hooks: operations that the end sets off.
        is_approved: false waits for a person.
        cost: a number of one's own unit.
        mount: local paths that are uploaded with the run.
        schedule: when it runs again.
        events, dependencies: what has to happen first; in a dag.
        trigger: which upstream statuses start it; in a dag; default `all_succeeded`.
        conditions: a template; false skips the run.
        skip_on_upstream_skip: a skipped upstream skips it too; in a dag; default false.
        matrix: a search: many runs of it.
        joins: values collected from other runs.
        inputs, outputs: the typed values.
        params: values for the inputs.
        hub_ref, dag_ref, url_ref, path_ref, component: the component, at most one of them.
        run: the runtime.
        template: marks a file that wants to be edited first.
        strict_params: undeclared params are errors; default false.
        patch_strategy: how this is laid over what it refers to; default `post_merge`.
        is_preset: the file is a patch, not something to run.
        run_patch: fields to lay over the runtime.
        container, cmd, ports, env, resources, environment, init, connections, sidecars, volumes:
            short ways into the runtime (semantics 1.4).
    """

    version: float | None = None
    name: str | None = None
    description: str | None = None
    tags: list[str] | None = None
    presets: list[str] | None = None
    queue: str | None = None
    namespace: str | None = None
    cache: V1Cache | Template | None = None
    termination: V1Termination | Template | None = None
    plugins: V1Plugins | Template | None = None
    build: V1Build | Template | None = None
    hooks: list[V1Hook] | Template | None = None
    is_approved: bool | Template | None = None
    cost: float | Template | None = None
    mount: list[V1Mount] | None = None
    schedule: Schedule | None = None
    events: list[V1EventTrigger] | Template | None = None
    dependencies: list[str] | Template | None = None
    trigger: Trigger | Template | None = None
    conditions: str | None = None
    skip_on_upstream_skip: bool | Template | None = None
    matrix: Matrix | None = None
    joins: list[V1Join] | None = None
    inputs: list[V1IO] | None = None
    outputs: list[V1IO] | None = None
    params: dict[str, V1Param] | None = None
    hub_ref: str | None = None
    dag_ref: str | None = None
    url_ref: str | None = None
    path_ref: str | None = None
    component: V1Component | None = None
    run: Runtime | None = None
    template: V1Template | None = None
    strict_params: bool | None = None
    patch_strategy: PatchStrategy | None = None
    is_preset: bool | None = None
    run_patch: dict[str, object] | None = None
    container: V1Container | None = None
    cmd: str | list[str] | None = None
    ports: list[int] | None = None
    env: dict[str, str] | None = None
    resources: dict[str, object] | None = None
    environment: V1Environment | None = None
    init: list[V1Init] | None = None
    connections: list[str] | None = None
    sidecars: list[V1Container] | None = None
    volumes: list[dict[str, object]] | None = None

    def __attrs_post_init__(self) -> None:
        check_name(self.name)
        for section in ("inputs", "outputs"):
            seen: set[str] = set()
            for position, io in enumerate(getattr(self, section) or []):
                if io.name in seen:
                    raise fault(
                        f"a second {io.name!r}", path=(section, position, "name"), expected="unique names"
                    )
                seen.add(io.name)

    @staticmethod
    def prepare(data: object) -> object:
        """Take `tags: a, b`, `presets: a` and `ports: 80` as lists."""
        data = as_lists(data, "tags", "presets")
        if not isinstance(data, dict) or "ports" not in data or isinstance(data["ports"], list):
            return data
        words = str(data["ports"]).split(",")
        return {**data, "ports": [int(word) if word.strip().isdecimal() else word for word in words]}

    @property
    def references(self) -> list[str]:
        """Which of the reference fields are set."""
        return [name for name in _REFERENCES if getattr(self, name) is not None]
