"""What the texts of settings have to look like."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.runner.draft import project_of
from polyaxon_sdk.runner.room.machine import machine_of
from polyaxon_sdk.runner.schedules.missed import missed_of
from polyaxon_sdk.runner.schedules.zone import zone_of
from polyaxon_sdk.runs.masking import masker_of
from polyaxon_sdk.setting import KNOWN
from polyaxon_sdk.settings import Settings

__all__ = ["check_setting"]


def check_setting(name: str, text: str, source: str) -> None:
    """Read a setting as whoever needs it will; an empty text stands for the default.

    Args:
        source: where it comes from, for messages.

    Raises:
        InputError: it can't be read.

    >>> check_setting("timezone", "Europe/Berlin", "config set")
    """
    if not text:
        return
    known = KNOWN[name]
    alone = Settings(  # what is wrong with others is theirs
        {each.name: each.default for each in KNOWN.values()} | {name: text},
        dict.fromkeys(KNOWN, "default") | {name: source},
    )
    if known.default in {"true", "false"}:
        alone.flag(name)
    elif known.unit:
        alone.number(name)
    elif name in _FORMS:
        _FORMS[name](alone)


def _connections(settings: Settings) -> None:
    from polyaxon_sdk.storage.connections import connections  # attrs, for those who have some

    connections(settings)


def _index(settings: Settings) -> None:
    if (settings.index_url or "").partition("://")[0].partition("+")[0] != "postgresql":
        raise InputError(  # it may hold a password, and is not shown
            "it is the URL of no PostgreSQL server",
            where=settings.sources["index_url"],
            path="index_url",
            expected="postgresql://user@host/name",
        )


_FORMS: Mapping[str, Callable[[Settings], object]] = {
    "connections": _connections,
    "git_mirrors": lambda settings: settings.git_mirrors,
    "gpus": machine_of,
    "image_commands": lambda settings: settings.image_commands,
    "index_url": _index,
    "max_cpu": lambda settings: machine_of(settings, wants_gpus=False),
    "max_memory": lambda settings: machine_of(settings, wants_gpus=False),
    "missed_ticks": missed_of,
    "project": lambda settings: project_of(settings.project),
    "queues": lambda settings: settings.queues,
    "secret_patterns": masker_of,
    "timezone": zone_of,
    "url_mirrors": lambda settings: settings.url_mirrors,
}
"""Who reads those that are neither on or off nor a number."""
