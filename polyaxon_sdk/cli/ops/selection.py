"""Which runs a command is about: said before the sub-command, or after it."""

from __future__ import annotations

from typing import NamedTuple

from polyaxon_sdk.index.selector import resolve
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.settings import Settings

__all__ = ["Selection"]


class Selection(NamedTuple):
    """The project and the run that were named, each None where it was not."""

    project: str | None = None
    uid: str | None = None

    def over(self, project: str | None, uid: str | None = None) -> Selection:
        """What was said after the sub-command, above what was said before it."""
        return Selection(project or self.project, uid or self.uid)

    @property
    def project_name(self) -> str | None:
        """The project without its owner."""
        return self.project.rpartition("/")[2] if self.project else None

    def folder(self, settings: Settings) -> RunFolder:
        """The run that is meant.

        Raises:
            InputError: the uuid is none, or begins several runs.
            RunNotFoundError: there is no such run.
        """
        return resolve(settings, self.uid, project=self.project_name)
