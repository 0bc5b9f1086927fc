"""What a trial that does nothing costs beside a bare process, and a node of a dag as that grows: `trials.py [PYTHON]`.

PYTHON is one that has metaflow installed; without it that is left out. Figures are slopes between few and many trials,
of the CPU of all processes, also of those that outlive the command; what begins a search is in neither.
"""

import argparse
import ctypes
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from time import monotonic
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
FEW, MANY = 20, 120
NODES = (250, 1000, 5000)
SUBREAPER = 36
"""`PR_SET_CHILD_SUBREAPER`: what a command leaves becomes a child of this process, which waits for it."""
FUNCTION = "from polyaxon_sdk import component\n\n@component\ndef noop(x: int = 0) -> int:\n    return x\n"
FLOW = """
from metaflow import FlowSpec, step

class Noop(FlowSpec):
    @step
    def start(self):
        self.each = list(range({count}))
        self.next(self.trial, foreach="each")
    @step
    def trial(self):
        self.next(self.join)
    @step
    def join(self, inputs):
        self.next(self.end)
    @step
    def end(self):
        pass

if __name__ == "__main__":
    Noop()
"""


class Cost(NamedTuple):
    """CPU seconds of all processes, seconds until the command was over, and the largest memory of it in MiB."""

    cpu: float
    wall: float
    memory: float


def cost(words: list[str], folder: Path, **variables: str) -> Cost:
    """What a command takes."""
    before, began = _cpu(), monotonic()
    environment = {**os.environ, "POLYAXON_HOME": str(folder / "home"), "PYTHONPATH": str(ROOT), **variables}
    process = subprocess.Popen(words, cwd=folder, env=environment, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    wall = monotonic() - began
    with suppress(ChildProcessError):
        while True:
            os.waitpid(-1, 0)
    if process.returncode:
        raise SystemExit(f"{words} ends with {process.returncode}")
    return Cost(_cpu() - before, wall, used.ru_maxrss / 1024)


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def show(name: str, costs: Callable[[int], Cost]) -> None:
    """Print what one more trial costs."""
    few, many = costs(FEW), costs(MANY)
    count = MANY - FEW
    cpu, wall = (many.cpu - few.cpu) / count, (many.wall - few.wall) / count
    print(f"{name:28} {1000 * cpu:7.1f} ms of CPU  {1000 * wall:7.1f} ms  {many.memory:5.0f} MiB", flush=True)


def ours(*words: str) -> list[str]:
    return [sys.executable, "-m", "polyaxon_sdk", "run", *words]


def show_trials(folder: Path, python: str | None) -> None:
    (folder / "noop.py").write_text(FUNCTION)
    command = (
        "kind: component\ninputs: [{name: x, type: int}]\nrun: {kind: job, container: {command: ['true']}}\n"
    )
    (folder / "noop.yml").write_text(command)

    def search(count: int, *source: str, **variables: str) -> Cost:
        words = (*source, "-HP", f"x=range:0:{count}:1", "--matrix-concurrency", "2", "--no-cache")
        return cost(ours(*words), folder, **variables)

    def bare(count: int) -> Cost:
        program = f"import subprocess\nfor _ in range({count}): subprocess.run(['true'])"
        return cost([sys.executable, "-c", program], folder)

    def metaflow(count: int) -> Cost:
        (folder / "flow.py").write_text(FLOW.format(count=count))
        words = [
            str(python),
            "flow.py",
            "--no-pylint",
            "run",
            "--max-workers",
            "2",
            "--max-num-splits",
            "2000",
        ]
        return cost(words, folder, USERNAME="bench", PYTHONPATH="")

    show("subprocess of true", bare)
    show("a search over true", lambda count: search(count, "-f", "noop.yml"))
    show("over a function, warm", lambda count: search(count, "-pm", "noop.py:noop"))
    show("over a function, cold", lambda count: search(count, "-pm", "noop.py:noop", "--no-warm"))
    if python is not None:
        show("metaflow", metaflow)


def show_nodes(folder: Path, counts: list[int]) -> None:
    for count in counts:
        lines = [
            f"  - {{name: n{at}, dependencies: [{f'n{at - 7}' if at >= 7 else ''}], component: {{run: "
            "{kind: job, container: {command: ['true']}}}}"
            for at in range(count)
        ]
        head = "kind: component\nrun:\n  kind: dag\n  concurrency: 2\n  operations:\n"
        (folder / "dag.yml").write_text(head + "\n".join(lines) + "\n")
        took = cost(ours("-f", "dag.yml", "--no-cache"), folder)
        each = 1000 * took.cpu / count
        print(f"a node of {count:6} {each:20.1f} ms of CPU {took.memory:18.0f} MiB", flush=True)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("python", nargs="?", help="one that has metaflow installed")
    parser.add_argument("--nodes", type=int, nargs="*", default=NODES)
    given = parser.parse_args()
    ctypes.CDLL(None).prctl(SUBREAPER, 1, 0, 0, 0)
    with tempfile.TemporaryDirectory() as folder:
        show_trials(Path(folder), given.python)
        show_nodes(Path(folder), list(given.nodes))


if __name__ == "__main__":
    main()
