"""What it takes to read points back: 100,000 as columns and frames, 10 million to Parquet.

Beside plain lines, and beside the public traceml's reader where a Python that has it is named:
`python tests/benchmarks/reading.py /path/to/python`.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

from polyaxon_sdk.client import RunClient
from polyaxon_sdk.client.arrow import write_parquet
from polyaxon_sdk.runs.drained import Drained
from polyaxon_sdk.runs.events import header, scalar_row
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.tracking.place import Recorded
from polyaxon_sdk.tracking.run import Run

FEW = 100_000
MANY = 10_000_000
ROUNDS = 7
TRACEML = """
import sys
from statistics import median
from time import perf_counter, process_time
from traceml.events.schemas import V1Events

def timed(read):
    began, used = perf_counter(), process_time()
    read()
    return (perf_counter() - began) * 1000, (process_time() - used) * 1000

def frame():
    return V1Events.read(kind="metric", name="loss", data=sys.argv[1])

for read in (frame, lambda: frame().to_dict(orient="dict")):
    print(*map(median, zip(*(timed(read) for _ in range(7)))))
"""


def run_of(home: Path, number: int, series: dict[str, list[bytes]]) -> RunFolder:
    """A finished run with these rows."""
    folder = RunFolder(home / "runs" / f"{number:032x}").create()
    drained = Drained()
    for name, rows in series.items():
        path = f"events/metric/{name}.plx"
        file = folder.path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("wb") as written:
            written.write(header("metric"))
            written.writelines(rows)
        drained.files[path], drained.names[path] = file.stat().st_size, f"metric/{name}"
    drained.is_finished = True
    drained.write(folder)
    return folder


def undrained_run(home: Path) -> RunFolder:
    """A run that is logged to faster than anything drains."""
    folder = RunFolder(home / "runs" / f"{2000:032x}").create()
    run = Run(Recorded(folder))
    for step in range(MANY):
        run.log_metric("loss", 1 / (step + 1), step)
    return folder


def rows(count: int) -> bytes:
    """Rows as training makes them: every digit of a float."""
    return b"".join(scalar_row(step, 1.79e9 + step * 0.0012345, 1 / (step + 1)) for step in range(count))


def report(name: str, read: Callable[[], object]) -> None:
    """Print the median of some readings."""
    taken = []
    for _ in range(ROUNDS):
        began, used = perf_counter(), process_time()
        read()
        taken.append(((perf_counter() - began) * 1000, (process_time() - used) * 1000))
    show(name, *map(median, zip(*taken, strict=True)))


def show(name: str, wall: float, cpu: float) -> None:
    """Print one row."""
    print(f"  {name:45} {wall:7.1f} ms   {cpu:7.1f} ms of CPU")


def lines_of(path: Path) -> list[list[str]]:
    """The fields of each line, as anyone would read them."""
    with path.open(encoding="ascii") as file:
        return [line.rstrip("\n").split("|") for line in file]


def few(folder: RunFolder, traceml: str | None) -> None:
    """Read one series in each way."""
    client, file = RunClient(run_uuid=folder.uuid), folder.path / "events/metric/loss.plx"
    print(f"{FEW} points of one series:")
    report("plain lines, split", lambda: lines_of(file))
    report("get_metrics (columns)", client.get_metrics)
    report("to_arrow", client.to_arrow)
    report("get_metrics_as_tidy_df (pandas)", client.get_metrics_as_tidy_df)
    if traceml:
        told = subprocess.run([traceml, "-c", TRACEML, str(file)], check=True, capture_output=True, text=True)
        figures = [list(map(float, line.split())) for line in told.stdout.splitlines()[-2:]]
        show("public traceml: frame, timestamps as text", *figures[0])
        show("public traceml: columns", *figures[1])


def many(name: str, folders: list[RunFolder], target: Path) -> None:
    """Write all points to Parquet."""
    for _ in range(2):
        began, used = perf_counter(), process_time()
        points = write_parquet(folders, target)
        wall, cpu = perf_counter() - began, process_time() - used
        print(f"  {name:45} {points} points in {wall:5.2f} s, {cpu:5.2f} s of CPU (promised 5)")


def main() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        os.environ["POLYAXON_HOME"] = name
        few(run_of(home, 0, {"loss": [rows(FEW)]}), sys.argv[1] if len(sys.argv) > 1 else None)
        print("to Parquet:")
        block = rows(MANY // 10)
        many("one series", [run_of(home, 1, {"loss": [block] * 10})], home / "points.parquet")
        short = {f"m{number}": [rows(1000)] for number in range(10)}
        runs = [run_of(home, number, short) for number in range(2, 1002)]
        many("1000 runs of 10 series of 1000 points", runs, home / "points.parquet")
        many("one series that is not drained yet", [undrained_run(home)], home / "points.parquet")


if __name__ == "__main__":
    main()
