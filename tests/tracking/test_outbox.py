from collections.abc import Callable
from errno import ENOSPC
from threading import Event

from polyaxon_sdk.runs.courier import Courier
from polyaxon_sdk.tracking.outbox import Outbox
from tests.polling import eventually


class Disk:
    """A disk that takes things, or is full."""

    def __init__(self) -> None:
        self.is_full = False
        self.things: list[int] = []

    def write(self, thing: int) -> Callable[[], None]:
        """What writes one thing."""

        def write() -> None:
            if self.is_full:
                raise OSError(ENOSPC, "No space left on device")
            self.things.append(thing)

        return write


def test_what_is_put_is_written() -> None:
    disk, box = Disk(), Outbox(Courier(), lambda error: None)
    assert [box.put(disk.write(thing)) for thing in range(3)] == [True] * 3
    assert disk.things == [0, 1, 2]


def test_what_a_full_disk_does_not_take_waits_and_is_written_in_order() -> None:
    disk, told = Disk(), list[OSError]()
    box = Outbox(Courier(), told.append)
    disk.is_full = True
    assert [box.put(disk.write(thing)) for thing in range(2)] == [False] * 2
    disk.is_full = False
    box.put(disk.write(2))
    eventually(lambda: disk.things == [0, 1, 2])
    assert box.put(disk.write(3))
    assert (disk.things, len(box)) == ([0, 1, 2, 3], 0)
    assert told


def test_what_is_too_much_for_the_memory_is_left_out_and_counted() -> None:
    disk, box = Disk(), Outbox(Courier(), lambda error: None)
    disk.is_full = True
    box.put(disk.write(0), 1 << 25)
    box.put(disk.write(1), 1 << 26)
    disk.is_full = False
    box.put(disk.write(2))
    assert eventually(lambda: disk.things == [0, 2])
    assert box.dropped == 1


def test_a_disk_that_hangs_gets_it_later() -> None:
    answer, courier, disk = Event(), Courier(), Disk()
    box = Outbox(courier, lambda error: None)
    courier.do(lambda: answer.wait(60))
    assert not box.put(disk.write(0))
    answer.set()
    assert courier.do(lambda: None, 20)
    assert disk.things == [0]
