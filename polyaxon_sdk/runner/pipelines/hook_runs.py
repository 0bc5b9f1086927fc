"""The runs that the ends of a pipeline's runs set off."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyflow import V1CompiledOperation
from polyaxon_sdk.runner.draft import Draft
from polyaxon_sdk.runner.hooks import hooks_after
from polyaxon_sdk.runner.life import Found
from polyaxon_sdk.runner.pipelines.past import Past
from polyaxon_sdk.runner.plan import Plan
from polyaxon_sdk.runs.state import RunState
from polyaxon_sdk.settings import Settings

__all__ = ["HookRuns"]


class HookRuns:
    """Plans the hooks of the runs of one pipeline.

    Args:
        plan: plans a run, whatever it is.
        past: what the pipeline did before.
        tell: is told of hooks that can't start.

    Attributes:
        keys: those of the runs that were planned here.
    """

    def __init__(
        self, settings: Settings, *, plan: Callable[[Draft], Plan], past: Past, tell: Callable[[str], None]
    ) -> None:
        self.keys: set[str] = set()
        self._settings = settings
        self._plan = plan
        self._past = past
        self._tell = tell

    def after(
        self, key: str, operation: V1CompiledOperation, state: RunState
    ) -> Iterator[tuple[str, Plan, Found | None]]:
        """What the end of a run sets off: the key of each hook, its run, and the one that was begun for it before.

        Those that succeeded before are left out.
        """
        for at, each in enumerate(hooks_after(operation, state, self._settings)):
            found = self._past.find_after(f"{key}.{at}", state.uuid)
            if found is not None and found.state.status == "succeeded":
                continue
            told = each.problem
            if each.draft is not None:
                try:
                    plan = self._plan(each.draft)
                except InputError as error:
                    told = str(error)
                else:
                    self.keys.add(f"{key}.{at}")
                    yield f"{key}.{at}", plan, found
                    continue
            self._tell(f"hook {each.name} of {state.name or key}: {told}")
