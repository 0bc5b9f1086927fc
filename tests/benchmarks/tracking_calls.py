"""What a log call costs beside a bare write of the same line, on a quiet disk and beside a neighbour that fills it."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from time import perf_counter, perf_counter_ns

from polyaxon_sdk import tracking

CALLS = 200_000
ROUNDS = 5
LINE = b"\n123456|2026-11-21 19:38:30.394173+00:00|0.3333333333333333"
STEPS = 2_000
NEIGHBOUR = """
import os, sys
block = os.urandom(1 << 22)
while True:
    with open(sys.argv[1], "wb") as file:
        for _ in range(64):
            file.write(block)
            os.fsync(file.fileno())
"""
EMPTY_RUN = """
from time import perf_counter
from polyaxon_sdk import tracking
began = perf_counter()
tracking.init()
tracking.end()
print((perf_counter() - began) * 1000)
"""

Call = Callable[[int], object]


def latencies(call: Call) -> list[int]:
    """The time of each of many calls in nanoseconds, in order of size; the clock's own time is in it."""
    taken = [0] * CALLS
    for number in range(CALLS):
        began = perf_counter_ns()
        call(number)
        taken[number] = perf_counter_ns() - began
    return sorted(taken)


def report(name: str, found: list[list[int]], clock: float) -> float:
    """Print one row; the median of a call without the clock's time, in nanoseconds."""
    p50 = median(each[CALLS // 2] for each in found) - clock
    p9999 = median(each[CALLS * 9999 // 10000] for each in found)
    print(
        f"  {name:12} p50 {p50:6.0f} ns   p99.99 {p9999 / 1e3:8.1f} us   max {max(map(max, found)) / 1e3:9.1f} us"
    )
    return p50


def compare(folder: Path) -> None:
    """One call each in turn: nothing, a bare write, `log_metric`."""
    descriptor = os.open(folder / "bare", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    log_metric = tracking.log_metric
    calls: list[Call] = [
        lambda number: None,  # what the clock and the call of a lambda cost
        lambda number: os.write(descriptor, LINE),  # the same line each time
        lambda number: log_metric("loss", 0.3333333333333333, number),
    ]
    rounds = [[latencies(call) for call in calls] for _ in range(ROUNDS)]
    empty, write, log = (list(column) for column in zip(*rounds, strict=True))
    clock = median(each[CALLS // 2] for each in empty)
    written, logged = report("os.write", write, clock), report("log_metric", log, clock)
    print(
        f"  log_metric / os.write: {logged / written:.2f} (promised 0.7; the clock's {clock:.0f} ns left out)"
    )
    os.close(descriptor)


@contextmanager
def neighbour(folder: Path) -> Iterator[None]:
    """A process that writes and syncs as fast as the disk takes it."""
    process = subprocess.Popen([sys.executable, "-c", NEIGHBOUR, str(folder / "neighbour")])
    try:
        yield
    finally:
        process.kill()
        process.wait()


def training(*, logged: bool) -> float:
    """Seconds for many steps of a millisecond's work, with five metrics each or none."""
    began = perf_counter()
    for step in range(STEPS):
        end = perf_counter() + 0.001
        while perf_counter() < end:
            pass
        if logged:
            tracking.log_metrics(step=step, loss=0.1, accuracy=0.2, val_loss=0.3, val_accuracy=0.4, lr=0.5)
    return perf_counter() - began


def main() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["POLYAXON_HOME"] = str(folder / "home")
        empty = [
            float(subprocess.run([sys.executable, "-c", EMPTY_RUN], check=True, capture_output=True).stdout)
            for _ in range(ROUNDS)
        ]
        print(f"init and end of an empty run: {median(empty):.1f} ms in the training process (promised 60)")
        tracking.init()
        logged, bare = zip(
            *((training(logged=True), training(logged=False)) for _ in range(ROUNDS)), strict=True
        )
        over = min(logged) / min(bare)  # the least disturbed of each: others use the machine too
        print(f"{STEPS} steps of 1 ms with five metrics each: {over:.4f} x no logging (promised 1.01)")
        print("beside a quiet disk:")
        compare(folder)
        with neighbour(folder):
            print("beside a neighbour that saturates the disk:")
            compare(folder)
        tracking.end()


if __name__ == "__main__":
    main()
