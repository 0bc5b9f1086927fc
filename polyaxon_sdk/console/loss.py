"""Telling the run what of its output is given up."""

from __future__ import annotations

import os
from time import monotonic, sleep

from polyaxon_sdk.console.channel import Channel
from polyaxon_sdk.console.journal_end import JournalEnd

__all__ = ["loss", "tell_loss"]

_PATIENCE = 600.0
"""Seconds for which a full disk is tried: nobody waits for it but the sidecar, which has the same disk."""
_AGAIN = 1.0


def loss(count: int, error: OSError | None) -> str:
    """What a run is told where the last bytes of its output are given up.

    >>> loss(12, OSError(28, "No space left on device"))
    'the last 12 bytes of what was printed are not kept: No space left on device'
    """
    why = "the disk of the run is too slow" if error is None else error.strerror or error
    return f"the last {count} bytes of what was printed are not kept: {why}"


def tell_loss(channel: Channel, end: JournalEnd, count: int) -> None:
    """Add to the record of the run that so many bytes are given up, where there are any, once the disk takes it."""
    if not count:
        return
    from polyaxon_sdk.runs.folder import RunFolder  # paid where something is lost, as is the next
    from polyaxon_sdk.runs.record import RecordWriter

    folder = RunFolder(os.path.dirname(os.path.dirname(channel.journal)))
    what, deadline = loss(count, end.error), monotonic() + _PATIENCE
    record: RecordWriter | None = None
    while end.has_place and monotonic() < deadline:
        try:
            record = record or RecordWriter(folder, masker=channel.masker)
            record.append("problem", what=what)
        except OSError:
            sleep(_AGAIN)
        else:
            return
