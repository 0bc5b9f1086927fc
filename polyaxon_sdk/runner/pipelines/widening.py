"""How many runs of a pipeline go on at once, changed by a person while it goes on."""

from __future__ import annotations

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.record import RecordWriter
from polyaxon_sdk.runs.state import RunState, read_run

__all__ = ["widen", "wished_width"]

_KEY = "concurrency"


def widen(folder: RunFolder, width: int) -> None:
    """Let a pipeline carry out as many runs at once; it goes by that within a second, and where it is resumed.

    Raises:
        InputError: it is no dag and no search, it is over, or no run could go on.
        OSError: it can't be read, or not be written.

    >>> widen(folder, 4)  # doctest: +SKIP
    """
    state = read_run(folder)
    if width < 1:
        raise InputError(f"{width} runs at once", path=_KEY, expected="1 or more")
    if state.kind not in ("dag", "matrix"):
        raise InputError(f"run {folder.uuid[:12]} is a {state.kind}", path=_KEY, expected="a dag or a search")
    if state.is_done:
        raise InputError(f"run {folder.uuid[:12]} is over: it is {state.status}", path=_KEY)
    record = RecordWriter(folder)
    record.append("meta", values={_KEY: width})
    record.close()


def wished_width(state: RunState) -> int | None:
    """How many runs at once a person wishes; None where nobody said so.

    >>> wished_width(RunState("0" * 32)) is None
    True
    """
    width = state.meta.get(_KEY)
    return width if isinstance(width, int) and width > 0 else None
