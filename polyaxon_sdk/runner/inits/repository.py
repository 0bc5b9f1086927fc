"""The git repositories of init steps: what each is called, and where else one of them lies."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import unquote, urlsplit

from attrs import field, frozen

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyflow import V1Connection
from polyaxon_sdk.storage.reaching import variables_of

__all__ = ["Access", "access_of", "repository_name", "secrets_of", "settings_of"]

CREDENTIALS = "POLYAXON_GIT_CREDENTIALS"
"""What a connection's `env` or secret names for repositories that ask: `user:password` or `user:token`."""


@frozen(kw_only=True)
class Access:
    """How a repository is reached.

    Args:
        mirrors: where repositories lie whose URLs begin so: a URL or a folder by the beginning that it stands for.
        environment: variables that git gets, such as `GIT_SSH_COMMAND`.
        credentials: `user:password` or `user:token`, for the server of the repository's own URL alone.
    """

    mirrors: Mapping[str, str] = field(factory=dict)
    environment: Mapping[str, str] = field(factory=dict, repr=False)
    credentials: str | None = field(default=None, repr=False)


def repository_name(url: str) -> str:
    """The folder that a clone of `url` gets: the last part of its path.

    Raises:
        InputError: it has none.

    >>> repository_name("https://example.com/org/train.git"), repository_name("git@example.com:org/train")
    ('train', 'train')
    """
    name = unquote(re.split(r"[/:]", re.split(r"[?#]", url)[0].rstrip("/"))[-1]).removesuffix(".git")
    if not url or url.startswith("-") or not re.fullmatch(r"[\w.-]*[\w-][\w.-]*", name):
        raise InputError(f"{url!r} names no repository", expected="such as https://example.com/org/train")
    return name


def access_of(connection: V1Connection | None, mirrors: Mapping[str, str]) -> Access:
    """How the repositories of a connection are reached.

    Raises:
        StoreError: its secret can't be read.
    """
    if connection is None:
        return Access(mirrors=mirrors)
    environment = variables_of(connection)
    secret = environment.pop(CREDENTIALS, None)
    return Access(mirrors=mirrors, environment=environment, credentials=secret)


def settings_of(url: str, access: Access) -> dict[str, str]:
    """The settings that git gets for a clone of `url`, as `git -c` takes them."""
    found = {"http.lowSpeedLimit": "1", "http.lowSpeedTime": "60"}
    for beginning, place in access.mirrors.items():
        found[f"url.{place}.insteadOf"] = beginning
        if _is_local(place):
            found |= {"protocol.file.allow": "always", "safe.directory": "*"}
    if _is_local(url):
        found["protocol.file.allow"] = "always"
    if access.credentials is not None:
        parts = urlsplit(url)
        server = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"
        found[f"credential.{server}.helper"] = _HELPER
    return found


def secrets_of(access: Access) -> dict[str, str]:
    """The variables that hold what git's settings, which every process here may read, don't."""
    if access.credentials is None:
        return {}
    user, _, password = access.credentials.partition(":")
    return {"POLYAXON_GIT_USER": user, "POLYAXON_GIT_PASSWORD": password}


_HELPER = '!f() { test "$1" = get && echo "username=$POLYAXON_GIT_USER" && echo "password=$POLYAXON_GIT_PASSWORD"; }; f'


def _is_local(place: str) -> bool:
    return place.startswith(("/", ".", "file://"))
