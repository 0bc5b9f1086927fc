"""A stream that can be written to whatever becomes of its reader."""

from __future__ import annotations

import os
from io import BufferedWriter, RawIOBase, TextIOWrapper, UnsupportedOperation
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer  # collections.abc has a Buffer from Python 3.12 on

__all__ = ["unbreakable"]


def unbreakable(stream: TextIO | None) -> TextIO:
    """The same place to write to, where what can't be written is dropped: a reader that went, a full disk.

    Args:
        stream: a stream of this process; None, as Python has it, where it was closed before the start.
    """
    if stream is None:
        return TextIOWrapper(BufferedWriter(_Descriptor(None)), encoding="utf-8")
    raw = _Descriptor(stream.fileno())
    return TextIOWrapper(BufferedWriter(raw), encoding=stream.encoding, errors=stream.errors)


class _Descriptor(RawIOBase):
    """An open file of this process that falls silent at the first trouble."""

    def __init__(self, descriptor: int | None) -> None:
        super().__init__()
        self._descriptor = descriptor
        self._is_broken = descriptor is None

    def fileno(self) -> int:
        if self._descriptor is None:
            raise UnsupportedOperation("fileno")
        return self._descriptor

    def isatty(self) -> bool:
        return self._descriptor is not None and os.isatty(self._descriptor)

    def writable(self) -> bool:
        return True

    def write(self, data: ReadableBuffer, /) -> int:
        view = memoryview(data)
        if not self._is_broken:
            try:
                return os.write(self.fileno(), view)
            except OSError:
                self._is_broken = True
        return view.nbytes
