"""What starting costs in time and memory, over a bare interpreter."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import NamedTuple

from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.sidecar.launch import Sidecar

ROUNDS = 15
POLYAXON = str(Path(sys.executable).with_name("polyaxon"))
BARE = [sys.executable, "-c", "pass"]
IMPORT = "from polyaxon_sdk import tracking"


TIMED = """
import os, sys, time
from time import perf_counter
from polyaxon_sdk import tracking

began = perf_counter()
os.waitpid(os.posix_spawn("/bin/true", ["true"], os.environ), 0)
bare, began = perf_counter() - began, perf_counter()
tracking.init()
took = perf_counter() - began
time.sleep(float(sys.argv[1]))
began = perf_counter()
tracking.end()
took += perf_counter() - began
print(bare * 1000, took * 1000)
"""


class Promise(NamedTuple):
    """The time that a command may take over a bare interpreter, in milliseconds."""

    name: str
    command: list[str]
    limit: int


PROMISES = [
    Promise("import tracking", [sys.executable, "-c", IMPORT], 40),
    Promise("polyaxon --help", [POLYAXON, "--help"], 150),
    Promise("polyaxon ops ls, empty home", [POLYAXON, "ops", "ls"], 400),
]


def milliseconds(command: list[str], home: str) -> float:
    """How long one run of a command takes."""
    environ = {**os.environ, "POLYAXON_HOME": home}
    began = perf_counter()
    subprocess.run(command, env=environ, check=True, stdout=subprocess.DEVNULL)
    return (perf_counter() - began) * 1000


def megabytes(statement: str) -> float:
    """The peak memory of an interpreter that carries out one statement; getrusage adds its parent's."""
    program = f"{statement}; print(open('/proc/self/status').read().split('VmHWM:')[1].split()[0])"
    shown = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True).stdout
    return int(shown) / 1024


def time_promises() -> None:
    """Commands take turns, so that a busy moment meets them all."""
    commands = [BARE, *(promise.command for promise in PROMISES)]
    with tempfile.TemporaryDirectory() as home:
        rounds = [[milliseconds(command, home) for command in commands] for _ in range(ROUNDS)]
    bare, *ours = (median(column) for column in zip(*rounds, strict=True))
    print(f"bare interpreter: {bare:.0f} ms (median of {ROUNDS})")
    for promise, took in zip(PROMISES, ours, strict=True):
        print(f"{promise.name}: {took / bare:.2f} x, {took - bare:.0f} ms over (promised {promise.limit})")


def time_a_run() -> None:
    """What `init` and `end` take of the training process, beside what a bare process takes."""
    timed = [(where, how) for how in ("at once", "after a second") for where in ("to a pipe", "not captured")]
    rounds = [[run_times(*each) for each in timed] for _ in range(ROUNDS)]
    for each, column in zip(timed, zip(*rounds, strict=True), strict=True):
        bare, ours = zip(*column, strict=True)
        least, middle = min(ours), median(ours)
        print(
            f"init + end, {', '.join(each)}: {least:.1f} ms at least, median {middle:.1f} (promised 10); "
            f"a bare process {min(bare):.1f}, {median(bare):.1f}"
        )


def run_times(where: str, how: str) -> tuple[float, float]:
    """Milliseconds that a bare process takes, and that `init` and `end` do; then the sidecar is waited for."""
    environ = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    words = [sys.executable, "-c", TIMED, str(int(how != "at once"))]
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
        environ |= {"POLYAXON_HOME": home, "POLYAXON_TRACK_LOGS": str(where != "not captured").lower()}
        said = subprocess.run(words, env=environ, check=True, stdout=subprocess.PIPE, text=True).stdout
        for run in Path(home, "runs").iterdir():
            Sidecar(RunFolder(run)).wait(60)
    bare, ours = map(float, said.split())
    return bare, ours


def main() -> None:
    """Print one line a promise."""
    time_promises()
    time_a_run()
    bare, ours = megabytes("pass"), megabytes(IMPORT)
    print(f"memory of it: {ours / bare:.2f} x, {ours - bare:.1f} MB over {bare:.1f} MB (promised 15)")


if __name__ == "__main__":
    main()
