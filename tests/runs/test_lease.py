import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import count

import pytest

from polyaxon_sdk.exceptions import LeaseLostError
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.lease import FileLease, NumberedLease, holder_life, take_lease
from tests.polling import eventually

HOLDER = """
import sys
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.lease import FileLease
lease = FileLease.take(RunFolder(sys.argv[1]))
print("refused" if lease is None else lease.number, flush=True)
sys.stdin.read()
"""


def hold(folder: RunFolder) -> tuple[subprocess.Popen[str], str]:
    """A process that tries to take the lease and keeps it; and what it got."""
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, folder.path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout is not None
    return holder, holder.stdout.readline().strip()


@pytest.fixture
def holder(folder: RunFolder) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds the lease."""
    holder, got = hold(folder)
    assert got == "1"
    yield holder
    holder.kill()
    holder.communicate()


def test_a_lease_that_another_process_holds_is_refused(
    holder: subprocess.Popen[str], folder: RunFolder
) -> None:
    assert take_lease(folder) is None


def test_a_lease_is_free_when_its_holder_is_killed(holder: subprocess.Popen[str], folder: RunFolder) -> None:
    holder.kill()
    lease = eventually(lambda: FileLease.take(folder))
    assert lease is not None
    assert lease.number == 2


def test_a_child_does_not_keep_the_lease_of_its_parent(folder: RunFolder) -> None:
    lease = FileLease.take(folder)
    assert lease is not None
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE, close_fds=False)
    lease.release()
    _, got = found = hold(folder)
    found[0].communicate()
    child.communicate(b"\n")
    assert got == "2"


def test_the_number_grows_with_each_holder(folder: RunFolder) -> None:
    numbers = []
    for _ in range(3):
        lease = FileLease.take(folder)
        assert lease is not None
        numbers.append(lease.number)
        lease.release()
    assert numbers == [1, 2, 3]


@pytest.mark.parametrize("left", [b"", b"\0\0", b"torn"])
def test_a_lease_that_a_power_loss_damaged_is_taken(folder: RunFolder, left: bytes) -> None:
    (folder.journal / "lease").write_bytes(left)
    lease = FileLease.take(folder)
    assert lease is not None
    assert lease.number == 1


def passing(seconds: float) -> tuple[Callable[[], float], Callable[[float], None]]:
    """A clock that only waiting moves."""
    now = [seconds]

    def wait(seconds: float) -> None:
        now[0] += seconds

    return lambda: now[0], wait


def take(folder: RunFolder, meanwhile: Callable[[], object] = lambda: None) -> NumberedLease | None:
    """Take the lease; `meanwhile` happens at each wait."""
    now, wait = passing(0.0)
    return NumberedLease.take(folder, now=now, wait=lambda seconds: (meanwhile(), wait(seconds))[1])


def test_a_numbered_lease_that_nobody_holds_is_taken_at_once(folder: RunFolder) -> None:
    waits = count()
    lease = take(folder, lambda: next(waits))
    assert lease is not None
    assert (lease.number, next(waits)) == (1, 0)


def test_a_second_taker_is_refused_while_the_holder_renews(folder: RunFolder) -> None:
    held = take(folder)
    assert held is not None
    assert take(folder, held.renew) is None


def test_a_lease_that_is_not_renewed_is_taken_over_after_its_lifetime(folder: RunFolder) -> None:
    held = take(folder)
    taken = take(folder)
    assert held is not None
    assert taken is not None
    with pytest.raises(LeaseLostError, match="went to another process"):
        held.renew()


def test_a_lease_that_was_released_is_taken_at_once(folder: RunFolder) -> None:
    held = take(folder)
    assert held is not None
    held.release()
    waits = count()
    taken = take(folder, lambda: next(waits))
    assert taken is not None
    assert (taken.number, next(waits)) == (2, 0)


def test_of_two_takers_one_gets_it(folder: RunFolder) -> None:
    take(folder)
    others: list[NumberedLease | None] = []
    first = take(folder, lambda: others.extend([] if others else [take(folder)]))
    assert [lease is None for lease in (first, *others)] == [True, False]


def test_a_lease_can_be_taken_where_a_folder_was_read_before(folder: RunFolder) -> None:
    assert not os.listdir(folder.journal)
    assert isinstance(take_lease(folder), FileLease)


def test_the_holder_of_a_lease_lives_as_long_as_its_process(folder: RunFolder) -> None:
    assert holder_life(folder) == "gone"
    if (pid := os.fork()) == 0:
        FileLease.take(folder)
        os._exit(0)
    os.waitpid(pid, 0)
    assert holder_life(folder) == "gone"
    lease = FileLease.take(folder)
    assert lease is not None
    assert (lease.number, holder_life(folder)) == (2, "alive")


@pytest.mark.parametrize("left", [b"", b"\0" * 64, b"7", b"x y z", b"3 99999999 1\n"])
def test_what_a_power_loss_left_of_a_lease_holds_nothing(folder: RunFolder, left: bytes) -> None:
    (folder.journal / "lease").write_bytes(left)
    assert holder_life(folder) == "gone"
    assert FileLease.take(folder) is not None
