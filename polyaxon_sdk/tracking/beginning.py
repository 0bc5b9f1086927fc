"""Beginning a run on disk, or joining one that another process began."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from itertools import zip_longest
from time import CLOCK_BOOTTIME, clock_gettime, monotonic, sleep, time

from polyaxon_sdk.exceptions import PolyaxonError
from polyaxon_sdk.runs.fact import Fact
from polyaxon_sdk.runs.filesystem import is_network
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.names import new_uuid
from polyaxon_sdk.runs.record import read_facts, read_writers_of
from polyaxon_sdk.runs.user import user_name
from polyaxon_sdk.runs.writer import process_start
from polyaxon_sdk.settings import Settings
from polyaxon_sdk.tracking.call import CALL
from polyaxon_sdk.tracking.descriptions import log_tags
from polyaxon_sdk.tracking.parts import Belonging
from polyaxon_sdk.tracking.place import Recorded
from polyaxon_sdk.tracking.values import plain_values
from polyaxon_sdk.types import Json

_REWIND_WITHIN = 60.0
_LOOK_EVERY = 0.02
_TRACKED = ("track_code", "track_env", "track_logs", "collect_artifacts", "collect_resources", "ship_mirror")

__all__ = [
    "NOT_RESUMED",
    "Begun",
    "Resumption",
    "await_rewind",
    "begin",
    "facts_of_new",
    "folder_of",
    "open_run",
]


class Resumption:
    """How a run that is there goes on.

    Args:
        is_wanted: whether as a new attempt even where nobody said that the last one ended.
        step: the first step that is logged anew; None to keep all that was logged.
    """

    def __init__(self, *, is_wanted: bool = False, step: int | None = None) -> None:
        self.is_wanted = is_wanted
        self.step = step


NOT_RESUMED = Resumption()


class Begun:
    """A run that this process writes to from now on.

    Args:
        place: where it writes.
        is_new: whether the run was not there before.
    """

    def __init__(self, place: Recorded, *, is_new: bool) -> None:
        self.place = place
        self.is_new = is_new


def folder_of(settings: Settings, belonging: Belonging) -> RunFolder:
    """Where the run lies, or will lie."""
    return RunFolder(settings.runs / (belonging.uuid or new_uuid()))


def open_run(folder: RunFolder) -> Begun:
    """The run, made by the first of the processes that come at once.

    Raises:
        PolyaxonError: the home can't be written.
    """
    try:
        folder.path.mkdir(parents=True, exist_ok=True)
        try:
            folder.record.mkdir()
            is_new = True
        except FileExistsError:
            is_new = False
        return Begun(_place_in(folder.create()), is_new=is_new)
    except OSError as error:
        raise PolyaxonError(
            f"the run folder can't be written: {error.strerror or error}: {folder.path}; "
            "set POLYAXON_HOME to a folder that can, or POLYAXON_NO_OP=true to track nothing"
        ) from None


def _place_in(folder: RunFolder) -> Recorded:
    """Where this process writes what it logs to the run."""
    if not is_network(folder.path):
        return Recorded(folder)
    from polyaxon_sdk.tracking.spooled import spooled_in  # only runs on a network need it

    return spooled_in(folder)


def begin(
    begun: Begun,
    belonging: Belonging,
    created: Mapping[str, Json],
    *,
    upstream: str | None = None,
    resumption: Resumption = NOT_RESUMED,
) -> None:
    """Say that the run begins, or that one that is there goes on, as far as the part of this process asks.

    Args:
        begun: the run.
        belonging: the part that this process has in it.
        created: what is known of it where it is new.
        upstream: the run that it is begun within.
        resumption: how a run that is there goes on.
    """
    place, is_new = begun.place, begun.is_new
    leads = belonging.part in {"leader", "managed"}
    if leads:
        place.reserve()
    with place.together():
        if is_new:
            _create(place, created, upstream)
        # From now on the sidecar waits for this process, whether it logs or not.
        place.fact("joined", **({} if leads else {"part": belonging.part}))
        if leads and not is_new and resumption.step is not None:
            place.fact("rewind", step=resumption.step)
        if belonging.part == "leader":
            if not is_new and _has_to_resume(place.folder, resumption):
                place.fact("status", status="resuming", reason="Tracking", message="")
            place.fact("status", status="running", reason="Tracking", message="")


def facts_of_new(settings: Settings, told: Sequence[bool | None], **given: str | None) -> dict[str, Json]:
    """What is known of a new run when it starts; the sidecar captures code and environment from it."""
    choices = zip_longest(_TRACKED, told)
    tracked = {name: settings.flag(name) if choice is None else choice for name, choice in choices}
    call = CALL.get()
    before, _, project = (given["project"] or settings.project).rpartition("/")
    return {
        "project": project,
        "owner": given["owner"] or before or "default",
        "user": user_name(),
        "kind": "job",
        "runtime": "job",
        "managed_by": "user",
        "is_managed": False,
        "name": None if call is None else call.name,
        "description": None if call is None else call.description,
        "cwd": os.getcwd(),
        "script": os.path.abspath(sys.argv[0]) if sys.argv and sys.argv[0] not in {"", "-c", "-m"} else "",
        **tracked,
    }


def _create(place: Recorded, created: Mapping[str, Json], upstream: str | None) -> None:
    place.fact("created", **created)
    if upstream is not None:
        place.fact("edge", upstream=upstream, kind="run")
    if (call := CALL.get()) is not None:
        place.fact("inputs", values=plain_values(call.inputs), reset=False)
        for artifact in call.lineage:
            place.fact("lineage", artifact=artifact)
        if call.tags:
            log_tags(place, call.tags, reset=False)


def _has_to_resume(folder: RunFolder, resumption: Resumption) -> bool:
    from polyaxon_sdk.runs.state import fold  # for runs that were there before

    facts = read_facts(folder)
    state = fold(folder.uuid, facts)
    return bool(state.conditions) and (resumption.is_wanted or (state.is_done and not _failed_beside(facts)))


def _failed_beside(facts: Sequence[Fact]) -> bool:
    """Whether the run is over since a rank failed that was started together with this process, the first one.

    It was gone before this process began: nobody else has led the run, and it failed after this process had started.
    """
    told = [fact for fact in facts if fact.kind == "status"]
    return all("rank" in fact.fields for fact in told) and told[-1].time > _started_at()


def _started_at() -> float:
    """When this process started, in seconds since the epoch; never where the system doesn't tell."""
    ticks = process_start(os.getpid())
    if ticks is None:
        return float("inf")
    return time() - (clock_gettime(CLOCK_BOOTTIME) - ticks / os.sysconf("SC_CLK_TCK"))


def await_rewind(place: Recorded, step: int) -> None:
    """Wait until the sidecar has taken out what a new attempt from `step` on supersedes: in the process that asks for
    it, and in the ranks beside it.

    Nothing is logged before, so that what is old is told from what is new.
    """
    deadline = monotonic() + _REWIND_WITHIN
    while not _is_rewound(place.folder, step):
        if monotonic() > deadline:
            place.trouble(f"what was logged from step {step} on still shows: no sidecar has taken it out")
            return
        sleep(_LOOK_EVERY)


def _is_rewound(folder: RunFolder, step: int) -> bool:
    from polyaxon_sdk.runs.drained import read_drained  # for runs that go on from a step

    facts = read_facts(folder)
    lives = {writer.name: writer.life() for writer in read_writers_of(facts)}
    rewinds = [fact for fact in facts if fact.kind == "rewind"]
    asked = any(fact.fields.get("step") == step and lives[fact.writer] != "gone" for fact in rewinds)
    return asked and read_drained(folder).rewinds >= len(rewinds)
