"""The plainest of YAML, read without a library: what most files of settings are."""

from __future__ import annotations

import re

__all__ = ["read_plain"]

_LINE = r" *(?:#.*)?|(?P<name>[a-z][a-z_]*): +(?P<value>[A-Za-z/](?:[\w./:@+-]*[\w/])?|[1-9][0-9]{0,8}|0) *(?: #.*)?"
_OTHER = frozenset({"yes", "no", "on", "off", "y", "n", "null"})
"""Words that stand for something else in YAML."""


def read_plain(text: str) -> dict[str, str] | None:
    """The texts of lines of `name: value`; None where YAML might say anything else of them.

    >>> read_plain("home: /data\\nsync_interval: 5\\n")
    {'home': '/data', 'sync_interval': '5'}
    """
    found = {}
    for line in text.split("\n"):
        match = re.fullmatch(_LINE, line, re.ASCII)
        if match is None:
            return None
        name, value = match["name"], match["value"]
        if name is None:
            continue
        is_flag = value.lower() in {"true", "false"}
        if value.lower() in _OTHER or name in _OTHER | {"true", "false"} or (is_flag and not value.islower()):
            return None
        found[name] = value
    return found
