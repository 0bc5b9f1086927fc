"""What is printed is written down whole and once, and says what is missing."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from polyaxon_sdk.console.channel import Channel
from polyaxon_sdk.console.journal_end import JournalEnd
from polyaxon_sdk.console.loss import tell_loss
from polyaxon_sdk.console.piece import Piece
from polyaxon_sdk.console.ring import Ring
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.state import read_run
from polyaxon_sdk.secrets.masker import Masker

LINES = b"".join(b"line %d\n" % number for number in range(2000))
KEY = b"".join(b"%064d\n" % number for number in range(40))
BEGIN, END = (b"-----%b PRIVATE " % word + b"KEY-----\n" for word in (b"BEGIN", b"END"))


@pytest.fixture
def ring() -> Iterator[Ring]:
    """Memory as two processes of a console share it."""
    memory = os.memfd_create("console")
    yield Ring(memory)
    os.close(memory)


@pytest.fixture
def channel(ring: Ring, roomy_disk: Path) -> Channel:
    """A stream whose journal lies on a disk that is quickly filled."""
    folder = RunFolder(roomy_disk / "runs" / "0f").create()
    return Channel(ring, str(folder.journal / "main.out"), (os.getpid(), 0), Masker(), shows=True)


def end_of(channel: Channel) -> JournalEnd:
    """What a process that begins, or goes on in another's place, writes with."""
    return JournalEnd(channel, channel.ring.unwritten)


def written(channel: Channel) -> bytes:
    """What the journal holds."""
    return Path(channel.journal).read_bytes()


def filled(disk: Path, left: int) -> Path:
    """A file that leaves a disk so many bytes."""
    path = disk / "ballast"
    path.write_bytes(b"x" * (shutil.disk_usage(disk).free - left))
    return path


@pytest.mark.parametrize("is_another", [False, True], ids=["the same goes on", "another one goes on"])
def test_a_piece_that_fits_in_part_is_once_there_in_the_end(
    channel: Channel, roomy_disk: Path, is_another: bool
) -> None:
    channel.ring.put(LINES)
    ballast, end = filled(roomy_disk, 8192), end_of(channel)
    assert not end.write_some(len(LINES))
    assert (0 < len(written(channel)) < len(LINES), channel.ring.tail) == (True, 0)
    ballast.unlink()
    assert (end_of(channel) if is_another else end).write_some(len(LINES))
    assert (written(channel), channel.ring.tail) == (LINES, len(LINES))


def test_what_was_written_before_a_kill_is_not_written_again(channel: Channel) -> None:
    channel.ring.put(LINES)
    end_of(channel).write_some(len(LINES))
    killed(channel, place=0)
    assert end_of(channel).write_some(len(LINES))
    assert (written(channel), channel.ring.tail) == (LINES, len(LINES))


def killed(channel: Channel, *, place: int) -> None:
    """Leave the ring as one that wrote all of it and was killed before it could say so."""
    ring, values = channel.ring, (0, channel.ring.tail, 0, 0, 0, place)
    ring.tail = 0
    ring.piece = Piece(*values)


def test_the_lines_of_a_key_are_masked_by_whoever_goes_on_within_it(channel: Channel) -> None:
    channel.ring.put(BEGIN + KEY[:1300])
    end_of(channel).write_some(1 << 14)
    channel.ring.put(KEY[1300:] + END + b"after\n")
    end_of(channel).write_some(1 << 14)
    assert b"0000" not in written(channel)
    assert written(channel).endswith(b"after\n")


def test_a_disk_that_denies_a_key_has_nothing_more_masked(channel: Channel, roomy_disk: Path) -> None:
    ballast, end = filled(roomy_disk, 0), end_of(channel)
    channel.ring.put(BEGIN + KEY + END)
    assert not end.write_some(1 << 14)
    ballast.unlink()
    channel.ring.put(b"innocent\n")
    while channel.ring.tail < channel.ring.head:
        assert end.write_some(1 << 14)
    assert written(channel).endswith(b"innocent\n")


def test_what_was_left_out_is_told_once_though_the_disk_was_full(channel: Channel, roomy_disk: Path) -> None:
    ballast, end = filled(roomy_disk, 0), end_of(channel)
    channel.ring.put(LINES)
    channel.ring.skip()
    assert not end.write_some(1 << 14)
    ballast.unlink()
    assert end_of(channel).write_rest(1 << 14, lambda: channel.ring.head) == 0
    assert written(channel).count(b"[%d bytes of output are missing here" % len(LINES)) == 1


class Patient(Masker):
    """Takes so long that what waits is given up meanwhile."""

    def __init__(self, ring: Ring) -> None:
        super().__init__()
        self._ring = ring

    def text(self, text: str) -> str:
        self._ring.skip()
        return super().text(text)


def test_what_was_given_up_while_it_was_written_down_is_not_told(channel: Channel, ring: Ring) -> None:
    ring.put(LINES)
    end_of(channel._replace(masker=Patient(ring))).write_some(len(LINES))
    assert end_of(channel).write_rest(1 << 14, lambda: ring.head) == 0
    assert written(channel) == LINES


def test_nothing_is_given_up_where_more_was_read_than_is_the_runs(channel: Channel) -> None:
    channel.ring.put(LINES)
    assert end_of(channel).write_some(len(LINES))
    assert end_of(channel).write_rest(1 << 14, lambda: 7) == 0


def test_what_is_given_up_is_a_problem_of_the_run(channel: Channel, roomy_disk: Path) -> None:
    filled(roomy_disk, 0)
    channel.ring.put(LINES)
    end = end_of(channel)
    assert not end.write_some(1 << 14)
    (roomy_disk / "ballast").unlink()
    tell_loss(channel, end, 12)
    told = "the last 12 bytes of what was printed are not kept: No space left on device"
    assert read_run(RunFolder(roomy_disk / "runs" / "0f")).problems == [told]
