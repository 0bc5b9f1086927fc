"""What a query takes here and in other trackers over as many runs: `finding_peers.py [PYTHON] [RUNS]`.

PYTHON is one that has the others installed: mlflow-skinny with SQLAlchemy and alembic, aim, trackio. Without it they
are left out, and so is each that it hasn't. Each run has 20 params and 20 metrics; the question is for those of one
optimizer with a small loss, the 20 of the best accuracy first, asked again and again in one process.
"""

import json
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
VALUES, LIMIT, ROUNDS = 20, 20, 9
LOSS = 0.1
PATIENCE = 3600


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


def polyaxon(folder: Path, runs: int) -> Ask:
    """Ours."""
    records = import_module("polyaxon_sdk.runs.record")
    folders = import_module("polyaxon_sdk.runs.folder")
    question = import_module("polyaxon_sdk.index.question").Question
    for number, run in enumerate(drawn(runs)):
        place = folders.RunFolder(folder / "runs" / f"{number:032x}")
        place.record.mkdir(parents=True)
        writer = records.RecordWriter(place)
        writer.append("created", name=run.name, project="digits", owner="me", user="me")
        writer.append("inputs", values=run.params)
        writer.append("outputs", values=run.metrics)
        writer.append("status", status="succeeded", reason="Runner", message="")
        writer.close()
    index = import_module("polyaxon_sdk.index.store").Index(folder, folder / "cache", None)
    asked = question(f"metrics.loss:<{LOSS}, params.optimizer:adam", sort="-metrics.accuracy", limit=LIMIT)

    return lambda: [row.name for row in index.list(asked).rows]  # which looks for what changed first


def mlflow(folder: Path, runs: int) -> Ask:
    """In SQLite, as by default."""
    module, entities = import_module("mlflow"), import_module("mlflow.entities")
    client = module.MlflowClient(f"sqlite:///{folder / 'mlflow.db'}")
    experiment = client.create_experiment("digits")
    for run in drawn(runs):
        made = client.create_run(experiment, run_name=run.name).info.run_id
        params = [entities.Param(name, str(value)) for name, value in run.params.items()]
        metrics = [entities.Metric(name, value, 0, 0) for name, value in run.metrics.items()]
        client.log_batch(made, metrics=metrics, params=params)

    def ask() -> list[str]:
        found = client.search_runs(
            [experiment],
            f"metrics.loss < {LOSS} and params.optimizer = 'adam'",
            max_results=LIMIT,
            order_by=["metrics.accuracy DESC"],
        )
        return [run.info.run_name for run in found]

    return ask


def aim(folder: Path, runs: int) -> Ask:
    """In RocksDB; what sorts and cuts is Python, as it has no words for it."""
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
    repo = module.Repo(str(folder))

    def ask() -> list[str]:
        query = f"run.hparams.optimizer == 'adam' and run.scores.loss < {LOSS}"
        found = [each.run for each in repo.query_runs(query, report_mode=0).iter_runs()]
        best = sorted(found, key=lambda run: -run["scores", "accuracy"])[:LIMIT]
        return [run.name for run in best]

    return ask


def trackio(folder: Path, runs: int) -> Ask:
    """In SQLite, asked in its SQL."""
    os.environ["TRACKIO_DIR"] = str(folder)
    storage = import_module("trackio.sqlite_storage").SQLiteStorage
    for run in drawn(runs):
        storage.bulk_log("digits", run.name, [run.metrics], [0], config=run.params, run_id=run.name)
    query = (
        "SELECT m.run_name FROM metrics m JOIN configs c ON c.run_id = m.run_id "
        f"WHERE json_extract(m.metrics, '$.loss') < {LOSS} AND json_extract(c.config, '$.optimizer') = 'adam' "
        f"ORDER BY json_extract(m.metrics, '$.accuracy') DESC LIMIT {LIMIT}"
    )
    return lambda: [row["run_name"] for row in storage.query_project("digits", query)["rows"]]


CONTENDERS: dict[str, tuple[str, Callable[[Path, int], Ask]]] = {
    "polyaxon-sdk": ("polyaxon_sdk", polyaxon),
    "mlflow sqlite": ("mlflow", mlflow),
    "trackio": ("trackio", trackio),
    "aim": ("aim", aim),
}
"""The module that each is, and how it is filled and asked."""


def milliseconds(ask: Ask) -> float:
    """The median of some rounds."""

    def once() -> float:
        began = perf_counter()
        ask()
        return (perf_counter() - began) * 1000

    return median(once() for _ in range(ROUNDS))


def contend(name: str, runs: int) -> None:
    """Fill one, ask it, and print what it took as JSON."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as made:
        began = perf_counter()
        ask = CONTENDERS[name][1](Path(made), runs)
        is_right = ask() == answer(runs)
        print(json.dumps([milliseconds(ask), perf_counter() - began, is_right]), flush=True)


def has(python: str, module: str) -> bool:
    """Whether a Python has a module."""
    ask = "import importlib.util as u, sys; sys.exit(u.find_spec(sys.argv[1]) is None)"
    return not subprocess.run([python, "-c", ask, module], check=False, cwd="/").returncode


def main(python: str | None, runs: int) -> int:
    """Print the table; 1 where one found other runs than there are."""
    ours = 0.0
    wrong = 0
    print(f"load {os.getloadavg()[0]:.1f}, {runs} runs")
    for name, (module, _) in CONTENDERS.items():
        used = python if ours else sys.executable
        if used is None or (ours and not has(used, module)):
            continue
        # Warnings and notes of others go to stderr, which nobody needs.
        done = subprocess.run(
            [used, __file__, "--contend", name, str(runs)],
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        if done.returncode:
            print(f"  {name:14} failed: {done.stderr.strip().splitlines()[-1:]}")
            continue
        taken, filled, is_right = json.loads(done.stdout.splitlines()[-1])
        ours, wrong = ours or taken, wrong + (not is_right)
        told = f"{taken:9.2f} ms {taken / runs * 1000:9.2f} us a run {taken / ours:8.1f} x ours"
        print(f"  {name:14}{told}   filled in {filled:.0f} s{'' if is_right else '   WRONG'}", flush=True)
    return int(wrong > 0)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--contend"]:
        contend(sys.argv[2], int(sys.argv[3]))
    else:
        words = sys.argv[1:]
        chosen = None if not words or words[0].isdigit() else words[0]
        sys.exit(main(chosen, int(words[-1]) if words and words[-1].isdigit() else 1_000))
