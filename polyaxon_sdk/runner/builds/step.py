"""The build of a run as its first init step: a run of its own."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Thread
from time import sleep

from attrs import frozen

from polyaxon_sdk.exceptions import PolyaxonError
from polyaxon_sdk.runner.builds.venv import is_made
from polyaxon_sdk.runner.inits.step import StepError, Work
from polyaxon_sdk.runner.life import look
from polyaxon_sdk.runner.stop import stop
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.state import RunState

__all__ = ["BuildStep"]

_LOOK = 0.2


@frozen(kw_only=True)
class BuildStep:
    """Carries a build out, unless what it makes is there.

    Args:
        name: the build's component.
        folder: where its run will lie.
        carry: carries it out; the run as it then is, None where it is gone.
        place: the virtual environment that it makes; None where it makes something else.
        before: a run of it that was begun before, which counts unless it fails; None for none.
    """

    name: str
    folder: RunFolder
    carry: Callable[[], RunState | None]
    place: Path | None = None
    before: RunFolder | None = None

    @property
    def title(self) -> str:
        """What it puts in place."""
        return f"build {self.name}"

    def carry_out(self, work: Work) -> None:
        """Carry the build out.

        Raises:
            StepError: it did not succeed.
        """
        if self.place is not None and is_made(self.place):
            work.say(f"{self.title}: {self.place} is there")
            return
        if self.before is not None and self._was_built(self.before, work):
            return
        uuid = self.folder.uuid
        work.say(f"{self.title}: run {uuid[:12]}")
        work.note("edge", upstream=uuid, kind="build", values=[])
        found: list[RunState | None] = []
        thread = Thread(target=lambda: found.append(self._carried()), name=f"build-{uuid[:12]}", daemon=True)
        thread.start()
        while thread.is_alive():
            thread.join(_LOOK)
            if work.given_up.is_set():
                with suppress(PolyaxonError, OSError):  # it is over by now, or has not begun
                    stop(self.folder)
        state = found[0] if found else None
        if state is None or state.status != "succeeded":
            how = state.status if state is not None else "is gone"
            why = state.conditions[-1].message if state is not None and state.conditions else ""
            raise StepError(
                f"run {uuid[:12]} {how}{': ' if why else ''}{why}; `polyaxon ops logs -uid {uuid[:12]}`"
            )

    def _was_built(self, before: RunFolder, work: Work) -> bool:
        """Whether the run from before has built it, once it is over."""
        while (found := look(before)).life == "running":
            sleep(_LOOK)
            if work.given_up.is_set():
                with suppress(PolyaxonError, OSError):  # it is over by now
                    stop(before)
        if found.state.status != "succeeded":
            return False
        work.say(f"{self.title}: run {before.uuid[:12]} from before")
        work.note("edge", upstream=before.uuid, kind="build", values=[])
        return True

    def _carried(self) -> RunState | None:
        try:
            return self.carry()
        except PolyaxonError:
            return None
