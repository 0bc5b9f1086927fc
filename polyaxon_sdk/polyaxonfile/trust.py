"""Whether what came from elsewhere may run here without being asked for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyaxonfile.address import Address
from polyaxon_sdk.polyaxonfile.origin import Origin

__all__ = ["suggested_prefix", "untrusted"]


def untrusted(origins: Iterable[Origin], prefixes: Sequence[str]) -> list[Origin]:
    """The origins that a person has to be asked about, each once.

    The package's hub and the home's own are trusted. Any other origin is where each of its addresses, the one
    asked and the one that answered, lies under a trusted prefix.

    Args:
        prefixes: URLs and absolute paths: what lies under one, as under a folder, is trusted.

    Raises:
        InputError: a prefix is neither.

    >>> github = Address.parse("https://raw.githubusercontent.com/acme/hub/train.yml")
    >>> untrusted([Origin.of(github, github)], ["https://raw.githubusercontent.com/acme"])
    []
    """
    trusted = [_prefix(text) for text in prefixes]
    found = dict.fromkeys(origin for origin in origins if not origin.is_ours)
    return [origin for origin in found if not _is_trusted(origin, trusted)]


def suggested_prefix(origin: Origin) -> str:
    """What a person may trust so as not to be asked about an origin again: the folder that it lies in.

    >>> github = Address.parse("https://raw.githubusercontent.com/acme/hub/train.yml")
    >>> suggested_prefix(Origin.of(github, github))
    'https://raw.githubusercontent.com/acme/hub/'
    """
    shown = [address.title.rpartition("/")[0] + "/" for address in origin.addresses]
    return ",".join(dict.fromkeys(shown))


def _is_trusted(origin: Origin, trusted: Sequence[Address]) -> bool:
    return bool(origin.addresses) and all(
        any(address.is_within(prefix) for prefix in trusted) for address in origin.addresses
    )


def _prefix(text: str) -> Address:
    path = Path(text).expanduser()
    if "://" not in text and path.is_absolute():
        return Address(f"file://{path}")
    try:
        return Address.parse(text)
    except InputError as error:
        raise InputError(error.what, path="trusted", expected="a URL or an absolute path") from error
