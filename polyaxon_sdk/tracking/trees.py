"""Copying a person's folder into a run: what can't be read in it costs nothing else."""

from __future__ import annotations

import os
from contextlib import suppress
from errno import ELOOP

from polyaxon_sdk.tracking.copies import Copying

__all__ = ["copy_tree", "remove"]

_Places = frozenset[tuple[int, int]]


def copy_tree(source: str, draft: str, copying: Copying) -> dict[str, str]:
    """Copy a folder with what links in it lead to; of what is left out, the path in it and why.

    Left out are links that lead nowhere or back to a folder above them, what is neither file nor folder, and what
    can't be read.

    Raises:
        OSError: the folder itself can't be read, or the disk is full or broken.
        ValueError: a file changed after the call had returned.
    """
    left_out: dict[str, str] = {}
    os.mkdir(draft)
    _copy_folder(source, draft, copying, frozenset({_place_of(draft)}), left_out)
    return {os.path.relpath(path, source): why for path, why in left_out.items()}


def _copy_folder(source: str, draft: str, copying: Copying, above: _Places, left_out: dict[str, str]) -> None:
    import shutil  # compression modules come with it: paid with the first folder that is logged

    if (place := _place_of(source)) in above:
        raise OSError(ELOOP, "it leads back to a folder that it lies in", source)
    names = sorted(os.listdir(source))
    os.makedirs(draft, exist_ok=True)
    for name in names:
        path, copy = os.path.join(source, name), os.path.join(draft, name)
        try:
            if os.path.isdir(path):
                _copy_folder(path, copy, copying, above | {place}, left_out)
            else:
                copying.copy(path, copy)
        except OSError as error:
            if error.filename != path:  # it is the disk that is written to
                raise
            left_out[path] = error.strerror or str(error)
    shutil.copystat(source, draft)


def remove(path: str) -> None:
    """Remove what may lie at `path`, a file or a folder, as far as it can be."""
    import shutil  # see above

    with suppress(OSError):
        os.unlink(path)
    shutil.rmtree(path, ignore_errors=True)


def _place_of(folder: str) -> tuple[int, int]:
    status = os.stat(folder)
    return status.st_dev, status.st_ino
