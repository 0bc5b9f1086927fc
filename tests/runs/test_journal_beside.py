"""A reader beside a writer at full speed, in another process."""

import subprocess
import sys
from collections.abc import Iterator

import pytest

from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.journals import scalar_files
from polyaxon_sdk.runs.scalars import HEADER_SIZE
from polyaxon_sdk.runs.slots import Scalar, read_batch
from tests.polling import eventually

pytestmark = pytest.mark.system

WRITE = """
import sys
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.journal import ScalarJournal
from polyaxon_sdk.runs.writer import this_process
journal = ScalarJournal(RunFolder(sys.argv[1]), this_process(), on_trouble=print, mapped=True)
for number in range(1, 30_000):
    journal.append(number, number, number / 3, number / 7)
"""


def readings(folder: RunFolder, writer: subprocess.Popen[bytes]) -> Iterator[Scalar]:
    """What a patient reader finds while the writer writes, and when it is through."""
    (path,), position, is_over = eventually(lambda: scalar_files(folder)), HEADER_SIZE, False
    while not is_over:
        is_over = writer.poll() is not None
        batch = read_batch(path, position, patient=True)
        position = batch.position
        yield from batch.scalars


def test_no_record_is_torn_or_invented_or_missing(folder: RunFolder) -> None:
    writer = subprocess.Popen([sys.executable, "-c", WRITE, folder.path])
    found = list(readings(folder, writer))
    assert found == [Scalar(number, number, number / 3, number / 7) for number in range(1, 30_000)]


WRITE_UNTIL_KILLED = """
import os, sys
from itertools import count
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.journal import ScalarJournal
from polyaxon_sdk.runs.writer import this_process
journal = ScalarJournal(RunFolder(sys.argv[1]), this_process(), on_trouble=print, mapped=sys.argv[2] == "mapped")
for number in count():
    journal.append(0, number, 1.0, 0.5)
    if number % 1000 == 999:
        os.write(1, b"%d\\n" % (number + 1))
"""


@pytest.mark.parametrize("mode", ["mapped", "written"])
def test_what_was_appended_before_a_kill_is_there(folder: RunFolder, mode: str) -> None:
    command = [sys.executable, "-c", WRITE_UNTIL_KILLED, str(folder.path), mode]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as writer:
        assert writer.stdout is not None
        told = [int(writer.stdout.readline()) for _ in range(70)][-1]
        writer.kill()
    batches = [read_batch(path, HEADER_SIZE, patient=False) for path in scalar_files(folder)]
    steps = [scalar.step for batch in batches for scalar in batch.scalars]
    assert steps == list(range(len(steps)))
    assert len(steps) >= told == 70_000
