"""Where a service listens, and the path by which a proxy reaches it (semantics 2.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

from polyaxon_sdk.compiler.globals import Globals
from polyaxon_sdk.polyflow.recognition import is_service

if TYPE_CHECKING:
    from polyaxon_sdk.polyflow import V1Runtime

__all__ = ["of_service"]


def of_service(run: Globals, runtime: V1Runtime | None) -> Globals:
    """The globals of a run with what its being a service adds.

    >>> from polyaxon_sdk.polyflow import V1Service
    >>> of_service(Globals(uuid="ab"), V1Service(ports=[6006])).base_url
    '/services/v1/runs/ab/6006'
    """
    if not is_service(runtime) or not isinstance(runtime.ports, list):
        return run
    rewrite = "rewrite-" if runtime.rewrite_path is True else ""
    reach = "external" if runtime.is_external is True else "services"
    place = [part for part in (run.namespace, run.owner_name, run.project_name) if part]
    prefix = "/".join([f"/{rewrite}{reach}", "v1", *place, "runs", run.uuid])
    urls = [f"{prefix}/{port}" for port in runtime.ports]
    return evolve(run, ports=runtime.ports, base_url=urls[0] if urls else None, base_urls=urls)
