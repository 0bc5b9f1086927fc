"""Mirrors: where else documents lie whose URLs begin so."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import unquote

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyaxonfile.address import Address

__all__ = ["mirrored"]


def mirrored(address: Address, mirrors: Mapping[str, str]) -> Address | Path | None:
    """Where a document lies in place of its address, by the longest beginning that it has; None where it lies there.

    Args:
        mirrors: a URL or a folder by the URL that it stands for, as under a folder.

    Raises:
        InputError: a mirror stands for what is no URL, or is none.

    >>> mirrored(Address("https://x.org/team/a.yml"), {"https://x.org/team/": "/src"})
    PosixPath('/src/a.yml')
    """
    for beginning, place in sorted(mirrors.items(), key=lambda pair: -len(pair[0])):
        prefix = _address(beginning)
        if address.is_within(prefix):
            rest = address.parts.path[len(prefix.parts.path.rstrip("/")) :].strip("/")
            if "://" in place:
                return _address(place.rstrip("/") + "/" + rest)
            return Path(place, unquote(rest))
    return None


def _address(text: str) -> Address:
    try:
        return Address.parse(text)
    except InputError as error:
        raise InputError(error.what, path="url_mirrors", expected="URL=PLACE") from error
