"""V1Plugins: what the system does beside the main container."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

if TYPE_CHECKING:
    from polyaxon_sdk.polyflow.templates import Template

__all__ = ["V1Notification", "V1Plugins", "V1PolyaxonSidecarContainer"]


@frozen(kw_only=True)
class V1Notification:
    """Who is told about the end of a run.

    Args:
        connections: the connections to write to.
        trigger: the status that it waits for; default `done`.
    """

    connections: list[str] | Template | None = None
    trigger: str | None = None


@frozen(kw_only=True)
class V1PolyaxonSidecarContainer:
    """The container beside the main one.

    Args:
        image, image_tag, image_pull_policy: what it runs.
        sleep_interval: seconds between two looks at the main container; default 10.
        sync_interval: seconds between two uploads; default 10.
        monitor_logs, monitor_spec, no_connections: switches; default false.
        resources: `{limits, requests}`.
    """

    image: str | None = None
    image_tag: str | None = None
    image_pull_policy: str | None = None
    sleep_interval: int | Template | None = None
    sync_interval: int | Template | None = None
    monitor_logs: bool | Template | None = None
    monitor_spec: bool | Template | None = None
    no_connections: bool | Template | None = None
    resources: dict[str, object] | Template | None = None


@frozen(kw_only=True)
class V1Plugins:
    """Switches; unset means the default (semantics 1.11).

    Args:
        collect_artifacts, collect_logs, collect_resources, sync_statuses, auto_resume: default true.
        auth: give the run a token; default: where there is a server.
        shm: shared memory; default true.
        docker, tmux, sandbox, ssh, mount_artifacts_store, external_host: default false.
        log_level: of the processes beside the run.
        sidecar: the container beside the main one.
        notifications: who is told about the end.

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
    sidecar: V1PolyaxonSidecarContainer | None = None
    notifications: list[V1Notification] | Template | None = None
