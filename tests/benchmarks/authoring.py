"""What a decorated function costs: to import, to decorate, to call, to start a run of."""

import json
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from statistics import median
from time import perf_counter, process_time, sleep

from polyaxon_sdk import component
from polyaxon_sdk.runs.drained import read_drained
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.record import RecordWriter

ROUNDS = 15
CALLS = 200_000
RECORDED = 100
PATIENCE = 120.0
DECORATIONS = 5_000
IMPORT = "from polyaxon_sdk import component"
SOURCE = f"{IMPORT}\n@component\ndef train(epochs: int = 1, rate: float = 0.1) -> float:\n    return epochs * rate\n"


def train(epochs: int = 1, rate: float = 0.1) -> float:
    """A function that costs next to nothing."""
    return epochs * rate


class Processes:
    """Processes that take turns, so that a busy moment meets them all."""

    def __init__(self, environ: Mapping[str, str], folder: Path) -> None:
        self._environ, self._folder = environ, folder

    def milliseconds(self, words: list[str]) -> tuple[float, float]:
        """How long one takes, by the clock and of CPU."""
        used, began = _cpu(), perf_counter()
        subprocess.run([sys.executable, *words], env=self._environ, cwd=self._folder, check=True)
        return (perf_counter() - began) * 1000, (_cpu() - used) * 1000

    def over_bare(self, bare: list[str], words: list[str]) -> tuple[float, float]:
        """The medians of what the second takes above the first."""
        rounds = [(self.milliseconds(bare), self.milliseconds(words)) for _ in range(ROUNDS)]
        both = [(more[0] - less[0], more[1] - less[1]) for less, more in rounds]
        return median(wall for wall, _ in both), median(cpu for _, cpu in both)


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def microseconds(work: Callable[[], object], times: int) -> float:
    """The least of five means, which is what the machine's other work disturbs least."""
    best = float("inf")
    for _ in range(5):
        began = perf_counter()
        for _ in range(times):
            work()
        best = min(best, (perf_counter() - began) / times)
    return best * 1e6


def heavy_modules() -> set[str]:
    """What decorating loads of the modules that cost much."""
    program = f"import sys\n{SOURCE}\nprint(' '.join(sys.modules))"
    shown = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    heavy = {"attr", "cattrs", "inspect", "dataclasses", "asyncio", "yaml", "subprocess", "json"}
    return heavy & {name.partition(".")[0] for name in shown.split()}


def time_processes(folder: Path) -> None:
    """Print what importing costs, and what starting a run costs above the file's own imports."""
    run = RunFolder(folder / "home" / "runs" / ("ab" * 16)).create()
    writer = RecordWriter(run)
    writer.append("created", is_managed=True)
    writer.close()
    run.operation.write_text(json.dumps({"inputs": [{"name": "epochs", "value": 3}]}))
    (folder / "train.py").write_text(SOURCE)
    environ = {**os.environ, "POLYAXON_HOME": str(run.home), "POLYAXON_RUN_UUID": run.uuid}
    processes = Processes({**environ, "POLYAXON_IS_MANAGED": "true"}, folder)
    wall, cpu = processes.over_bare(["-c", "pass"], ["-c", IMPORT])
    print(f"{IMPORT}: {cpu:.1f} ms of CPU, {wall:.1f} ms over bare Python (promised 60 of CPU)")
    words = ["-m", "polyaxon_sdk.authoring", "train.py:train"]
    wall, cpu = processes.over_bare(["train.py"], words)
    print(f"start of a decorated run: {wall:.1f} ms, {cpu:.1f} of CPU over the file alone (promised 250)")


def time_recorded_calls(home: Path) -> None:
    """Print what a call costs that leaves the record of a run, after the first, and that all were finished."""
    os.environ["POLYAXON_HOME"] = str(home)
    decorated = component(train)
    decorated.record()
    took, used = [], []
    for _ in range(RECORDED):
        began, cpu = perf_counter(), process_time()
        decorated.record(epochs=2)
        took.append((perf_counter() - began) * 1000)
        used.append((process_time() - cpu) * 1000)
    print(f"a recorded call: {median(took):.2f} ms, {median(used):.2f} of CPU (promised 1 to 2)")
    began = perf_counter()
    while (
        left := sum(not read_drained(RunFolder(path)).is_finished for path in (home / "runs").iterdir())
    ) > 0:
        sleep(0.1)
        if perf_counter() - began > PATIENCE:
            print(f"{left} of them are not finished after {PATIENCE} s")
            return
    print(f"their sidecar is through with all of them {perf_counter() - began:.1f} s later")


def main() -> None:
    """Print one line a promise."""
    with tempfile.TemporaryDirectory() as folder:
        time_processes(Path(folder))
    with tempfile.TemporaryDirectory() as folder:
        time_recorded_calls(Path(folder))
    decorated = component(train)
    print(f"decorating: {microseconds(lambda: component(train), DECORATIONS):.1f} us (promised 50)")
    print(f"it loads of what is heavy: {' '.join(sorted(heavy_modules())) or 'nothing'} (promised nothing)")
    plain, ours = microseconds(train, CALLS), microseconds(decorated, CALLS)
    print(f"a call: {ours - plain:.2f} us over the plain one's {plain:.2f} (promised 1)")


if __name__ == "__main__":
    main()
