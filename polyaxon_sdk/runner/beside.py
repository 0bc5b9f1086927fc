"""What goes on beside the main process of a run."""

from __future__ import annotations

from contextlib import suppress
from types import TracebackType
from typing import TYPE_CHECKING, Self

from polyaxon_sdk.exceptions import PolyaxonError
from polyaxon_sdk.runner.inits.step import Renewable
from polyaxon_sdk.runner.scene import Scene
from polyaxon_sdk.runner.stop import Because, stop

if TYPE_CHECKING:
    from polyaxon_sdk.runner.inits.renewal import Renewal
    from polyaxon_sdk.runner.services.culling import Culling
    from polyaxon_sdk.runner.services.readiness import Readiness, Service

__all__ = ["Beside"]

_ANSWERS_WITHIN = 120.0
"""Seconds after which a service that doesn't answer runs all the same: it may speak to nobody on this machine."""


class Beside:
    """Says that a run runs, a job at once and a service once it answers, and renews what its init steps put in place.

    Args:
        scene: the run; its process has just been started.
    """

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._readiness: Readiness | None = None
        self._renewal: Renewal | None = None
        self._culling: Culling | None = None

    def __enter__(self) -> Self:
        plan = self._scene.plan
        if plan.service is None:
            self._scene.reporter.status("running", "Runner")
        else:
            from polyaxon_sdk.runner.services.readiness import Readiness  # http costs 15 ms

            self._readiness = Readiness(plan.service)
            self._readiness.start()
            self._cull(plan.service)
        if renewable := [step for step in plan.steps if isinstance(step, Renewable)]:
            from polyaxon_sdk.runner.inits.renewal import Renewal  # threads, for those who have such steps

            self._renewal = Renewal(renewable)
            self._renewal.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for each in (self._readiness, self._culling, self._renewal):
            if each is not None:
                each.close()

    def _cull(self, service: Service) -> None:
        """Have a service ended that nobody uses for long, where it says so."""
        from polyaxon_sdk.runner.services.culling import Culling, culling_of  # for services

        def end(told: str) -> None:
            self._scene.watcher.tell(f"the run is stopped: {told}")
            with suppress(PolyaxonError, OSError):  # it is over by now, or its folder is gone
                stop(self._scene.plan.folder, because=Because("Culling", told))

        if (timeout := culling_of(self._scene.plan.operation)) is not None:
            self._culling = Culling(service, timeout=timeout, end=end)
            self._culling.start()

    def look(self) -> None:
        """Tell where a service is reached, once it answers, or that it takes long."""
        readiness, reporter, watcher = self._readiness, self._scene.reporter, self._scene.watcher
        if readiness is None or (readiness.urls is None and readiness.waited < _ANSWERS_WITHIN):
            return
        readiness.close()
        self._readiness = None
        urls = readiness.urls
        told = f"nothing answers at port {readiness.port} yet" if urls is None else f"answers at {urls[0]}"
        if not self._is_known(urls):
            if urls is not None:
                reporter.note("meta", values={"urls": [*urls]})
            reporter.status("running", "Runner", told)
        watcher.tell(told)

    def _is_known(self, urls: list[str] | None) -> bool:
        """Whether a runner that was killed since has said so of the same process."""
        with suppress(OSError):  # of the run folder: it is told again
            state = self._scene.reporter.state()
            return state.status == "running" and state.meta.get("urls") == urls
        return False
