"""V1Container: the container that a runtime runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from attrs import frozen

from polyaxon_sdk.polyflow.documentation import documented

if TYPE_CHECKING:
    from polyaxon_sdk.polyflow.templates import Template

__all__ = ["V1Container"]


@documented
@frozen(kw_only=True)
class V1Container:
    """A Kubernetes container; its inner mappings stay as Kubernetes spells them (semantics 1.9).

    Only the names of its fields are checked when a file is read: what a cluster takes is the cluster's to say.
    `check` tells what doesn't look right, and is asked before a command runs here.

    Args:
        name: its name in the pod; the main one is always `polyaxon-main`; default: made by the cluster.
        image: what it starts from; left aside where the command runs on this machine; default none.
        image_pull_policy: when the image is fetched: `Always`, `IfNotPresent` or `Never`;
            default: `Always` for the tag `latest`, else `IfNotPresent`.
        command: the words that start it, or a template that gives them; default: the image's own.
        args: the words after the command, or a template that gives them; default: the image's own.
        working_dir: where the command starts; default: the image's own, on this machine the caller's folder.
        env: variables, `{name, value}` or `{name, valueFrom}` each, or a mapping of names to values; default none.
        env_from: `{secretRef}` or `{configMapRef}` each: where further variables come from; default none.
        resources: `{requests, limits}`, each of `cpu`, `memory`, `nvidia.com/gpu` and the like; default: no limit.
        ports: `{containerPort, name, protocol}` each; default none.
        volume_mounts: `{name, mountPath, subPath, readOnly}` each; default none.
        volume_devices: `{name, devicePath}` each: volumes as raw devices; default none.
        liveness_probe: how it is found out that it hangs and must start again; default none.
        readiness_probe: how it is found out that it can be reached; default none.
        startup_probe: how it is found out that it has started, before the other probes begin; default none.
        lifecycle: `{postStart, preStop}`: what is done after its start and before its end; default none.
        security_context: its user, group and rights; default: the pod's.
        resize_policy: `{resourceName, restartPolicy}` each: what a change of resources does; default none.
        restart_policy: `Always` for a sidecar that starts before the others; default: the pod's.
        stdin: whether its input stays open; default false.
        stdin_once: whether its input closes after the first who wrote to it; default false.
        tty: whether it gets a terminal, which needs `stdin`; default false.
        termination_message_path: the file with its last words; default `/dev/termination-log`.
        termination_message_policy: `File`, or `FallbackToLogsOnError`; default `File`.

    >>> V1Container(image="python:3.11", command=["python", "train.py"]).command
    ['python', 'train.py']
    """

    loose: ClassVar[bool] = True

    name: str | None = None
    image: str | None = None
    image_pull_policy: str | None = None
    command: list[object] | str | None = None
    args: list[object] | str | None = None
    working_dir: str | None = None
    env: list[object] | dict[str, object] | Template | None = None
    env_from: list[object] | Template | None = None
    resources: dict[str, object] | Template | None = None
    ports: list[object] | Template | None = None
    volume_mounts: list[object] | Template | None = None
    volume_devices: list[object] | Template | None = None
    liveness_probe: dict[str, object] | None = None
    readiness_probe: dict[str, object] | None = None
    startup_probe: dict[str, object] | None = None
    lifecycle: dict[str, object] | None = None
    security_context: dict[str, object] | None = None
    resize_policy: list[object] | None = None
    restart_policy: str | None = None
    stdin: bool | None = None
    stdin_once: bool | None = None
    tty: bool | None = None
    termination_message_path: str | None = None
    termination_message_policy: str | None = None

    def check(self) -> None:
        """Raise `SpecError` where a value isn't of its field's type.

        >>> V1Container(image="python:3.11").check()
        """
        from polyaxon_sdk.polyflow.converter import check_fields  # cattrs costs 20 ms

        check_fields(self)
