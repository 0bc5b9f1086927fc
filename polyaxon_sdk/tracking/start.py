"""Starting to track: attach to the run this process was started for, or make a new one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.settings import load
from polyaxon_sdk.tracking.active import Active
from polyaxon_sdk.tracking.beginning import facts_of_new, folder_of
from polyaxon_sdk.tracking.host import ProcessHost, describe, going_on
from polyaxon_sdk.tracking.parts import Belonging, belonging_of, uuid_of
from polyaxon_sdk.tracking.run import Run

if TYPE_CHECKING:
    from polyaxon_sdk.tracking.resuming import Resume

__all__ = ["ACTIVE", "attach", "init"]


def init(
    owner: str | None = None,
    project: str | None = None,
    run_uuid: str | None = None,
    *,
    name: str | None = None,
    description: str | None = None,
    tags: str | Sequence[str] | None = None,
    is_new: bool = False,
    is_offline: bool = False,
    resume: Resume = False,
    resume_from_step: int | None = None,
    track_code: bool | None = None,
    track_env: bool | None = None,
    track_logs: bool | None = None,
    collect_artifacts: bool | None = None,
    collect_resources: bool | None = None,
    ship_mirror: bool | None = None,
    artifacts_path: str | None = None,
    client: object = None,
    refresh_data: bool = False,
    log_context: bool = False,
) -> Run:
    """Start to track this process, and return the run.

    In a process that `polyaxon run` started it attaches to that run, and in one that a tracking process started to its;
    where a run is active already it returns that one; otherwise it makes a new run in the home and starts its sidecar.
    The ranks of one training have one run. With `POLYAXON_NO_OP` everything is accepted and nothing is kept.

    Args:
        owner, project: the project of a new run, also as `owner/project`; by default the configured one.
        run_uuid: the run to attach to, or the uuid of a new one.
        name, description, tags: what the run is called; they are set on a run that is attached to as well.
        is_new, is_offline: make a new run even where one is active; use the offline root where one is set.
        resume: begin a new attempt of a run that is there, ended or not; where it is not there, see `Resume`.
        resume_from_step: the first step that is logged anew; that is `resume=True` too. What was logged at it and
            behind it is kept under `superseded` in the run (see `RunClient`), its outputs and artifacts are hidden.
        track_code, track_env, track_logs, collect_resources: whether to capture git state, packages, what is printed,
            and what the machine does; by default as configured. `polyaxon run` captures what is printed anyway.
        collect_artifacts, ship_mirror: whether to ship the run, and what is deleted of its outputs; likewise.
        artifacts_path: as `set_artifacts_path` takes it.
        client, refresh_data, log_context: accepted for existing scripts: there is no server.

    Raises:
        InputError: `run_uuid` or a setting is malformed, or a run that is to go on is not there.
        PolyaxonError: the home can't be written.

    >>> tracking.init(name="digits", tags=["cnn"])  # doctest: +SKIP
    Run(uuid='0f5a8b1c2d3e4f5061728394a5b6c7d8')
    """
    del client, refresh_data, log_context
    told = (track_code, track_env, track_logs, collect_artifacts, collect_resources, ship_mirror)
    with ACTIVE.settled():
        if is_new or (run := _open_run(uuid_of(run_uuid))) is None:
            settings = load().offline() if is_offline else load()
            belonging = belonging_of(settings, run_uuid, is_new=is_new, begun=_HOST.begun)
            created = facts_of_new(settings, told, project=project, owner=owner)
            run = _HOST.begin(settings, belonging, created, resume=resume, from_step=resume_from_step)
        describe(run, name, description, tags, artifacts_path, is_mirrored=bool(ship_mirror))
        return run


def attach(path: str) -> Run:
    """The run in the folder `path`, joined by this process; what a run that was handed to it becomes."""
    with ACTIVE.settled():
        settings, folder = load(), RunFolder(path)
        if not path or settings.flag("no_op"):
            return _HOST.keep_nothing()
        if (run := next((each for each in ACTIVE.open if each.folder == folder.path), None)) is not None:
            return run
        return _HOST.join(folder, Belonging(folder.uuid, "child"))


def _join() -> None:
    """Begin with the run of the process that started this one, where that goes on."""
    with ACTIVE.lock:
        settings = load()
        if ACTIVE.is_none and settings.run_process is not None and not settings.flag("no_op"):
            belonging = going_on(settings, belonging_of(settings, None, is_new=False, begun=0))
            if belonging.part == "child":
                _HOST.join(folder_of(settings, belonging), belonging)


def _open_run(uuid: str | None) -> Run | None:
    """The run that is meant, where it is open in this process."""
    if ACTIVE.is_none or uuid is None:
        return None if ACTIVE.is_none else ACTIVE.run
    return next((run for run in ACTIVE.open if run.uuid == uuid), None)


ACTIVE = Active(_join)
"""The run that is active in this process."""

_HOST = ProcessHost(ACTIVE, attach)
