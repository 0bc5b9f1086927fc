"""V1Plugins: what the system does beside the main container."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from attrs import frozen

from polyaxon_sdk.polyflow.documentation import documented

if TYPE_CHECKING:
    from polyaxon_sdk.polyflow.run_kind import V1Statuses
    from polyaxon_sdk.polyflow.templates import Template
    from polyaxon_sdk.polyflow.words import PullPolicy

__all__ = ["V1Notification", "V1Plugins", "V1PolyaxonSidecarContainer"]


@documented
@frozen(kw_only=True)
class V1Notification:
    """Who is told about the end of a run (semantics 1.11).

    Args:
        connections: the names of the connections to write to.
        trigger: the end that it waits for, such as `failed`; default `done`.

    >>> V1Notification(connections=["slack"], trigger="failed").trigger
    'failed'
    """

    connections: list[str]
    trigger: (
        V1Statuses
        | Literal[
            "created",
            "resuming",
            "on_schedule",
            "compiled",
            "queued",
            "scheduled",
            "starting",
            "running",
            "processing",
            "stopping",
            "failed",
            "stopped",
            "succeeded",
            "skipped",
            "warning",
            "unschedulable",
            "upstream_failed",
            "retrying",
            "unknown",
            "done",
        ]
        | None
    ) = None


@documented
@frozen(kw_only=True)
class V1PolyaxonSidecarContainer:
    """The container beside the main one (semantics 1.11).

    Args:
        image: what it runs; default: the agent's own.
        image_tag: the image's tag; default: the agent's own.
        image_pull_policy: when the image is fetched; default: as Kubernetes does.
        sleep_interval: seconds between two looks at the main container; default 10.
        sync_interval: seconds between two uploads; default 10.
        monitor_logs: follow the main container's logs; default false.
        monitor_spec: follow changes of the pod; default false.
        no_connections: give it none of the run's connections; default false.
        resources: `{requests, limits}` of it; default: the agent's own.

    >>> V1PolyaxonSidecarContainer(sync_interval=60, resources={"limits": {"cpu": 1}}).sync_interval
    60
    """

    image: str | None = None
    image_tag: str | None = None
    image_pull_policy: PullPolicy | Literal["Always", "IfNotPresent", "Never"] | None = None
    sleep_interval: int | Template | None = None
    sync_interval: int | Template | None = None
    monitor_logs: bool | Template | None = None
    monitor_spec: bool | Template | None = None
    no_connections: bool | Template | None = None
    resources: dict[str, object] | Template | None = None


@documented
@frozen(kw_only=True)
class V1Plugins:
    """Switches for what happens beside the main container (semantics 1.11).

    Args:
        auth: give the run a token; default: where there is a server.
        docker: mount the node's docker socket; default false.
        shm: give shared memory of its own; default true.
        tmux: start the command inside tmux; default false.
        sandbox: start it as a sandbox; for a service; default false.
        ssh: let people in by ssh; for a service; default false.
        mount_artifacts_store: mount the artifacts store, and fill `globals.store_path`; default false.
        collect_artifacts: give the run a path for artifacts, and ship them; default true.
        collect_logs: keep what it prints; default true.
        collect_resources: sample cpu, memory and gpu; default true.
        sync_statuses: record its statuses; default true.
        auto_resume: go on with an interrupted run; default true.
        log_level: of the processes beside the run, such as `WARNING`; default none.
        external_host: reach the server by its address from outside; default false.
        sidecar: the container beside the main one; default: the agent's own.
        notifications: who is told about the end; default none.

    >>> V1Plugins(collect_logs=False).collect_logs
    False
    """

    auth: bool | Template | None = None
    docker: bool | Template | None = None
    shm: bool | Template | None = None
    tmux: bool | Template | None = None
    sandbox: bool | Template | None = None
    ssh: bool | Template | None = None
    mount_artifacts_store: bool | Template | None = None
    collect_artifacts: bool | Template | None = None
    collect_logs: bool | Template | None = None
    collect_resources: bool | Template | None = None
    sync_statuses: bool | Template | None = None
    auto_resume: bool | Template | None = None
    log_level: str | None = None
    external_host: bool | Template | None = None
    sidecar: V1PolyaxonSidecarContainer | Template | None = None
    notifications: list[V1Notification] | Template | None = None
