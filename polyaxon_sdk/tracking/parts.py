"""What part a process has in a run: it begins and ends it, or joins those that do."""

from __future__ import annotations

import os
from typing import Literal, TypeAlias

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.names import is_uuid
from polyaxon_sdk.runs.record import read_facts, read_writers_of
from polyaxon_sdk.runs.writer import process_start, this_process
from polyaxon_sdk.settings import Rank, Settings, rank_of

__all__ = ["Belonging", "Part", "belonging_of", "goes_on", "uuid_of", "uuid_shared"]

Part: TypeAlias = Literal["leader", "managed", "rank", "child"]
"""What a process says of a run.

| part | begins the run | says at its end |
| --- | --- | --- |
| leader | yes | how it ended |
| managed | no, a runner did | how it failed, where it did |
| rank | no, but where it is the first | that it failed, which fails the run |
| child | no | that it failed, as a problem: its parent decides what that means |
"""


class Belonging:
    """Where a process belongs: the run, or None for a new one of its own, and its part in it."""

    def __init__(self, uuid: str | None, part: Part) -> None:
        self.uuid = uuid
        self.part = part


def belonging_of(settings: Settings, run_uuid: str | None, *, is_new: bool, begun: int) -> Belonging:
    """Where a process that starts to track belongs.

    Args:
        settings: the settings in force.
        run_uuid: the run that a person named.
        is_new: whether they want a new one.
        begun: how many runs without a uuid of their own the process began before.

    Raises:
        InputError: a uuid is malformed.
    """
    named, told = uuid_of(run_uuid), uuid_of(settings.run_uuid)
    uuid = named or (None if is_new else told)
    if uuid is not None and uuid == told and settings.run_process is not None:
        return Belonging(uuid, "child")
    rank = rank_of()
    if rank is not None and (uuid is not None or not is_new):
        return _belonging_of_rank(rank, uuid, begun, is_managed=_is_managed(settings, uuid, told))
    return Belonging(uuid, "managed" if _is_managed(settings, uuid, told) else "leader")


def goes_on(folder: RunFolder, process: int | None) -> bool:
    """Whether a run that a process of this host worked on goes on: it is not done, or not for that process."""
    from polyaxon_sdk.runs.state import fold  # for the processes that a script starts

    if not folder.record.is_dir():
        return False
    facts = read_facts(folder)
    left = {fact.writer for fact in facts if fact.kind == "left"}
    here = (writer for writer in read_writers_of(facts) if writer.pid == process and writer.name not in left)
    return not fold(folder.uuid, facts).is_done or any(writer.life() == "alive" for writer in here)


def uuid_of(text: str | None) -> str | None:
    """A run's uuid, given in either form; None for none.

    Raises:
        InputError: it is malformed.
    """
    if text is None or text == "":
        return None
    plain = str(text).replace("-", "").lower()
    if not is_uuid(plain):
        raise InputError(f"{text!r} is no run uuid", path="run_uuid", expected="32 hexadecimal digits")
    return plain


def uuid_shared(*known: object) -> str:
    """A run's uuid that every process works out for itself from what they all know."""
    from hashlib import blake2b  # it brings OpenSSL, which only ranks need

    return blake2b(repr(known).encode(), digest_size=16).hexdigest()


def _belonging_of_rank(rank: Rank, uuid: str | None, begun: int, *, is_managed: bool) -> Belonging:
    """Ranks without a uuid have their host's launcher in common: the run is that of its ranks."""
    leads = rank.local == 0 if uuid is None else rank.number == 0
    if uuid is None:
        here, launcher = this_process(), os.getppid()
        uuid = uuid_shared("ranks", *here[:3], launcher, process_start(launcher), rank.group, begun)
    return Belonging(uuid, ("managed" if is_managed else "leader") if leads else "rank")


def _is_managed(settings: Settings, uuid: str | None, told: str | None) -> bool:
    return settings.flag("is_managed") and uuid is not None and uuid == told
