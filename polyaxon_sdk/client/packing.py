"""Archives as they lie on a disk: `.tar.gz` and `.zip`, written and read a member at a time."""

from __future__ import annotations

import tarfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import IO, NamedTuple, Protocol
from zlib import error as ZlibError

from polyaxon_sdk.exceptions import InputError

__all__ = ["Form", "Member", "form_of"]

Put = Callable[[str, Path], None]
"""Adds a file under a name."""


class Member(NamedTuple):
    """A file of an archive, or what lies there in a file's place.

    Attributes:
        name: its path, as the archive tells it.
        file: to be read before the next member is asked for; None where it is no file: a link, a device.
    """

    name: str
    file: IO[bytes] | None


class Form(Protocol):
    """A way to keep many files in one."""

    def writing(self, path: Path) -> AbstractContextManager[Put]:
        """What adds files to a new archive."""
        ...

    def reading(self, path: Path) -> AbstractContextManager[Iterator[Member]]:
        """The members of an archive, folders left out.

        Raises:
            InputError: it is damaged, or another kind of file.
        """
        ...


class _Tar:
    @contextmanager
    def writing(self, path: Path) -> Iterator[Put]:
        # What it holds is mostly floats and packed arrays: better compression takes ten times as long.
        with tarfile.open(path, "w:gz", compresslevel=3) as archive:
            yield lambda name, file: archive.add(file, name, recursive=False, filter=_nobodys)

    @contextmanager
    def reading(self, path: Path) -> Iterator[Iterator[Member]]:
        with _told(path), tarfile.open(path, "r:*") as archive:
            yield (
                # Of a link `extractfile` would give what it leads to.
                Member(each.name, archive.extractfile(each) if each.isfile() else None)
                for each in archive
                if not each.isdir()
            )


class _Zip:
    @contextmanager
    def writing(self, path: Path) -> Iterator[Put]:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, strict_timestamps=False) as archive:
            yield lambda name, file: archive.write(file, name)

    @contextmanager
    def reading(self, path: Path) -> Iterator[Iterator[Member]]:
        with _told(path), zipfile.ZipFile(path) as archive:
            yield (
                Member(each.filename, archive.open(each)) for each in archive.infolist() if not each.is_dir()
            )


_FORMS: dict[str, Form] = {".tar.gz": _Tar(), ".tgz": _Tar(), ".zip": _Zip()}


def form_of(path: Path) -> Form:
    """The form that a file's name tells.

    Raises:
        InputError: none.

    >>> type(form_of(Path("runs.tgz"))).__name__
    '_Tar'
    """
    for ending, form in _FORMS.items():
        if path.name.endswith(ending):
            return form
    raise InputError(f"{path.name!r} is no archive", expected=f"a name that ends in {', '.join(_FORMS)}")


def _nobodys(member: tarfile.TarInfo) -> tarfile.TarInfo:
    """A member without the name of who packed it."""
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    return member


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Let a damaged archive be a person's mistake."""
    try:
        yield  # what zipfile can't do, such as passwords, is a RuntimeError
    except (tarfile.TarError, zipfile.BadZipFile, EOFError, ZlibError, RuntimeError) as error:
        raise InputError(f"it can't be unpacked: {error}", where=str(path)) from error
    except OSError as error:
        if error.errno is not None:  # the disk's, not the archive's
            raise
        raise InputError(f"it can't be unpacked: {error}", where=str(path)) from error
