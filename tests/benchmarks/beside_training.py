"""What shipping takes beside a training: of the training's own loop, and in the sidecar's memory and processor time."""

import json
import os
import shutil
import tempfile
from pathlib import Path
from statistics import median
from typing import NamedTuple

from polyaxon_sdk.runs.folder import RunFolder
from tests.clouds.kinds import running
from tests.polling import eventually
from tests.processes import sidecars_of
from tests.scripts import Scripts, read_line

ROUNDS = int(os.environ.get("POLYAXON_BENCHMARK_ROUNDS", "3"))
CORES = sorted(os.sched_getaffinity(0))
"""The training has the first one for itself; its sidecar, the server and this process have the others."""
MEBIBYTES = int(os.environ.get("POLYAXON_BENCHMARK_MIB", "100"))
SMALL = 1000
TICKS = os.sysconf("SC_CLK_TCK")
TRAINING = """
import json, os, sys, time
from pathlib import Path
from polyaxon_sdk import tracking

run = tracking.init(track_code=False, track_env=False)
os.sched_setaffinity(0, {{{core}}})
outputs = Path(tracking.get_outputs_path("small/0.bin")).parent
outputs.mkdir(parents=True, exist_ok=True)
piece = os.urandom(1 << 20)
for number in range({small}):
    (outputs / f"{{number}}.bin").write_bytes(piece[:10_240])
with (outputs.parent / "large.bin").open("wb") as file:
    for _ in range({mebibytes}):
        file.write(piece)
began, processor = time.perf_counter(), time.process_time()
for step in range({steps}):
    sum(range(100_000))
    tracking.log_metrics(loss=1 / (1 + step), step=step)
taken = time.perf_counter() - began, time.process_time() - processor
print(json.dumps([str(run.folder), *taken]), flush=True)
sys.stdin.readline()
tracking.end()
"""


class Took(NamedTuple):
    """Seconds of the loop, by the clock and of processor time; of its sidecar: most MiB, seconds of processor time."""

    wall: float
    processor: float
    peak: float
    beside: float


def train(home: Path, store: dict[str, str]) -> Took:
    """One training, with its sidecar as it is once the loop is over."""
    script = Scripts(home).start(
        TRAINING.format(core=CORES[0], small=SMALL, mebibytes=MEBIBYTES, steps=4_000), **store
    )
    path, wall, processor = json.loads(read_line(script))
    folder = RunFolder(path)
    if store:
        shipped = folder.journal / "shipped.json"
        eventually(lambda: shipped.exists() and b"outputs/large.bin" in shipped.read_bytes(), 600)
    (pid,) = sidecars_of(path)
    status = dict(line.split(":", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines())
    times = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    peak, beside = int(status["VmHWM"].split()[0]) / 1024, (int(times[11]) + int(times[12])) / TICKS
    script.communicate("\n", timeout=120)
    eventually(lambda: not sidecars_of(path), 600)
    shutil.rmtree(home)
    return Took(wall, processor, peak, beside)


def main() -> None:
    """Print what a loop takes with shipping beside what it takes without; the two in turn."""
    os.sched_setaffinity(0, CORES[1:] or CORES)
    rounds = list[tuple[Took, Took]]()
    with tempfile.TemporaryDirectory() as made, running("seaweedfs", Path(made, "server")) as cloud:
        store = {"POLYAXON_ARTIFACTS_STORE": "s3://polyaxon/beside", "POLYAXON_SHIP_INTERVAL": "0.5"}
        for number in range(ROUNDS):
            ways: list[dict[str, str]] = [{}, {**store, **cloud.environ}]
            took = [train(Path(made, "home"), way) for way in (ways if number % 2 else ways[::-1])]
            first, second = took if number % 2 else took[::-1]
            rounds.append((first, second))
    without, shipping = (
        Took(*(median(column) for column in zip(*each, strict=True))) for each in zip(*rounds, strict=True)
    )
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors, {SMALL} files, {MEBIBYTES} MiB")
    print(f"loop while shipping: {shipping.wall:.2f} s, without {without.wall:.2f} s", end="")
    print(f" ({shipping.wall / without.wall - 1:+.1%})")
    print(f"  its processor time: {shipping.processor:.2f} s, without {without.processor:.2f} s", end="")
    print(f" ({shipping.processor / without.processor - 1:+.1%})")
    print(f"sidecar: {shipping.peak:.0f} MiB at most, {shipping.beside:.1f} s of processor time", end="")
    print(f"; without shipping {without.peak:.0f} MiB, {without.beside:.1f} s")


if __name__ == "__main__":
    main()
