"""What starting costs in time and memory, over a bare interpreter."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import NamedTuple

ROUNDS = 15
POLYAXON = str(Path(sys.executable).with_name("polyaxon"))
BARE = [sys.executable, "-c", "pass"]
IMPORT = "from polyaxon_sdk import tracking"


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


def main() -> None:
    """Print one line a promise."""
    time_promises()
    bare, ours = megabytes("pass"), megabytes(IMPORT)
    print(f"memory of it: {ours / bare:.2f} x, {ours - bare:.1f} MB over {bare:.1f} MB (promised 15)")


if __name__ == "__main__":
    main()
