"""V1Container: the container that a runtime runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from attrs import frozen

if TYPE_CHECKING:
    from polyaxon_sdk.polyflow.templates import Template

__all__ = ["V1Container"]


@frozen(kw_only=True)
class V1Container:
    """A Kubernetes container; its inner mappings stay as Kubernetes spells them.

    Only the names of its fields are checked when a file is read: what a cluster takes is the cluster's to say.
    `check` tells what doesn't look right, and is asked before a command runs here.

    Args:
        image: the image; ignored where the command runs as a local process.
        command, args: the words of the command line, or one template that gives them.
        working_dir: where the command starts.
        env: `[{name, value}]`, or a mapping.
        resources: `{limits, requests}`.

    The other fields are those of the Kubernetes documentation.

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
