"""Beginning a run on disk, or joining one that another process began."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from polyaxon_sdk.exceptions import PolyaxonError
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.names import new_uuid
from polyaxon_sdk.runs.state import read_run
from polyaxon_sdk.settings import Settings
from polyaxon_sdk.tracking.call import CALL
from polyaxon_sdk.tracking.parts import Belonging
from polyaxon_sdk.tracking.place import Recorded
from polyaxon_sdk.tracking.values import plain_values
from polyaxon_sdk.types import Json

__all__ = ["Begun", "begin", "folder_of"]


class Begun(NamedTuple):
    """A run that this process writes to from now on.

    Attributes:
        place: where it writes.
        is_new: whether the run was not there before.
    """

    place: Recorded
    is_new: bool


def folder_of(settings: Settings, belonging: Belonging) -> RunFolder:
    """Where the run lies, or will lie."""
    return RunFolder(settings.runs / (belonging.uuid or new_uuid()))


def begin(
    folder: RunFolder,
    belonging: Belonging,
    created: Mapping[str, Json],
    *,
    upstream: str | None = None,
    is_resumed: bool = False,
) -> Begun:
    """Begin the run, or take up one that is there, as far as the part of this process asks.

    Args:
        folder: the run.
        belonging: the part that this process has in it.
        created: what is known of it where it is new.
        upstream: the run that it is begun within.
        is_resumed: whether a run that is there begins a new attempt even where it is not done.

    Raises:
        PolyaxonError: the home can't be written.
    """
    place, is_new = _opened(folder)
    leads = belonging.part in {"leader", "managed"}
    if leads:
        place.reserve()
    if is_new:
        place.fact("created", **created)
        if upstream is not None:
            place.fact("edge", upstream=upstream, kind="run")
        if (call := CALL.get()) is not None:
            place.fact("inputs", values=plain_values(call.inputs), reset=False)
    # From now on the sidecar waits for this process, whether it logs or not.
    place.fact("joined", **({} if leads else {"part": belonging.part}))
    if belonging.part == "leader":
        if not is_new and (state := read_run(folder)).conditions and (is_resumed or state.is_done):
            place.fact("status", status="resuming", reason="Tracking", message="")
        place.fact("status", status="running", reason="Tracking", message="")
    return Begun(place, is_new)


def _opened(folder: RunFolder) -> tuple[Recorded, bool]:
    """The run, made by the first of the processes that come at once."""
    try:
        folder.path.mkdir(parents=True, exist_ok=True)
        try:
            folder.record.mkdir()
            is_new = True
        except FileExistsError:
            is_new = False
        return Recorded(folder.create()), is_new
    except OSError as error:
        raise PolyaxonError(
            f"the run folder can't be written: {error.strerror or error}: {folder.path}; "
            "set POLYAXON_HOME to a folder that can, or POLYAXON_NO_OP=true to track nothing"
        ) from None
