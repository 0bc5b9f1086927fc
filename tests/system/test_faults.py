"""A disk on which the n-th operation fails or hangs: training goes on, the rest is kept, and the run says it."""

import os
from collections.abc import Callable, Iterator
from errno import EACCES, EIO, ENOSPC, EROFS
from functools import partial
from itertools import chain, count, takewhile, zip_longest
from pathlib import Path
from time import monotonic
from typing import Any, NamedTuple, cast

import pytest

from polyaxon_sdk.runs.drained import read_drained
from polyaxon_sdk.runs.events import read
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.mapped_lines import WINDOW
from polyaxon_sdk.runs.names import new_uuid
from polyaxon_sdk.runs.series import read_series
from polyaxon_sdk.runs.state import read_run
from polyaxon_sdk.sidecar.launch import launch
from polyaxon_sdk.tracking.place import Recorded
from polyaxon_sdk.tracking.run import Run
from tests.disks.faulty import FaultyDisk, faulty_disk
from tests.polling import eventually
from tests.processes import sidecars_of
from tests.sidecar.draining import drain

pytestmark = pytest.mark.timeout(1800)  # with all trials, hundreds of operations fail in turn
TRIALS = int(os.environ.get("POLYAXON_TEST_TRIALS", "2"))
STRIDE = 1 if TRIALS >= 80 else 160 // TRIALS
"""With 80 trials each operation of a trainer fails with each error; else one in so many."""
SIDECAR_STRIDE = 1 if TRIALS >= 80 else 600 // TRIALS
"""Likewise each of a sidecar."""
BESIDE = 300
"""How many operations of a sidecar fail or hang, each in turn, while training goes on beside it."""

ERRORS = [EIO, ENOSPC, EROFS, EACCES]
MAPPED = pytest.mark.parametrize("mapped", [False, True], ids=["written", "mapped"])
"""Whether points, events and facts go into mapped memory."""
STEPS = 6
SOURCE = Path(__file__)
"""A file that is copied into runs."""
FILLING = "x" * (WINDOW // 5)
"""What lets texts need more memory than is mapped at first."""
FILES = ("copied.plx", "net", "referred", "own", "tone.plx")
"""What becomes of `file_calls`: series and artifacts."""
LONGEST = 0.05
"""Seconds that no call may take."""


@pytest.fixture(scope="module")
def disk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FaultyDisk]:
    """A disk that fails when it is told to."""
    with faulty_disk(tmp_path_factory.mktemp("disk") / "faulty") as disk:
        yield disk


@pytest.fixture(autouse=True)
def quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sidecars that only drain."""
    for name in ("TRACK_CODE", "TRACK_ENV", "COLLECT_RESOURCES"):
        monkeypatch.setenv(f"POLYAXON_{name}", "false")


class Logged(NamedTuple):
    """What became of a training whose disk failed."""

    nth: int
    met: int
    waits: tuple[float, ...]
    folder: RunFolder
    steps: int = STEPS

    @property
    def longest(self) -> float:
        """The longest that a call took."""
        return max(self.waits)

    @property
    def lost(self) -> list[str]:
        """What is not as it was logged."""
        drain(self.folder)
        expected = list(range(self.steps))
        points, events = read_series(self.folder), self.folder.events
        steps = [point.step for point in points.get("loss", [])]
        texts = [] if not (events / "text").exists() else read(events / "text/note.plx", "text")
        run = read_run(self.folder)
        inputs, left_out = run.inputs, " ".join(run.problems)
        kept = {name for name, _ in run.artifacts} | {path.name for path in events.glob("*/*.plx")}
        missing = [name for name in FILES if name not in kept and "is left out" not in left_out]
        copies = [path for path in self.folder.path.rglob("*.py") if path.read_bytes() != SOURCE.read_bytes()]
        return [
            *(["files"] if missing else []),
            *(["whole files"] if copies else []),
            *(["points"] if steps != expected else []),
            *(["texts"] if [text.step for text in texts] != expected else []),
            *(["inputs"] if inputs != {f"step_{step}": step for step in expected} else []),
        ]


def timed(call: Callable[[], object]) -> float:
    """How long a call takes, without the time in which this thread was ready and other programs had the processors."""
    began = monotonic() - unserved()
    call()
    return monotonic() - unserved() - began


def unserved() -> float:
    """Seconds that this thread has waited for a processor."""
    return int(Path("/proc/thread-self/schedstat").read_text(encoding="ascii").split()[1]) / 1e9


def calls(run: Run, step: int) -> list[Callable[[], object]]:
    """What is logged at one step."""
    return [
        lambda: run.log_metric("loss", 0.5, step=step),
        lambda: run.log_text("note", f"at {step}{FILLING}", step=step),
        lambda: run.log_inputs(**cast("dict[str, Any]", {f"step_{step}": step})),
        lambda: run.log_image(bytes(100), "picture", step=step),
        *(rare_calls(run) if step == STEPS - 1 else []),
    ]


def rare_calls(run: Run) -> list[Callable[[], object]]:
    """What is logged once."""
    return [
        lambda: run.log_audio([0.5], "tone", step=1),
        lambda: run.set_readme("# Digits"),
        lambda: run.get_outputs_path("some/where"),
    ]


def file_calls(run: Run) -> list[Callable[[], object]]:
    """What copies files or reads them, which takes its time, and is logged now and then."""
    return [
        lambda: run.log_artifact(SOURCE, "copied", kind="code", step=1),
        lambda: run.log_model(SOURCE, "net"),
        lambda: run.log_file_ref(SOURCE, "referred"),
        lambda: run.log_artifact_ref(run.get_outputs_path("net.py"), "model", "own"),
    ]


def train(
    disk: FaultyDisk, nth: int, error: int, *, mapped: bool = False, times: int = 1, seconds: float = 0.0
) -> Logged:
    """Log to a run, with or without mapped memory, while the n-th operation of this process fails."""
    folder = RunFolder(disk.path / "runs" / new_uuid()).create()
    run = Run(place := Recorded(folder, mapped=mapped))
    disk.fail(nth, error, pid=os.getpid(), times=times, seconds=seconds)
    if not seconds:
        place.restart()  # as a forked child does, whose first call waits for the disk
    waits = tuple(timed(call) for step in range(STEPS) for call in calls(run, step))
    assert max(map(timed, file_calls(run))) < 30
    run.end()
    return Logged(nth, disk.heal(), waits, folder)


def quickest(attempt: Callable[[], Logged]) -> Logged:
    """An attempt with each call as quick as in the best of some: what waits for a processor does so now and then."""
    logged = attempt()
    for _ in range(5):
        if logged.longest <= LONGEST:
            break
        again = attempt()
        logged = again._replace(waits=tuple(map(min, logged.waits, again.waits)))
    return logged


def each_failure(fail: Callable[[int], Logged], stride: int = STRIDE) -> list[Logged]:
    """Let the n-th operation fail, for greater and greater n, until there is none to fail."""
    return list(takewhile(lambda logged: logged.met >= logged.nth, map(fail, count(1, stride))))


@MAPPED
@pytest.mark.parametrize("error", ERRORS, ids=os.strerror)
def test_no_failure_of_one_operation_reaches_the_training_or_costs_anything(
    disk: FaultyDisk, error: int, mapped: bool
) -> None:
    found = each_failure(lambda nth: quickest(lambda: train(disk, nth, error, mapped=mapped)))
    assert len(found) > 2
    assert [logged for logged in found if logged.longest > LONGEST] == []
    assert [(logged.nth, logged.lost) for logged in found if logged.lost] == []


@pytest.mark.parametrize("error", ERRORS, ids=os.strerror)
def test_a_disk_that_breaks_for_good_costs_what_comes_after_and_the_run_says_so(
    disk: FaultyDisk, error: int, capfd: pytest.CaptureFixture[str]
) -> None:
    found = each_failure(lambda nth: quickest(lambda: train(disk, nth, error, times=1_000_000)), 4 * STRIDE)
    assert [logged for logged in found if logged.longest > LONGEST] == []
    told = capfd.readouterr().err.count("the run can't be written, training goes on")
    assert told >= len([logged for logged in found if logged.lost]) > 0


@MAPPED
def test_a_disk_that_hangs_delays_no_call_and_has_everything_when_it_comes_back(
    disk: FaultyDisk, mapped: bool
) -> None:
    found = each_failure(lambda nth: quickest(lambda: train(disk, nth, EIO, mapped=mapped, seconds=0.3)))
    assert [logged for logged in found if logged.longest > LONGEST] == []
    assert [(logged.nth, logged.lost) for logged in found if logged.lost] == []


def left(disk: FaultyDisk) -> RunFolder:
    """A run whose trainer is gone and of which nothing is drained."""
    folder = RunFolder(disk.path / "runs" / new_uuid()).create()
    place = Recorded(folder, patience=60.0)  # a machine that is busy is no disk that hangs
    place.fact("created", track_code=False, track_env=False, collect_resources=False)
    run = Run(place)
    for step in range(STEPS):
        for call in calls(run, step):
            call()
    for call in file_calls(run):
        call()
    run.end()
    return folder


def attend(disk: FaultyDisk, nth: int, error: int) -> Logged:
    """Let a sidecar finish a run while its n-th operation fails, and another one where it had to give up."""
    folder = left(disk)
    disk.fail(nth, error, pid=-os.getpid())
    sidecar = launch(folder)
    eventually(lambda: sidecar.wait(0.1) or not sidecars_of(str(folder.path)), 120)
    eventually(lambda: not sidecars_of(str(folder.path)), 120)
    met = disk.heal()
    assert read_drained(folder).is_finished or launch(folder).wait(120)
    return Logged(nth, met, (0.0,), folder)


@pytest.mark.parametrize("error", ERRORS, ids=os.strerror)
def test_no_failure_of_a_sidecars_operation_loses_or_doubles_anything(disk: FaultyDisk, error: int) -> None:
    found = each_failure(lambda nth: attend(disk, nth, error), SIDECAR_STRIDE)
    assert len(found) > 1
    assert [(logged.nth, logged.lost) for logged in found if logged.lost] == []
    assert {read_run(logged.folder).status for logged in found} == {"succeeded"}


def accompany(disk: FaultyDisk, nth: int, error: int, seconds: float = 0.0) -> Logged:
    """Log until the n-th operation of the sidecar beside failed, or took so many seconds, and some steps more."""
    folder = RunFolder(disk.path / "runs" / new_uuid()).create()
    place = Recorded(folder)
    place.fact("created", track_code=False, track_env=False, collect_resources=False)
    run = Run(place)
    disk.fail(nth, error, pid=-os.getpid(), seconds=seconds)
    launch(folder)
    has_met = partial(disk.has_met, nth, after=0.05)
    steps = enumerate(chain(iter(has_met, True), range(STEPS)))
    each = [[timed(call) for call in calls(run, step)] for step, _ in steps]
    for call in file_calls(run):
        call()
    run.end()
    met = disk.heal()
    assert launch(folder).wait(120)
    waits = tuple(map(max, zip_longest(*each, fillvalue=0.0)))
    return Logged(nth, met, waits, folder, steps=len(each))


@pytest.mark.parametrize(("error", "seconds"), [(EIO, 0.0), (ENOSPC, 0.0), (EROFS, 0.0), (0, 0.3)])
def test_no_operation_of_a_sidecar_that_fails_or_hangs_reaches_the_training_beside_it(
    disk: FaultyDisk, error: int, seconds: float
) -> None:
    numbers = range(1, BESIDE, SIDECAR_STRIDE)
    found = [quickest(partial(accompany, disk, nth, error, seconds)) for nth in numbers]
    assert [logged for logged in found if logged.longest > LONGEST] == []
    assert [(logged.nth, logged.lost) for logged in found if logged.lost] == []
    assert {read_run(logged.folder).status for logged in found} == {"succeeded"}
