"""One metric at a time, by us and by others, in a process of its own: `python contenders.py NAME FOLDER time|log|read`.

Runs in a Python that has the contender and nothing of ours but, for ours, the package.
"""

import json
import os
import sqlite3
import struct
import sys
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from pathlib import Path
from statistics import median
from time import perf_counter_ns, sleep
from typing import Any

CALLS = 20_000
MANY_CALLS = 1_000
LONGEST = 4 * 10**9
"""Nanoseconds after which a slow contender has made calls enough."""
BETWEEN = 0.001
"""Seconds between two calls that are to be killed."""
VALUE = 0.3333333333333333
FIFTY = {f"metric-{number}": VALUE for number in range(50)}
LINE = b"\n123456|2026-11-21 19:38:30.394173+00:00|0.3333333333333333"

Log = Callable[[int], object]
Body = Callable[[Log, Log], None]
"""What is done with a run: its two arguments log one metric at a step, and fifty."""


def nothing(folder: Path, body: Body) -> None:
    """The clock, and the call of a lambda."""
    body(lambda step: None, lambda step: None)


def bare(folder: Path, body: Body) -> None:
    """The same line, one write a metric."""
    file = os.open(folder / "bare", os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def fifty(step: int) -> None:
        for _ in FIFTY:
            os.write(file, LINE)

    body(lambda step: os.write(file, LINE), fifty)


def polyaxon(folder: Path, body: Body) -> None:
    """Ours."""
    os.environ["POLYAXON_HOME"] = str(folder)
    run = import_module("polyaxon_sdk.tracking").init(track_code=False, track_env=False, track_logs=False)
    log_metric, log_metrics = run.log_metric, run.log_metrics
    body(lambda step: log_metric("loss", VALUE, step), lambda step: log_metrics(step=step, **FIFTY))


def trackio(folder: Path, body: Body) -> None:
    """Kept by a thread every half second."""
    os.environ["TRACKIO_DIR"] = str(folder)
    module = import_module("trackio")
    module.init(project="digits", name="run", embed=False)
    body(lambda step: module.log({"loss": VALUE}, step=step), lambda step: module.log(FIFTY, step=step))


def goodseed(folder: Path, body: Body) -> None:
    """Kept in SQLite with each call."""
    off = {f"capture_{what}": False for what in ("hardware_metrics", "stdout", "stderr", "traceback")}
    begin = import_module("goodseed").Run
    run = begin(project="digits", goodseed_home=folder, storage="local", **off)
    body(
        lambda step: run.log_metrics({"loss": VALUE}, step=step),
        lambda step: run.log_metrics(FIFTY, step=step),
    )


def sacred(folder: Path, body: Body) -> None:
    """Kept by a heartbeat every ten seconds."""
    module, observers = import_module("sacred"), import_module("sacred.observers")
    experiment = module.Experiment("digits", save_git_info=False)
    experiment.observers.append(observers.FileStorageObserver(str(folder / "sacred")))

    def main(_run: Any) -> None:
        def fifty(step: int) -> None:
            for name in FIFTY:
                _run.log_scalar(name, VALUE, step)

        body(lambda step: _run.log_scalar("loss", VALUE, step), fifty)

    experiment.main(main)
    experiment.run()


def aim(folder: Path, body: Body) -> None:
    """Kept in RocksDB."""
    run = import_module("aim").Run(
        repo=str(folder), system_tracking_interval=None, log_system_params=False, capture_terminal_logs=False
    )
    (folder / "hash").write_text(run.hash)
    body(
        lambda step: run.track(VALUE, name="loss", step=step),
        lambda step: run.track(FIFTY, step=step),
    )


def mlflow_files(folder: Path, body: Body) -> None:
    """Kept in a file a metric."""
    os.environ["MLFLOW_ALLOW_FILE_STORE"] = "true"
    _mlflow(f"file:{folder / 'mlruns'}", body)


def mlflow_sqlite(folder: Path, body: Body) -> None:
    """Kept in SQLite, as by default."""
    _mlflow(f"sqlite:///{folder / 'mlflow.db'}", body)


def _mlflow(uri: str, body: Body) -> None:
    module = import_module("mlflow")
    module.set_tracking_uri(uri)
    module.start_run()
    body(
        lambda step: module.log_metric("loss", VALUE, step=step),
        lambda step: module.log_metrics(FIFTY, step=step),
    )


def wandb(folder: Path, body: Body) -> None:
    """Offline: handed to a process that keeps it."""
    os.environ.update(WANDB_MODE="offline", WANDB_DIR=str(folder), WANDB_SILENT="true")
    run = import_module("wandb").init(project="digits")
    body(lambda step: run.log({"loss": VALUE}, step=step), lambda step: run.log(FIFTY, step=step))


def _bare_steps(folder: Path) -> range:
    return range((folder / "bare").read_bytes().count(b"\n"))


def _polyaxon_steps(folder: Path) -> Iterator[int]:
    (path,) = (folder / "runs").iterdir()
    run = import_module("polyaxon_sdk.runs.folder").RunFolder(path)
    found = import_module("polyaxon_sdk.runs.series").read_series(run)
    return (point.step for point in found["loss"])


def _trackio_steps(folder: Path) -> Iterator[int]:
    os.environ["TRACKIO_DIR"] = str(folder)
    storage = import_module("trackio.sqlite_storage").SQLiteStorage
    return (row["step"] for row in storage.get_logs("digits", "run") if "loss" in row)


def _goodseed_steps(folder: Path) -> Iterator[int]:
    (path,) = folder.rglob("*.sqlite")
    storage = import_module("goodseed.storage").LocalStorage(path)
    return (int(point["step"]) for point in storage.get_metric_points("loss"))


def _sacred_steps(folder: Path) -> list[int]:
    path = folder / "sacred" / "1" / "metrics.json"
    told = json.loads(path.read_text()) if path.exists() else {}
    return list(told["loss"]["steps"]) if "loss" in told else []


def _aim_steps(folder: Path) -> list[int]:
    opened = import_module("aim").Run(
        run_hash=(folder / "hash").read_text(), repo=str(folder), system_tracking_interval=None
    )
    metric = opened.get_metric("loss", import_module("aim.storage.context").Context({}))
    return [] if metric is None else [int(step) for step in metric.data.indices_list()]


def _mlflow_file_steps(folder: Path) -> list[int]:
    paths = folder.glob("mlruns/*/*/metrics/loss")
    lines = [line for path in paths for line in path.read_text().splitlines()]
    return [int(line.split()[2]) for line in lines if len(line.split()) > 2]


def _mlflow_sqlite_steps(folder: Path) -> list[int]:
    with sqlite3.connect(folder / "mlflow.db") as database:
        return [step for (step,) in database.execute("SELECT step FROM metrics WHERE key = 'loss'")]


def _wandb_steps(folder: Path) -> list[int]:
    record = import_module("wandb.proto.wandb_internal_pb2").Record
    (path,) = folder.glob("wandb/offline-run-*/*.wandb")
    found = [record.FromString(each).history for each in _blocks(path.read_bytes())]
    return [row.step.num for row in found if any("loss" in (item.key, *item.nested_key) for item in row.item)]


def _blocks(data: bytes) -> Iterator[bytes]:
    """The records of a log as LevelDB writes it, behind a head of seven bytes."""
    at, whole = 7, b""
    while at + 7 <= len(data):
        left = 32_768 - at % 32_768
        if left < 7:
            at += left
            continue
        _, length, kind = struct.unpack_from("<IHB", data, at)
        piece = data[at + 7 : at + 7 + length]
        if len(piece) < length or kind == 0:
            return
        at, whole = at + 7 + length, piece if kind in {1, 2} else whole + piece
        if kind in {1, 4}:
            yield whole


CONTENDERS: dict[str, tuple[Callable[[Path, Body], None], Callable[[Path], Iterable[int]]]] = {
    "nothing": (nothing, lambda folder: ()),
    "os.write": (bare, _bare_steps),
    "polyaxon-sdk": (polyaxon, _polyaxon_steps),
    "trackio": (trackio, _trackio_steps),
    "goodseed": (goodseed, _goodseed_steps),
    "sacred": (sacred, _sacred_steps),
    "aim": (aim, _aim_steps),
    "mlflow files": (mlflow_files, _mlflow_file_steps),
    "mlflow sqlite": (mlflow_sqlite, _mlflow_sqlite_steps),
    "wandb offline": (wandb, _wandb_steps),
}
"""How each is begun, and which steps it has kept."""


def p50(log: Log, calls: int, first: int) -> float:
    """The median time of a call in nanoseconds; the clock's own time is in it."""
    taken = []
    end = perf_counter_ns() + LONGEST
    for step in range(first, first + calls):
        began = perf_counter_ns()
        log(step)
        ended = perf_counter_ns()
        taken.append(ended - began)
        if ended > end:
            break
    return median(taken)


def time_calls(folder: Path) -> Body:
    """Write down what a call of either kind takes, and go: nobody waits here for what is still to be kept."""

    def body(one: Log, many: Log) -> None:
        p50(one, 100, 0)
        found = [p50(one, CALLS, 100), p50(many, MANY_CALLS, 100 + CALLS)]
        (folder / "result.json").write_text(json.dumps(found))
        os._exit(0)

    return body


def log_until_killed(folder: Path) -> Body:
    """Log, and count the calls that returned in a file that outlives this process."""

    def body(one: Log, _many: Log) -> None:
        counted = os.open(folder / "returned", os.O_WRONLY | os.O_CREAT)
        step = 0
        while True:
            one(step)
            step += 1
            os.pwrite(counted, step.to_bytes(8, "little"), 0)
            sleep(BETWEEN)

    return body


def main() -> None:
    """Do what is asked for; nothing, where that is nothing."""
    if len(sys.argv) == 1:
        print(f"{__doc__.splitlines()[0]} {', '.join(CONTENDERS)}" if __doc__ else "")
        return
    name, folder, what = sys.argv[1], Path(sys.argv[2]), sys.argv[3]
    begin, steps = CONTENDERS[name]
    if what == "read":
        (folder / "found.json").write_text(json.dumps(sorted(set(steps(folder)))))
        os._exit(0)
    begin(folder, time_calls(folder) if what == "time" else log_until_killed(folder))


if __name__ == "__main__":
    main()
