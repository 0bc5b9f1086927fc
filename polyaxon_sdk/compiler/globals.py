"""Globals: what templates know of the run itself (semantics 2.2)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import asdict, frozen

__all__ = ["GLOBAL_TYPES", "Globals"]

_TEXTS = (
    "owner_name", "project_name", "project_unique_name", "name", "run_info", "namespace", "username", "user_email",
    "context_path", "artifacts_path", "run_artifacts_path", "run_outputs_path", "run_relative_outputs_path",
    "store_path", "cloning_kind", "base_url", "status", "kind", "runtime", "description",
)  # fmt: skip
_MOMENTS = ("created_at", "updated_at", "compiled_at", "schedule_at", "started_at", "finished_at")

GLOBAL_TYPES: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(_TEXTS, ("str",)),
    **dict.fromkeys(("uuid", "project_uuid", "original_uuid"), ("uuid",)),
    **dict.fromkeys(_MOMENTS, ("datetime", "date")),
    **dict.fromkeys(("duration", "wait_time"), ("float", "metric", "timedelta")),
    **dict.fromkeys(("ports", "base_urls", "tags"), ("list",)),
    "condition": ("dict",),
    "is_independent": ("bool",),
    "iteration": ("int", "float"),
}
"""What a reference can name of another run, `globals.NAME`, and the types that each fits beside text."""


@frozen(kw_only=True)
class Globals:
    """The values behind `{{ globals.NAME }}`.

    Args:
        owner_name, project_name, project_uuid: where the run belongs.
        name, uuid: of the run.
        namespace: the Kubernetes namespace, where there is one.
        artifacts_path: the folder that holds what runs write and init steps fetch.
        context_path: the folder around it.
        run_artifacts_path: the run's own folder; default: `artifacts_path/uuid`.
        store_path: where the artifacts store is mounted.
        created_at, compiled_at, schedule_at, started_at, finished_at: ISO moments.
        iteration: of a matrix.
        ports, base_url, base_urls: of a service: where it listens, the path by which a proxy reaches it.

    >>> Globals(uuid="ab", artifacts_path="/runs").as_dict()["run_outputs_path"]
    '/runs/ab/outputs'
    """

    owner_name: str = ""
    project_name: str = ""
    project_uuid: str = ""
    name: str = ""
    uuid: str = ""
    namespace: str = ""
    username: str = ""
    user_email: str = ""
    context_path: str = "/plx-context"
    artifacts_path: str = "/plx-context/artifacts"
    run_artifacts_path: str | None = None
    store_path: str = ""
    created_at: str | None = None
    compiled_at: str | None = None
    schedule_at: str | None = None
    started_at: str | None = None
    finished_at: str | None = None
    duration: float | None = None
    iteration: int | None = None
    cloning_kind: str | None = None
    original_uuid: str | None = None
    is_independent: bool = True
    ports: Sequence[int] = ()
    base_url: str | None = None
    base_urls: Sequence[str] = ()

    def as_dict(self) -> dict[str, object]:
        """The mapping that templates see: these fields and those that follow from them."""
        run_path = self.run_artifacts_path or f"{self.artifacts_path}/{self.uuid}"
        project = f"{self.owner_name}.{self.project_name}"
        return {
            **asdict(self),
            "project_unique_name": project,
            "run_info": f"{project}.runs.{self.uuid}",
            "run_artifacts_path": run_path,
            "run_outputs_path": f"{run_path}/outputs",
            "run_relative_outputs_path": f"{self.uuid}/outputs",
        }
