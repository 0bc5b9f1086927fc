"""Starting to track: attach to the run this process was started for, or make a new one."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from polyaxon_sdk.exceptions import InputError, PolyaxonError
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.names import is_uuid, new_uuid
from polyaxon_sdk.runs.state import read_run
from polyaxon_sdk.settings import Settings, load
from polyaxon_sdk.sidecar.launch import launch
from polyaxon_sdk.tracking.active import ACTIVE
from polyaxon_sdk.tracking.call import CALL
from polyaxon_sdk.tracking.place import Nowhere, Recorded
from polyaxon_sdk.tracking.run import Run
from polyaxon_sdk.tracking.values import plain_values
from polyaxon_sdk.types import Json

__all__ = ["init"]


def init(
    project: str | None = None,
    run_uuid: str | None = None,
    *,
    owner: str | None = None,
    name: str | None = None,
    description: str | None = None,
    tags: str | Sequence[str] | None = None,
    is_new: bool = False,
    is_offline: bool = False,
    track_code: bool | None = None,
    track_env: bool | None = None,
    collect_resources: bool | None = None,
) -> Run:
    """Start to track this process, and return the run.

    In a process that `polyaxon run` started it attaches to that run; where a run is active already it returns
    that one; otherwise it makes a new run in the home and starts its sidecar. With `POLYAXON_NO_OP` everything
    is accepted and nothing is kept.

    Args:
        project: the project of a new run; by default the configured one.
        run_uuid: the run to attach to, or the uuid of a new one.
        owner: the owner of a new run's project.
        name, description, tags: what the run is called; they are set on a run that is attached to as well.
        is_new: make a new run even where one is active.
        is_offline: accepted for existing scripts: no run here needs a network.
        track_code, track_env, collect_resources: whether to capture git state and packages and to sample the
            machine; by default as configured.

    Raises:
        InputError: `run_uuid` or a setting is malformed.
        PolyaxonError: the home can't be written.

    >>> tracking.init(name="digits", tags=["cnn"])  # doctest: +SKIP
    Run(uuid='0f5a8b1c2d3e4f5061728394a5b6c7d8')
    """
    del is_offline
    settings = load()
    wanted = _uuid(run_uuid) or (None if is_new else _uuid(settings.run_uuid))
    if not ACTIVE.is_none and not is_new and wanted in {None, ACTIVE.run.uuid}:
        run = ACTIVE.run
    elif settings.flag("no_op"):
        run = Run(Nowhere(), on_end=ACTIVE.ended)
        ACTIVE.begin(run)
    else:
        choices = {"track_code": track_code, "track_env": track_env, "collect_resources": collect_resources}
        run = _begin(settings, wanted, _facts(settings, choices, project=project, owner=owner))
    _describe(run, name=name, description=description, tags=tags)
    return run


def _begin(settings: Settings, wanted: str | None, created: dict[str, Json]) -> Run:
    folder = RunFolder(settings.runs / (wanted or new_uuid()))
    is_new = not folder.record.is_dir()
    try:
        place = Recorded(folder.create())
    except OSError as error:
        raise PolyaxonError(
            f"the run folder can't be written: {error.strerror or error}: {folder.path}; "
            "set POLYAXON_HOME to a folder that can, or POLYAXON_NO_OP=true to track nothing"
        ) from None
    is_managed = settings.flag("is_managed") and wanted == _uuid(settings.run_uuid)
    run = Run(place, is_managed=is_managed, on_end=ACTIVE.ended)
    place.reserve()
    if is_new:
        place.fact("created", **created)
        if (call := CALL.get()) is not None:
            place.fact("inputs", values=plain_values(call.inputs), reset=False)
    place.fact("joined")  # from now on the sidecar waits for this process, whether it logs or not
    if not is_managed:
        if not is_new and read_run(folder).is_done:
            place.fact("status", status="resuming", reason="Tracking", message="")
        place.fact("status", status="running", reason="Tracking", message="")
        _start_sidecar(place)
    ACTIVE.begin(run)
    return run


def _start_sidecar(place: Recorded) -> None:
    try:
        launch(place.folder)
    except OSError as error:
        place.trouble(
            f"no sidecar can be started, `polyaxon sync` finishes the run: {error.strerror or error}"
        )


def _facts(settings: Settings, choices: dict[str, bool | None], **given: str | None) -> dict[str, Json]:
    """What is known of a new run when it starts; the sidecar captures code and environment from it."""
    tracked = {name: settings.flag(name) if choice is None else choice for name, choice in choices.items()}
    return {
        "project": given["project"] or settings.project,
        "owner": given["owner"] or "default",
        "kind": "job",
        "runtime": "job",
        "managed_by": "user",
        "is_managed": False,
        "name": call.name if (call := CALL.get()) is not None else None,
        "cwd": os.getcwd(),
        "script": os.path.abspath(sys.argv[0]) if sys.argv and sys.argv[0] not in {"", "-c", "-m"} else "",
        **tracked,
    }


def _describe(
    run: Run, *, name: str | None, description: str | None, tags: str | Sequence[str] | None
) -> None:
    if name is not None or description is not None:
        run.update(name=name, description=description)
    if tags:
        run.log_tags(tags)


def _uuid(text: str | None) -> str | None:
    if not text:
        return None
    plain = text.replace("-", "").lower()
    if not is_uuid(plain):
        raise InputError(f"{text!r} is no run uuid", path="run_uuid", expected="32 hexadecimal digits")
    return plain
