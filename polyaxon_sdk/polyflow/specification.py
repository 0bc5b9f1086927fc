"""The fields that components, operations and compiled operations share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from attrs import frozen

from polyaxon_sdk.polyflow.names import check_name

if TYPE_CHECKING:
    from polyaxon_sdk.polyflow.build import V1Build
    from polyaxon_sdk.polyflow.cache import V1Cache
    from polyaxon_sdk.polyflow.event import V1EventTrigger
    from polyaxon_sdk.polyflow.hook import V1Hook
    from polyaxon_sdk.polyflow.io import V1IO
    from polyaxon_sdk.polyflow.join import V1Join
    from polyaxon_sdk.polyflow.matrix import V1Matrix
    from polyaxon_sdk.polyflow.mount import V1Mount
    from polyaxon_sdk.polyflow.plugins import V1Plugins
    from polyaxon_sdk.polyflow.run import V1Runtime
    from polyaxon_sdk.polyflow.schedule import Schedule
    from polyaxon_sdk.polyflow.templates import Template
    from polyaxon_sdk.polyflow.termination import V1Termination
    from polyaxon_sdk.polyflow.words import V1TriggerPolicy

__all__ = ["Specification"]


# Each class made of it has these methods of its own; here they would only cost time to import.
@frozen(kw_only=True, init=False, eq=False, repr=False)
class Specification:
    """What is said of a run before and after it is compiled (semantics 1.2 and 1.3).

    Args:
        version: any number, kept and never interpreted; default none.
        name: letters, digits, `-` and `_`, or a template; default: the component's, then the run's uuid.
        description: for people; default: the component's.
        tags: words by which runs are found again, as a list or a text with commas; default none.
        presets: names of stored patches, as a list or a text with commas; default none.
        queue: where it waits for its turn, `QUEUE` or `AGENT/QUEUE`; default: the agent's own.
        namespace: the cluster's namespace; default: the agent's own.
        cache: whether an earlier run with the same inputs is taken instead; default: only in a dag or a matrix.
        termination: retries and time limits; default: no retry, no limit.
        plugins: what happens beside the main container; default: logs, artifacts and resources are collected.
        build: an operation that makes the image first; default none.
        hooks: operations that the end sets off; default none.
        is_approved: whether it may start; false waits for a person; default true.
        cost: a number in a unit of one's own, kept with the run; default none.
        mount: local paths that are uploaded with the run; default none.
        schedule: when it runs again: a `V1CronSchedule`, `V1IntervalSchedule` or `V1DateTimeSchedule`;
            default: it runs once.
        events: what has to happen elsewhere first; in a dag; default none.
        dependencies: names of operations that have to end first; in a dag; default: those that params refer to.
        trigger: which ends of its upstreams start it: `all_succeeded`, `all_failed`, `all_done`,
            `one_succeeded`, `one_failed` or `one_done`; in a dag; default `all_succeeded`.
        conditions: a template; where it is false the run is skipped; default: it runs.
        skip_on_upstream_skip: whether a skipped upstream skips it too; in a dag; default false.
        matrix: a search, such as `V1GridSearch`, which makes many runs of it; default: one run.
        joins: values collected from other runs; default none.
        inputs: the typed values that it is given; default none.
        outputs: the typed values that it gives; default none.
        run: the runtime, such as a `V1Job`; default: the component's, or a job where one of the shortcuts is written.
        strict_params: whether a param without an input is an error; default false.
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
    mount: list[V1Mount | str] | None = None
    schedule: Schedule | None = None
    events: list[V1EventTrigger] | Template | None = None
    dependencies: list[str] | Template | None = None
    trigger: (
        V1TriggerPolicy
        | Literal["all_succeeded", "all_failed", "all_done", "one_succeeded", "one_failed", "one_done"]
        | Template
        | None
    ) = None
    conditions: str | None = None
    skip_on_upstream_skip: bool | None = None
    matrix: V1Matrix | None = None
    joins: list[V1Join] | None = None
    inputs: list[V1IO] | None = None
    outputs: list[V1IO] | None = None
    run: V1Runtime | None = None
    strict_params: bool | None = None

    def __attrs_post_init__(self) -> None:
        check_name(self.name)
