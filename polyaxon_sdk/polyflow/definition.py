"""The fields that components and operations share, and compiled operations don't have."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

from attrs import frozen

from polyaxon_sdk.polyflow.prepare import as_lists
from polyaxon_sdk.polyflow.problems import at, fault
from polyaxon_sdk.polyflow.resources import check_resources
from polyaxon_sdk.polyflow.specification import Specification

if TYPE_CHECKING:
    from polyaxon_sdk.polyflow.component import V1Component
    from polyaxon_sdk.polyflow.container import V1Container
    from polyaxon_sdk.polyflow.environment import V1Environment
    from polyaxon_sdk.polyflow.init import V1Init
    from polyaxon_sdk.polyflow.kubernetes import Volume
    from polyaxon_sdk.polyflow.param import V1Param
    from polyaxon_sdk.polyflow.template import V1Template
    from polyaxon_sdk.polyflow.words import V1PatchStrategy

__all__ = ["Definition"]

_REFERENCES = ("hub_ref", "dag_ref", "url_ref", "path_ref", "component")


# Each class made of it has these methods of its own; here they would only cost time to import.
@frozen(kw_only=True, init=False, eq=False, repr=False)
class Definition(Specification):
    """What a component and an operation both may say (semantics 1.3).

    Args:
        params: values for the inputs, by name; default: each input's own.
        hub_ref: the component, by `NAME:TAG` in a hub; default none.
        dag_ref: the component, by its name in the dag's `components`; default none.
        url_ref: the component, by the URL of its file; default none.
        path_ref: the component, by the path of its file, from this one's folder; default none.
        component: the component itself; default none.
        template: marks a file that wants to be edited first; default: it is ready to run.
        patch_strategy: how this is laid over what it refers to: `post_merge`, `pre_merge`, `replace` or `isnull`;
            default `post_merge`.
        is_preset: whether the file is a patch, not something to run; default false.
        run_patch: fields to lay over the runtime; default none.
        container: short for `run.container`; default none.
        cmd: a shell script, as one text or line by line, short for the container's command; default none.
        ports: short for `run.ports`; without a `run` it makes a service; default none.
        env: names and values, short for the container's `env`; default none.
        resources: `cpu` and `memory` as `REQUEST` or `REQUEST..LIMIT`, and `gpu`, short for the container's;
            default none.
        environment: short for `run.environment`; default none.
        init: short for `run.init`; default none.
        connections: short for `run.connections`; default none.
        sidecars: short for `run.sidecars`; default none.
        volumes: short for `run.volumes`; default none.
    """

    kinds: ClassVar[tuple[str, str]] = ("component", "operation")
    """Either says what to run, wherever it stands."""

    params: dict[str, V1Param] | None = None
    hub_ref: str | None = None
    dag_ref: str | None = None
    url_ref: str | None = None
    path_ref: str | None = None
    component: V1Component | None = None
    template: V1Template | None = None
    patch_strategy: V1PatchStrategy | Literal["replace", "isnull", "post_merge", "pre_merge"] | None = None
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
    volumes: list[Volume] | None = None

    def __attrs_post_init__(self) -> None:
        super().__attrs_post_init__()
        with at("resources"):
            check_resources(self.resources)
        _check_cmd(self.cmd)
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
        if not isinstance(data, dict) or isinstance(data.get("ports"), (list, type(None))):
            return data
        words = str(data["ports"]).split(",")
        return {**data, "ports": [int(word) if word.strip().isdecimal() else word for word in words]}

    @property
    def references(self) -> list[str]:
        """Which of the reference fields are set."""
        return [name for name in _REFERENCES if getattr(self, name) is not None]


def _check_cmd(cmd: str | list[str] | None) -> None:
    """A script without a command would end well, and nothing would have run."""
    if cmd is None:
        return
    if not cmd:
        raise fault("no command", path=("cmd",))
    for position, line in enumerate([cmd] if isinstance(cmd, str) else cmd):
        if not line.strip():
            raise fault("no command", path=("cmd",) if isinstance(cmd, str) else ("cmd", position))
