"""Whether a run still needs somebody to begin its sidecar."""

from __future__ import annotations

import os

from polyaxon_sdk.runs.folder import RunFolder

__all__ = ["was_attended"]


def was_attended(folder: RunFolder) -> bool:
    """Whether a sidecar ever was beside the run.

    Raises:
        OSError: the run can't be read.
    """
    return any(name.startswith("lease") for name in os.listdir(folder.journal))
