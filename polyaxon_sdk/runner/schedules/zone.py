"""The time zone in which cron lines are meant."""

from __future__ import annotations

from datetime import UTC, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.settings import Settings

__all__ = ["zone_of"]

_HERE = Path("/etc/localtime")


def zone_of(settings: Settings) -> tzinfo:
    """The setting `timezone`, else the zone of this machine.

    Raises:
        InputError: there is no such time zone.

    >>> zone_of(settings)  # doctest: +SKIP
    zoneinfo.ZoneInfo(key='Europe/Berlin')
    """
    name = settings.texts["timezone"]
    try:
        if name:
            return ZoneInfo(name)
        with _HERE.open("rb") as file:
            return ZoneInfo.from_file(file)
    except FileNotFoundError:
        return UTC
    except (ZoneInfoNotFoundError, ValueError, OSError):
        where = settings.sources["timezone"] if name else str(_HERE)
        raise InputError(
            f"no time zone {name!r}", where=where, expected="a name such as Europe/Berlin or UTC"
        ) from None
