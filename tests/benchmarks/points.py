"""What points cost until they are durable in `.plx`, how many a second there can be, and what memory they take."""

import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter, process_time

from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.names import new_uuid
from polyaxon_sdk.runs.series import read_series
from polyaxon_sdk.sidecar.drain import Drain
from polyaxon_sdk.tracking.place import Recorded
from polyaxon_sdk.tracking.run import Run
from tests.sidecar.draining import HeldLease

POINTS = 1_000_000
MANY = 10_000_000
SERIES = 10_000
TRAINER = """
import resource, sys
from time import perf_counter
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.tracking.place import Recorded
from polyaxon_sdk.tracking.run import Run

def used():
    return int(open("/proc/self/statm").read().split()[1]) * resource.getpagesize()

run, points = Run(Recorded(RunFolder(sys.argv[1]))), int(sys.argv[2])
run.log_metric("loss", 0.5, 0)
sys.stdin.readline()
before, began = used(), perf_counter()
for step in range(1, points):
    run.log_metric("loss", 0.5, step)
print(perf_counter() - began, used() - before)
run.end()
"""


def trainers(folders: list[RunFolder], points: int) -> list[tuple[float, int]]:
    """Let a process log to each folder at once; the seconds and the memory that each took."""
    started = [
        subprocess.Popen(
            [sys.executable, "-c", TRAINER, str(folder.create().path), str(points)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for folder in folders
    ]
    for trainer in started:
        assert trainer.stdin is not None
        trainer.stdin.write("\n")
        trainer.stdin.flush()
    told = [trainer.communicate()[0].split() for trainer in started]
    return [(float(seconds), int(size)) for seconds, size in told]


def drained(folder: RunFolder) -> float:
    """Drain a run to its end; the seconds of processor time that took."""
    began, draining = process_time(), Drain(folder, HeldLease())
    while draining.step(gone=True):
        pass
    return process_time() - began


def main() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as name:
        runs = Path(name) / "runs"
        folder = RunFolder(runs / new_uuid()).create()
        run, began = Run(Recorded(folder)), process_time()
        for step in range(POINTS):
            run.log_metric("loss", 1 / (step + 1), step)
        logged, kept = process_time() - began, drained(folder)
        each = (logged + kept) / POINTS * 1e6
        print(f"until durable in .plx: {each:.1f} us of CPU a point (promised 15)")
        for processes, folders in (
            (8, [RunFolder(runs / new_uuid()) for _ in range(8)]),
            (4, [RunFolder(runs / new_uuid())] * 4),
        ):
            seconds = max(seconds for seconds, _ in trainers(folders, POINTS))
            rate = processes * POINTS / seconds
            where = "8 runs" if processes == 8 else "one run"
            print(f"{processes} processes, {where}: {rate:,.0f} points/s (promised 200,000)")
        ((seconds, size),) = trainers([RunFolder(runs / new_uuid())], MANY)
        print(f"{MANY:,} points: {size / 2**20:+.1f} MiB in the trainer (promised 10), {seconds:.1f} s")
        folder = RunFolder(runs / new_uuid()).create()
        run, began = Run(Recorded(folder)), perf_counter()
        for number in range(SERIES):
            run.log_metric(f"series-{number}", 0.5, 1)
        logged, kept = perf_counter() - began, drained(folder)
        found = len(read_series(folder))
        print(f"{found:,} series: {logged:.1f} s to log first, {kept:.1f} s of CPU to drain")
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(f"peak memory of the one that drains: {peak} MiB")


if __name__ == "__main__":
    os.environ.pop("POLYAXON_HOME", None)
    main()
