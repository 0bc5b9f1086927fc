"""Who goes on and who waits, for what."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from polyaxon_sdk.runner.room.limits import Limits, Wish
from polyaxon_sdk.runner.room.machine import Machine
from polyaxon_sdk.runner.room.needs import Needs
from polyaxon_sdk.runner.room.places import Place
from tests.polling import eventually
from tests.scripts import ROOT

MakePlace = Callable[..., Place]

MACHINE = Machine(4.0, float(8 << 30), ("0", "1"))


def eventually_taken(place: Place) -> bool:
    """Whether the place is taken after some looks, which are rarer the longer they take."""
    eventually(place.take)
    return place.is_taken


@pytest.fixture
def place_of(tmp_path: Path) -> MakePlace:
    """The place of a run in a home on a machine of 4 cpus, 8 GiB and two GPUs; runs began in this order."""

    def make(
        queue: str = "", *, most: int = 0, queues: dict[str, int] | None = None, **needs: float
    ) -> Place:
        made = Limits(most, queues or {}, MACHINE, "here")
        return Place(tmp_path, os.urandom(16).hex(), Wish(queue, Needs(**needs)), made)  # type: ignore[arg-type]  # an int for gpus, floats for others

    return make


def test_there_are_as_many_places_as_are_wanted(place_of: MakePlace) -> None:
    first, second, third = (place_of(most=2) for _ in range(3))
    assert (first.take(), second.take(), third.take()) == (True, True, False)
    assert third.waits_for == "a place: 2 of 2 runs go on (max_parallel)"
    first.give_back()
    assert eventually_taken(third)


def test_without_a_limit_there_always_is_a_place(place_of: MakePlace, tmp_path: Path) -> None:
    assert all(place_of().take() for _ in range(9))
    assert not (tmp_path / "slots").exists()


@pytest.mark.parametrize(
    ("needs", "told"),
    [
        ({"cpu": 3.0}, "3 cpus: 1 of 4 are free"),
        ({"memory": float(5 << 30)}, "5Gi of memory: 3Gi of 8Gi are free"),
        ({"gpus": 1}, "1 GPU: 0 of 2 are free"),
    ],
)
def test_a_run_that_does_not_fit_waits_and_says_for_what(
    place_of: MakePlace, needs: dict[str, float], told: str
) -> None:
    first, second = place_of(cpu=3.0, memory=float(5 << 30), gpus=2), place_of(**needs)
    assert (first.take(), second.take(), second.waits_for) == (True, False, told)


def test_what_fits_beside_the_others_goes_on(place_of: MakePlace) -> None:
    assert [place_of(cpu=2.0, gpus=1).take(), place_of(cpu=2.0, gpus=1).take()] == [True, True]


def test_each_run_gets_gpus_of_its_own(place_of: MakePlace) -> None:
    first, second, third = (place_of(gpus=1) for _ in range(3))
    assert (first.take(), second.take(), first.gpus, second.gpus) == (True, True, ("0",), ("1",))
    first.give_back()
    assert eventually_taken(third)
    assert third.gpus == ("0",)


def test_a_queue_lets_as_many_on_as_it_is_told(place_of: MakePlace) -> None:
    first, second, other = (place_of(name, queues={"slow": 1}) for name in ("slow", "slow", "fast"))
    assert (first.take(), second.take(), other.take()) == (True, False, True)
    assert second.waits_for == "its queue slow: 1 of 1 runs go on"


def test_who_waited_longer_goes_first(place_of: MakePlace) -> None:
    taken, both, one = place_of(gpus=1), place_of(gpus=2), place_of(gpus=1)
    assert (taken.take(), both.take(), one.take()) == (True, False, False)
    assert "its turn" in one.waits_for


def test_who_waits_for_a_gpu_keeps_no_run_without_one_waiting(place_of: MakePlace) -> None:
    taken, waiting, other = place_of(gpus=2), place_of(gpus=1), place_of(cpu=1.0)
    assert (taken.take(), waiting.take(), other.take()) == (True, False, True)


def test_a_limit_beyond_the_machine_takes_all_of_it(place_of: MakePlace) -> None:
    first, second = place_of(cpu=64.0), place_of(cpu=1.0)
    assert (first.take(), second.take()) == (True, False)


def test_garbage_and_what_the_dead_left_is_taken_away(place_of: MakePlace, tmp_path: Path) -> None:
    (tmp_path / "slots").mkdir()
    (tmp_path / "slots" / "0").write_text("garbage")
    assert place_of(most=1).take()


TAKES = """
import sys
from pathlib import Path
from polyaxon_sdk.runner.room.limits import Limits, Wish
from polyaxon_sdk.runner.room.machine import Machine
from polyaxon_sdk.runner.room.places import Place
place = Place(Path(sys.argv[1]), "0f" * 16, Wish(), Limits(1, {}, Machine(1.0, 1.0, ())))
print(place.take(), flush=True)
sys.stdin.read()
"""


@pytest.mark.system
def test_a_dead_process_gives_its_place_back(place_of: MakePlace, tmp_path: Path) -> None:
    words = [sys.executable, "-c", TAKES, str(tmp_path)]
    with subprocess.Popen(
        words, env={**os.environ, "PYTHONPATH": str(ROOT)}, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"True\n"
        place = place_of(most=1)
        assert not place.take()
        other.kill()
    assert eventually_taken(place)
