"""Where init steps may put things: below the run's context, or in the run's own folder."""

from __future__ import annotations

import os
from pathlib import Path

from attrs import frozen

from polyaxon_sdk.exceptions import InputError

__all__ = ["Place"]


@frozen
class Place:
    """The folders that one run's init steps fill.

    Args:
        artifacts: behind `globals.artifacts_path`; relative destinations are below it.
        run: the run's own folder.

    >>> Place(Path("/home/contexts/0f/artifacts"), Path("/home/runs/0f")).inside("repo", path="run.init[0].path")
    PosixPath('/home/contexts/0f/artifacts/repo')
    """

    artifacts: Path
    run: Path

    def inside(self, *parts: str, path: str) -> Path:
        """The destination that `parts`, each relative to those before it or absolute, name.

        Args:
            parts: of a destination.
            path: the field that says so, for the error.

        Raises:
            InputError: it lies elsewhere on this machine.
        """
        found = Path(os.path.normpath(os.path.join(self.artifacts, *parts)))
        if any(found.is_relative_to(root) for root in (self.artifacts.parent, self.run)):
            return found
        raise InputError(
            f"{os.path.join(*parts)!r} leads out of the run",
            path=path,
            expected="a relative path, or one below {{ globals.artifacts_path }} or {{ globals.run_artifacts_path }}",
        )
