"""What a run was made with, put into the run: once, however many sidecars it has."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from polyaxon_sdk.runs.drained import write_whole
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.state import RunState
from polyaxon_sdk.secrets.masker import Masker
from polyaxon_sdk.sidecar.captures import Captures
from polyaxon_sdk.types import Json

__all__ = ["Origin"]

_ENVIRONMENT = "outputs/env.json"
_CHANGES = "assets/coderef/changes.diff"


class Origin:
    """The code and the environment of a run, as files and lineage, without secrets (semantics 5.1).

    Args:
        folder: the run's folder.
        state: the run; its first fact tells working folder and script.
        append: adds a fact to the record.
        captures: what was captured before, and will be.
        masker: takes secrets out.
    """

    def __init__(
        self,
        folder: RunFolder,
        state: RunState,
        append: Callable[..., None],
        captures: Captures,
        masker: Masker,
    ) -> None:
        self._folder = folder
        self._state = state
        self._append = append
        self._captures = captures
        self._masker = masker

    def keep_environment(self) -> None:
        """Keep interpreter, packages and machine as `outputs/env.json`.

        Raises:
            OSError: the run folder can't be written.
        """
        if not self._has("env"):
            write_whole(self._place(_ENVIRONMENT), self._captures.environment_as(self._masker))
            self._tell("env", "env", _ENVIRONMENT, {})

    def keep_code(self) -> None:
        """Keep the git state around the working folder, or else the script, and what differs from its commit.

        Raises:
            OSError: the run folder can't be written.
        """
        start = self._state.start
        code = self._captures.code(str(start.get("cwd") or ""), str(start.get("script") or ""))
        if code is None or self._has("coderef"):
            return
        if code.diff:
            self._captures.write(self._place(_CHANGES), self._masker.text(code.diff))
        summary: dict[str, Json] = {name: value for name, value in code._asdict().items() if name != "diff"}
        self._tell(code.commit or "uncommitted", "coderef", _CHANGES if code.diff else "", summary)

    def _has(self, kind: str) -> bool:
        return any(known == kind for _, known in self._state.artifacts)

    def _place(self, relative: str) -> Path:
        path = self._folder.path / relative
        if not path.parent.is_dir():
            path.parent.mkdir(parents=True, exist_ok=True)
        return path

    def _tell(self, name: str, kind: str, path: str, summary: dict[str, Json]) -> None:
        artifact: dict[str, Json] = {"name": name, "kind": kind, "is_input": True, "summary": summary}
        self._append("lineage", artifact={**artifact, "path": path} if path else artifact)
