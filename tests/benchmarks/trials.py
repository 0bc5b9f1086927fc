"""What a trial that does nothing costs beside a bare process: `trials.py [PYTHON]`.

PYTHON is one that has peers installed (metaflow, dagster, prefect, ray[tune]); those that it has not are left out.
Figures are slopes between few and many trials, two at once, of the CPU of all processes, also of those that outlive
the command; what begins a search is in neither.
"""

from __future__ import annotations

import argparse
import ctypes
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from time import monotonic
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
FEW, MANY = 20, 1000
SUBREAPER = 36
"""`PR_SET_CHILD_SUBREAPER`: what a command leaves becomes a child of this process, which waits for it."""
FUNCTION = "from polyaxon_sdk import component\n\n@component\ndef noop(x: int = 0) -> int:\n    return x\n"
METAFLOW = """
import os
from metaflow import FlowSpec, step

class Noop(FlowSpec):
    @step
    def start(self):
        self.each = list(range(int(os.environ["TRIALS"])))
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
DAGSTER = """
import os
from dagster import DagsterInstance, DynamicOut, DynamicOutput, execute_job, in_process_executor, job
from dagster import multiprocess_executor, op, reconstructable

@op(out=DynamicOut(int))
def begin():
    for at in range(int(os.environ["TRIALS"])):
        yield DynamicOutput(at, mapping_key=f"t{at}")

@op
def trial(x: int) -> int:
    return x

@job(executor_def=multiprocess_executor.configured({"max_concurrent": 2}))
def isolated():
    begin().map(trial)

@job(executor_def=in_process_executor)
def within():
    begin().map(trial)

if __name__ == "__main__":
    with DagsterInstance.get() as instance:
        wanted = within if "within" in os.environ else isolated
        assert execute_job(reconstructable(wanted), instance=instance).success
"""
PREFECT = """
import os
from prefect import flow, task
from prefect.task_runners import ThreadPoolTaskRunner

@task
def trial(x):
    return x

@flow(task_runner=ThreadPoolTaskRunner(max_workers=2))
def search(count):
    for each in trial.map(range(count)):
        each.result()

if __name__ == "__main__":
    search(int(os.environ["TRIALS"]))
"""
RAY = """
import os
import ray
from ray import tune

def trial(config):
    tune.report({"x": config["x"]})

ray.init(num_cpus=2, include_dashboard=False, logging_level="error")
found = tune.Tuner(
    trial,
    param_space={"x": tune.grid_search(list(range(int(os.environ["TRIALS"]))))},
    tune_config=tune.TuneConfig(max_concurrent_trials=2),
    run_config=tune.RunConfig(storage_path=os.path.join(os.getcwd(), "ray"), verbose=0),
).fit()
assert not found.num_errors
"""


class Peer(NamedTuple):
    """Another program that runs trials here.

    Attributes:
        module: without which it is not there.
        program: runs `TRIALS` of them.
        words: its further arguments.
        counts: few and many of them, as many as take it about a minute.
        variables: it has above those of this process.
    """

    module: str
    program: str
    words: tuple[str, ...] = ()
    counts: tuple[int, int] = (20, 120)
    variables: tuple[tuple[str, str], ...] = ()

    def cost(self, python: str, folder: Path, count: int) -> Cost:
        """What so many trials take; it keeps nothing outside of the folder."""
        home = folder / "peers"
        home.mkdir(exist_ok=True)
        (folder / "peer.py").write_text(self.program)
        homes = {each: str(home) for each in ("HOME", "DAGSTER_HOME", "PREFECT_HOME", "RAY_TMPDIR")}
        quiet = {
            "PREFECT_LOGGING_LEVEL": "ERROR",
            "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
            "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "300",
            "PYTHONPATH": "",
        }
        told = {**homes, **quiet, **dict(self.variables), "TRIALS": str(count)}
        return cost([python, "peer.py", *self.words], folder, **told)


_FLOW_WORDS = ("--no-pylint", "run", "--max-workers", "2", "--max-num-splits", "2000")
PEERS = {
    "isolated: metaflow": Peer("metaflow", METAFLOW, _FLOW_WORDS, (10, 40), (("USERNAME", "bench"),)),
    "isolated: dagster": Peer("dagster", DAGSTER, (), (4, 14)),
    "processes again: ray tune": Peer("ray.tune", RAY, (), (8, 40)),
    "within: dagster": Peer("dagster", DAGSTER, (), (20, 220), (("within", "1"),)),
    "within: prefect": Peer("prefect", PREFECT, (), (FEW, MANY)),
}


class Cost(NamedTuple):
    """CPU seconds of all processes, seconds until the command was over, and the largest memory of it in MiB."""

    cpu: float
    wall: float
    memory: float


def cost(words: list[str], folder: Path, **variables: str) -> Cost:
    """What a command takes."""
    before, began = _cpu(), monotonic()
    environment = {**os.environ, "POLYAXON_HOME": str(folder / "home"), "PYTHONPATH": str(ROOT), **variables}
    process = subprocess.Popen(
        words, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
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


def show(name: str, costs: Callable[[int], Cost], counts: tuple[int, int] = (FEW, MANY)) -> None:
    """Print what one more trial costs."""
    few, many = (costs(each) for each in counts)
    count = counts[1] - counts[0]
    cpu, wall = 1000 * (many.cpu - few.cpu) / count, 1000 * (many.wall - few.wall) / count
    print(
        f"{name:28} {cpu:7.1f} ms of CPU {wall:7.1f} ms {many.memory:6.0f} MiB   {counts[1]} in {many.wall:6.1f} s",
        flush=True,
    )


def ours(*words: str) -> list[str]:
    return [sys.executable, "-m", "polyaxon_sdk", "run", *words]


def show_trials(folder: Path) -> None:
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

    show("subprocess of true", bare)
    show("isolated: a command", lambda count: search(count, "-f", "noop.yml"))
    show("isolated: a function, warm", lambda count: search(count, "-pm", "noop.py:noop"))
    show(
        "isolated: a function, cold",
        lambda count: search(count, "-pm", "noop.py:noop", "--no-warm"),
        (20, 120),
    )


def show_peers(folder: Path, python: str) -> None:
    for name, peer in PEERS.items():
        if not has(python, peer.module):
            continue
        try:
            peer.cost(python, folder, peer.counts[0])  # what it prepares once in a home is in no figure
            show(name, partial(peer.cost, python, folder), peer.counts)
        except SystemExit as error:
            print(f"{name:28} {error}", flush=True)


def has(python: str, module: str) -> bool:
    """Whether an interpreter has a module."""
    return (
        subprocess.run([python, "-c", f"import {module}"], capture_output=True, check=False).returncode == 0
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("python", nargs="?", help="one that has peers installed")
    given = parser.parse_args()
    ctypes.CDLL(None).prctl(SUBREAPER, 1, 0, 0, 0)
    with tempfile.TemporaryDirectory() as folder:
        show_trials(Path(folder))
        if given.python is not None:
            show_peers(Path(folder), given.python)


if __name__ == "__main__":
    main()
