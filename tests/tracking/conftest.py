"""A run that is logged to in this process, without a sidecar: what it wrote is read from its journals."""

from collections.abc import Iterator

import pytest

from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.journals import Entry, JournalReader, event_files
from polyaxon_sdk.tracking.place import Recorded
from polyaxon_sdk.tracking.run import Run


@pytest.fixture
def run(folder: RunFolder) -> Iterator[Run]:
    """A run to log to."""
    run = Run(Recorded(folder, patience=60.0))  # a slow machine is no disk that hangs
    yield run
    run.end()


def events_of(folder: RunFolder) -> list[Entry]:
    """The events of the run that are no scalars."""
    reader = JournalReader(folder)
    return [entry for path in event_files(folder) for entry in reader.events(path, 0, gone=False)[0]]
