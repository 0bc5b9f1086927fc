"""Changing what is said of a run."""

from __future__ import annotations

from collections.abc import Sequence

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.runner.draft import project_of
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.record import RecordWriter
from polyaxon_sdk.runs.state import RunState, read_run
from polyaxon_sdk.runs.user import user_name
from polyaxon_sdk.settings import Settings
from polyaxon_sdk.sidecar.launch import launch
from polyaxon_sdk.sidecar.views import write_views
from polyaxon_sdk.types import Json

__all__ = ["change", "invalidate", "transfer"]


def change(
    settings: Settings,
    folder: RunFolder,
    *,
    name: str | None = None,
    description: str | None = None,
    tags: Sequence[str] | None = None,
) -> RunState:
    """Say something else of a run; what is None stays as it is. The run as it then is.

    Raises:
        InputError: nothing is said.
        OSError: the run can't be written.

    >>> change(settings, folder, name="best", tags=["paper"]).name  # doctest: +SKIP
    'best'
    """
    texts = {"name": name, "description": description}
    said: dict[str, Json] = {key: value for key, value in texts.items() if value is not None}
    if not said and tags is None:
        raise InputError("nothing to change", expected="a name, a description or tags")
    record = RecordWriter(folder)
    if said:
        record.append("update", **said)
    if tags is not None:
        record.append("tags", values=list(tags), reset=True)
    record.close()
    return _made_known(settings, folder)


def transfer(settings: Settings, folder: RunFolder, project: str) -> RunState:
    """Make a run one of another project, `name` or `owner/name`; the run as it then is.

    Raises:
        InputError: it can't be a project's name.
        OSError: the run can't be written.
    """
    owner, name = project_of(project)
    record = RecordWriter(folder)
    record.append("update", owner=owner, project=name)
    record.close()
    return _made_known(settings, folder)


def invalidate(settings: Settings, folder: RunFolder) -> RunState:
    """Let no later run be taken from this one, nor from the one that it was taken from itself; nothing is deleted.

    Raises:
        OSError: the run can't be written.

    >>> invalidate(settings, folder).is_invalidated  # doctest: +SKIP
    True
    """
    state = read_run(folder)
    original = RunFolder(settings.runs / (state.original or folder.uuid))
    is_taken = state.cloning_kind == "cache" and original.record.is_dir()
    for each in [folder, original] if is_taken else [folder]:
        record = RecordWriter(each)
        record.append("invalidated", user=user_name())
        record.close()
        _made_known(settings, each)
    return read_run(folder)


def _made_known(settings: Settings, folder: RunFolder) -> RunState:
    """Bring what was said to where others read it; a run that goes on has a sidecar that does so."""
    state = read_run(folder)
    if state.is_done and settings.artifacts_store is not None:
        launch(folder)
    elif state.is_done:
        write_views(folder)
    return state
