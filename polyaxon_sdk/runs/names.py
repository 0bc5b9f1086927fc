"""Names of things in a run: uuids, file names for what a person named, paths that stay inside."""

from __future__ import annotations

import os
import re
from zlib import crc32

from polyaxon_sdk.exceptions import InputError

__all__ = ["file_name", "inside", "is_uuid", "new_uuid"]

_LONGEST = 160


def new_uuid() -> str:
    """A random run uuid (RFC 9562, version 4) as 32 lower-case hexadecimal digits."""
    raw = bytearray(os.urandom(16))
    raw[6] = raw[6] & 0x0F | 0x40
    raw[8] = raw[8] & 0x3F | 0x80
    return raw.hex()


def is_uuid(text: str) -> bool:
    """Whether `text` is a run uuid in the form that run folders are named by."""
    return re.fullmatch(r"[0-9a-f]{32}", text) is not None


def file_name(name: str) -> str:
    """The file name stem for a series or artifact (semantics 5.4): ASCII, `/` as `__`, blanks and dots as `-`.

    A name that has nothing left, or too much, is told apart by a hash.

    >>> file_name("val loss/x")
    'val-loss__x'
    """
    if name.isascii() and name.isidentifier() and len(name) <= _LONGEST and name.strip("_"):
        return name  # without compiling the expressions below
    text = name if name.isascii() else _without_accents(name)
    text = re.sub(r"[/\\]", "__", text)
    text = re.sub(r"[^\w\s.-]", "", text).strip()
    text = re.sub(r"[\s.-]+", "-", text)
    if text.strip("-_") and len(text) <= _LONGEST:
        return text
    return f"{text[:_LONGEST]}{hashed(name)}"


def _without_accents(name: str) -> str:
    """A name in ASCII, as far as its letters have one there."""
    from unicodedata import normalize  # a library of its own, for names that need it

    return normalize("NFKD", name).encode("ascii", "ignore").decode("ascii")


def hashed(name: str) -> str:
    """Eight hexadecimal digits that tell `name` from names of the same file name."""
    return f"{crc32(name.encode('utf-8', 'surrogatepass')):08x}"


def inside(root: str, relative: str) -> str:
    """`relative` joined to `root`.

    Raises:
        InputError: the path is absolute or leads out of `root`.
    """
    path = os.path.normpath(os.path.join(root, relative))
    if (
        os.path.isabs(relative)
        or "\0" in relative
        or os.path.commonpath([root, path]) != os.path.normpath(root)
    ):
        raise InputError(f"{relative!r} leads out of the run", expected="a relative path inside the run")
    return path
