"""URLs of git remotes, fit to be written down."""

from __future__ import annotations

import re
from urllib.parse import urlsplit, urlunsplit

__all__ = ["without_credentials"]

_SHELL_FORM = re.compile(r"(?:[^@:/]+@)?[^@:/]+:[^@]*")
"""`user@host:path`, in which the user is a login name and never a secret."""

_HELPER_FORM = re.compile(r"[\w+.-]+::")
"""`helper::anything`, which means what the helper wants it to mean."""


def without_credentials(url: str) -> str:
    """`url` without user, password, query and fragment; empty where it can't be told what those are.

    The login name of `ssh://git@host/path` and `git@host:path` stays: it is part of the address.

    >>> without_credentials("https://me:secret@example.org/team/code.git")
    'https://example.org/team/code.git'
    """
    if _HELPER_FORM.match(url):
        return ""
    if "://" not in url:
        is_path = url.startswith(("/", ".", "~"))
        return url if is_path or _SHELL_FORM.fullmatch(url) else ""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        port = f":{parts.port}" if parts.port is not None else ""
    except ValueError:
        return ""
    login = f"{parts.username}@" if parts.scheme.endswith("ssh") and parts.username else ""
    if ":" in host:
        host = f"[{host}]"
    return urlunsplit((parts.scheme, f"{login}{host}{port}", parts.path, "", ""))
