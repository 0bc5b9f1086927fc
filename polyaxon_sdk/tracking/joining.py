"""What a process that was forked for a run needs to join it, known before it is forked."""

from __future__ import annotations

import os
from typing import NamedTuple

from polyaxon_sdk.runs.clock import Clock
from polyaxon_sdk.runs.filesystem import is_network
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.masking import masker_of
from polyaxon_sdk.runs.reserve import Reserve, SharedReserve
from polyaxon_sdk.runs.writer import Writer, this_process
from polyaxon_sdk.secrets.masker import Masker
from polyaxon_sdk.settings import Settings, inherited, rank_of
from polyaxon_sdk.tracking.start import ACTIVE
from polyaxon_sdk.types import Json

__all__ = ["Joining", "Said", "Shared", "is_plain", "shared_by"]

Said = tuple[str, dict[str, Json]]
"""The kind of a fact, and its fields."""


class Shared(NamedTuple):
    """What runs have in common whose processes are forked from one, with the same variables.

    Attributes:
        environment: those variables by which their processes join them that these don't have yet.
        device: where they are, and which no other machine writes to.
        masker: takes the secrets out of what is said of them.
        reserve: the space set aside for them; None where each needs its own.
        forks: the process that forks theirs.
        keeps_sources: whether the sources are kept that they were made from.
    """

    environment: dict[str, str]
    device: int
    masker: Masker
    reserve: SharedReserve | None
    forks: Writer
    keeps_sources: bool

    def holds(self, folder: str) -> bool:
        """Whether a run is one of them, by its folder.

        Raises:
            OSError: it can't be read.
        """
        return os.stat(folder).st_dev == self.device


class Joining(NamedTuple):
    """What a process needs to join its run.

    Attributes:
        folder: the run.
        clock: is behind all that is said of it.
        said: what is said first.
        shared: what it has in common with others.
    """

    folder: RunFolder
    clock: Clock
    said: tuple[Said, ...]
    shared: Shared

    @property
    def reserve(self) -> Reserve | SharedReserve:
        """The space set aside for what is said of it."""
        if self.shared.reserve is not None:
            return self.shared.reserve
        reserve = Reserve(self.folder)
        reserve.make()
        return reserve


def shared_by(settings: Settings) -> Shared | None:
    """What the runs of these settings have in common; None where each has to look by itself.

    Raises:
        InputError: a setting is malformed.
        OSError: the home can't be read.
    """
    if not is_plain(settings) or is_network(settings.runs):
        return None
    home = os.path.abspath(settings.home)
    return Shared(
        environment={} if inherited({}).get("POLYAXON_HOME") == home else {"POLYAXON_HOME": home},
        device=os.stat(settings.runs).st_dev,
        masker=masker_of(settings),
        reserve=SharedReserve.within(settings.runs),
        forks=this_process(),
        keeps_sources=settings.flag("track_code"),
    )


def is_plain(settings: Settings) -> bool:
    """Whether this process is all of a run that a runner has begun."""
    is_all = settings.run_process is None and rank_of() is None and ACTIVE.is_none
    return is_all and settings.flag("is_managed") and not settings.flag("no_op")
