"""How long the specification takes: a check as a command and in a warm process, a large dag, a large grid."""

import os
import subprocess
import sys
import tempfile
import tracemalloc
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from polyaxon_sdk.compiler import Globals, check, compile_operation
from polyaxon_sdk.polyaxonfile import read_files
from polyaxon_sdk.polyflow import V1GridSearch, V1Operation, read, read_operation
from polyaxon_sdk.tuners import suggest_grid

NAMES = ("lr", "dropout", "momentum", "decay", "scale", "noise", "rate", "warmup", "epochs")
TYPED = "kind: component\ninputs:\n{inputs}run:\n  kind: job\n  container:\n    command: [train]\n    args:\n{args}"
"""As long as the typed file of the quick start."""


def typed(folder: Path) -> Path:
    """A component with nine inputs and their arguments."""
    path = folder / "typed.yml"
    inputs = "".join(f"- {{name: {name}, type: float, value: 0.1, isOptional: true}}\n" for name in NAMES)
    args = "".join(f'    - "--{name}={{{{ {name} }}}}"\n' for name in NAMES)
    path.write_text(TYPED.format(inputs=inputs, args=args))
    return path


def checked(path: Path, times: int) -> float:
    """Milliseconds of one check."""
    start = perf_counter()
    for _ in range(times):
        check(read_files([path]).operation, params={"lr": "1"})
    return (perf_counter() - start) * 1000 / times


def command(words: list[str], times: int) -> tuple[float, float]:
    """Milliseconds of one command as a process of its own: on the clock, and of computing; the medians."""
    clocks: list[float] = []
    spent: list[float] = []
    for _ in range(times):
        start, before = perf_counter(), os.times()
        subprocess.run(words, check=True, stdout=subprocess.DEVNULL)
        after = os.times()
        clocks.append((perf_counter() - start) * 1000)
        spent.append((after.children_user + after.children_system) * 1000)
        spent[-1] -= (before.children_user + before.children_system) * 1000
    return median(clocks), median(spent)


def chain(length: int) -> V1Operation:
    """A dag in which each operation takes a value of the one before it."""
    job = {"kind": "job", "container": {"args": ["--lr={{ lr }}"]}}
    component = {
        "inputs": [{"name": "lr", "type": "float", "value": 0.1}],
        "outputs": [{"name": "loss", "type": "float"}],
        "run": job,
    }
    operations: list[dict[str, Any]] = [{"name": "o0", "component": component}]
    for number in range(1, length):
        params = {"lr": {"ref": f"ops.o{number - 1}", "value": "outputs.loss"}}
        operations.append({"name": f"o{number}", "component": component, "params": params})
    return read_operation({"component": {"run": {"kind": "dag", "operations": operations}}})


def grid() -> V1GridSearch:
    """100,000 combinations."""
    values = {"kind": "linspace", "value": [0, 1, 10]}
    return read(V1GridSearch, {"kind": "grid", "params": dict.fromkeys("abcde", values)})


def main() -> None:
    """Print the figures, each with what is asked of it."""
    with tempfile.TemporaryDirectory() as folder:
        path = typed(Path(folder))
        line = [sys.executable, "-m", "polyaxon_sdk", "check", "-f", str(path), "-P", "lr=1"]
        command(line, 1)  # what is imported is compiled to bytecode now
        bare, _ = command([sys.executable, "-c", "pass"], 15)
        clock, spent = command(line, 15)
        told = f"ms    asked: 200 ({bare:.0f} of it Python's own; {spent:.0f} ms of computing)"
        print(f"check of a typed file, a command   {clock:8.2f} {told}")
        checked(path, 1)
        print(f"check of a typed file, warm        {checked(path, 50):8.2f} ms    asked: 3")
    start = perf_counter()
    compile_operation(chain(1000), run=Globals())
    print(f"a dag of 1,000 operations          {perf_counter() - start:8.2f} s     asked: 2")
    start = perf_counter()
    suggestions = suggest_grid(grid())
    next(suggestions)
    print(f"first of 100,000 suggestions       {(perf_counter() - start) * 1000:8.2f} ms    asked: 10")
    tracemalloc.start()
    count = 1 + sum(1 for _ in suggestions)
    print(
        f"memory of all {count:,} of them     {tracemalloc.get_traced_memory()[1] / 1024:8.2f} KiB   asked: flat"
    )


if __name__ == "__main__":
    main()
