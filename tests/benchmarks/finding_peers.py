"""What a query takes here and in other trackers over as many runs: `finding_peers.py [PYTHON] [RUNS] [FOLDER]`.

PYTHON is one that has the others installed: mlflow-skinny with SQLAlchemy and alembic, aim, trackio. Without it they
are left out, and so is each that it hasn't. Each run has 20 params and 20 metrics; the question is for those of one
optimizer with a small loss, the 20 of the best accuracy first, asked again and again in one process each, in turn. What
was filled is kept in FOLDER, where one is named, and asked again the next time.
"""

import json
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from importlib import import_module
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Any, NamedTuple

ROOT = Path(__file__).parents[2]
VALUES, LIMIT, ROUNDS = 20, 20, 15
LOSS = 0.1


class Drawn(NamedTuple):
    """What a run is made of."""

    name: str
    params: dict[str, float | str]
    metrics: dict[str, float]


Ask = Callable[[], list[str]]
"""The names of the runs that are found."""


def drawn(runs: int) -> Iterator[Drawn]:
    """The same runs for each tracker."""
    draw = random.Random(0)
    for number in range(runs):
        params: dict[str, float | str] = {f"input{each}": draw.random() for each in range(VALUES - 1)}
        params["optimizer"] = draw.choice(["adam", "sgd", "rmsprop"])
        names = ["loss", "accuracy", *(f"metric{each}" for each in range(VALUES - 2))]
        yield Drawn(f"train-{number}", params, {name: draw.random() for name in names})


def answer(runs: int) -> list[str]:
    """What has to be found."""
    fit = [run for run in drawn(runs) if run.params["optimizer"] == "adam" and run.metrics["loss"] < LOSS]
    return [run.name for run in sorted(fit, key=lambda run: -run.metrics["accuracy"])[:LIMIT]]


def fill_polyaxon(folder: Path, runs: int) -> None:
    """Records, as a runner and a script leave them."""
    records = import_module("polyaxon_sdk.runs.record")
    folders = import_module("polyaxon_sdk.runs.folder")
    for number, run in enumerate(drawn(runs)):
        place = folders.RunFolder(folder / "runs" / f"{number:032x}")
        place.record.mkdir(parents=True)
        writer = records.RecordWriter(place)
        writer.append("created", name=run.name, project="digits", owner="me", user="me")
        writer.append("inputs", values=run.params)
        writer.append("outputs", values=run.metrics)
        writer.append("status", status="succeeded", reason="Runner", message="")
        writer.close()


def ask_polyaxon(folder: Path) -> Ask:
    """The index, which looks for what changed first."""
    index = import_module("polyaxon_sdk.index.store").Index(folder, folder / "cache", None)
    question = import_module("polyaxon_sdk.index.question").Question
    asked = question(f"metrics.loss:<{LOSS}, params.optimizer:adam", sort="-metrics.accuracy", limit=LIMIT)
    return lambda: [row.name for row in index.list(asked).rows]


def ask_client(folder: Path) -> Ask:
    """The public client, which opens the index and looks at each run of the page too."""
    os.environ.update(POLYAXON_HOME=str(folder), POLYAXON_CACHE=str(folder / "cache"))
    client = import_module("polyaxon_sdk.client").RunClient()
    query, sort = f"metrics.loss:<{LOSS}, params.optimizer:adam", "-metrics.accuracy"
    return lambda: [row.name for row in client.list(query, sort, LIMIT)]


def fill_mlflow(folder: Path, runs: int) -> None:
    """In SQLite, as by default."""
    client, entities = _mlflow(folder), import_module("mlflow.entities")
    experiment = client.create_experiment("digits")
    for run in drawn(runs):
        made = client.create_run(experiment, run_name=run.name).info.run_id
        params = [entities.Param(name, str(value)) for name, value in run.params.items()]
        metrics = [entities.Metric(name, value, 0, 0) for name, value in run.metrics.items()]
        client.log_batch(made, metrics=metrics, params=params)


def ask_mlflow(folder: Path) -> Ask:
    """In its query language."""
    client = _mlflow(folder)
    experiment = client.get_experiment_by_name("digits").experiment_id

    def ask() -> list[str]:
        found = client.search_runs(
            [experiment],
            f"metrics.loss < {LOSS} and params.optimizer = 'adam'",
            max_results=LIMIT,
            order_by=["metrics.accuracy DESC"],
        )
        return [run.info.run_name for run in found]

    return ask


def _mlflow(folder: Path) -> Any:  # it is installed elsewhere
    return import_module("mlflow").MlflowClient(f"sqlite:///{folder / 'mlflow.db'}")


def fill_aim(folder: Path, runs: int) -> None:
    """In RocksDB."""
    module = import_module("aim")
    off = {"log_system_params": False, "capture_terminal_logs": False}
    for run in drawn(runs):
        made = module.Run(repo=str(folder), system_tracking_interval=None, **off)
        made.name, made["hparams"] = run.name, run.params
        made["scores"] = run.metrics
        made.close()
    repo = module.Repo(str(folder))
    index = import_module("aim.sdk.index_manager").RepoIndexManager.get_index_manager(repo)
    for each in repo.list_all_runs():
        index.index(each)  # a server of its own would in its own time; until then queries find no params


def ask_aim(folder: Path) -> Ask:
    """In its query language; what sorts and cuts is Python, as it has no words for it."""
    repo = import_module("aim").Repo(str(folder))

    def ask() -> list[str]:
        query = f"run.hparams.optimizer == 'adam' and run.scores.loss < {LOSS}"
        found = [each.run for each in repo.query_runs(query, report_mode=0).iter_runs()]
        best = sorted(found, key=lambda run: -run["scores", "accuracy"])[:LIMIT]
        return [run.name for run in best]

    return ask


def fill_trackio(folder: Path, runs: int) -> None:
    """In SQLite."""
    os.environ["TRACKIO_DIR"] = str(folder)
    storage = import_module("trackio.sqlite_storage").SQLiteStorage
    for run in drawn(runs):
        storage.bulk_log("digits", run.name, [run.metrics], [0], config=run.params, run_id=run.name)


def ask_trackio(folder: Path) -> Ask:
    """In its SQL."""
    os.environ["TRACKIO_DIR"] = str(folder)
    storage = import_module("trackio.sqlite_storage").SQLiteStorage
    query = (
        "SELECT m.run_name FROM metrics m JOIN configs c ON c.run_id = m.run_id "
        f"WHERE json_extract(m.metrics, '$.loss') < {LOSS} AND json_extract(c.config, '$.optimizer') = 'adam' "
        f"ORDER BY json_extract(m.metrics, '$.accuracy') DESC LIMIT {LIMIT}"
    )
    return lambda: [row["run_name"] for row in storage.query_project("digits", query)["rows"]]


class Contender(NamedTuple):
    """A tracker: the module that it is, how it is filled, how it is asked."""

    module: str
    fill: Callable[[Path, int], None]
    ask: Callable[[Path], Ask]


CONTENDERS = {
    "polyaxon-sdk": Contender("polyaxon_sdk", fill_polyaxon, ask_polyaxon),
    "its RunClient": Contender("polyaxon_sdk", fill_polyaxon, ask_client),
    "mlflow sqlite": Contender("mlflow", fill_mlflow, ask_mlflow),
    "trackio": Contender("trackio", fill_trackio, ask_trackio),
    "aim": Contender("aim", fill_aim, ask_aim),
}


def contend(name: str, runs: int, folder: Path) -> None:
    """Fill one, then answer each line with what asking took: milliseconds by the clock and of the processor."""
    contender = CONTENDERS[name]
    if not (folder / "filled").exists():
        folder.mkdir(parents=True)
        contender.fill(folder, runs)
        (folder / "filled").touch()
    ask = contender.ask(folder)
    print(json.dumps(ask() == answer(runs)), flush=True)
    for _ in sys.stdin:
        clock, processor = perf_counter(), process_time()
        ask()
        print(json.dumps([(perf_counter() - clock) * 1000, (process_time() - processor) * 1000]), flush=True)


def has(python: str, module: str) -> bool:
    """Whether a Python has a module."""
    ask = "import importlib.util as u, sys; sys.exit(u.find_spec(sys.argv[1]) is None)"
    return not subprocess.run([python, "-c", ask, module], check=False, cwd="/").returncode


class Contest:
    """Contenders that are filled, each in a process of its own, and asked in turn."""

    def __init__(self, runs: int, folder: Path, processes: ExitStack) -> None:
        self.asked: dict[str, subprocess.Popen[str]] = {}
        self.is_right: dict[str, bool] = {}
        self._runs, self._folder, self._processes = runs, folder, processes

    def add(self, name: str, python: str) -> None:
        """Start one, and wait until it is filled; one that fails is left out."""
        place = self._folder / name.replace(" ", "-")
        process = self._processes.enter_context(
            subprocess.Popen(
                [python, __file__, "--contend", name, str(self._runs), str(place)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,  # warnings and notes of others, which nobody needs
                text=True,
                env={**os.environ, "PYTHONPATH": str(ROOT)},
            )
        )
        if process.stdout is None or not (told := _answer(process)):
            print(f"  {name:14} failed")
            return
        self.asked[name], self.is_right[name] = process, bool(json.loads(told))

    def once(self) -> dict[str, list[float]]:
        """What asking each of them takes, one after the other."""
        found = {}
        for name, process in self.asked.items():
            if process.stdin is not None:
                print("ask", file=process.stdin, flush=True)
            found[name] = json.loads(_answer(process))
        return found


def _answer(process: subprocess.Popen[str]) -> str:
    """The next line that is JSON: others print what they like."""
    for line in process.stdout or ():
        if line.startswith(("[", "true", "false")):
            return line
    return ""


def main(python: str | None, runs: int, folder: Path) -> int:
    """Print the table; 1 where one found other runs than there are."""
    with ExitStack() as processes:
        contest = Contest(runs, folder, processes)
        for name, contender in CONTENDERS.items():
            used = sys.executable if contender.module == "polyaxon_sdk" else python
            if used is not None and has(used, contender.module):
                contest.add(name, used)
        print(f"load {os.getloadavg()[0]:.1f}, {runs} runs, medians of {ROUNDS}")
        rounds = [contest.once() for _ in range(ROUNDS)]
    clock, processor = (
        {name: median(taken[name][place] for taken in rounds) for name in contest.asked} for place in (0, 1)
    )
    ours = next(iter(contest.asked))
    for name in contest.asked:
        told = f"{clock[name]:9.2f} ms, {processor[name]:9.2f} of the processor"
        told += f" {clock[name] / runs * 1000:9.2f} us a run"
        told += f" {clock[name] / clock[ours]:8.1f} x ours, {processor[name] / processor[ours]:6.1f}"
        print(f"  {name:14}{told}{'' if contest.is_right[name] else '   WRONG'}")
    return int(not all(contest.is_right.values()))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--contend"]:
        contend(sys.argv[2], int(sys.argv[3]), Path(sys.argv[4]))
    else:
        words = sys.argv[1:]
        chosen = words.pop(0) if words and not words[0].isdigit() else None
        count = int(words.pop(0)) if words else 1_000
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as made:
            sys.exit(main(chosen, count, Path(words[0] if words else made)))
