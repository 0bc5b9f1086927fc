"""How long logging a large file and a large table holds a training up, beside a bare copy and pandas itself."""

import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter, sleep

import numpy as np
import pandas as pd

from polyaxon_sdk import tracking
from polyaxon_sdk.runs.hashes import hash_of_path

ROUNDS = 11
BETWEEN = 1.0
"""Seconds of training between two calls."""
MEGABYTES = 200
ROWS = 100_000


def milliseconds(call: Callable[[], object]) -> float:
    """What a call takes, on a disk that is not still busy with what the call before wrote."""
    os.sync()
    sleep(BETWEEN)
    began = perf_counter()
    call()
    return (perf_counter() - began) * 1000


def main() -> int:
    """Measure in a home of its own; 1 where a call takes longer than what it replaces."""
    with tempfile.TemporaryDirectory() as made:
        folder, file = Path(made), Path(made, "weights.bin")
        os.environ["POLYAXON_HOME"] = str(folder / "home")
        file.write_bytes(os.urandom(1 << 20) * MEGABYTES)
        table = pd.DataFrame(np.random.default_rng(5).random((ROWS, 5)), columns=list("abcde"))
        tracking.init()
        calls: dict[str, Callable[[], object]] = {
            f"copy of {MEGABYTES} MB": lambda: shutil.copyfile(file, folder / "copy"),
            "copy and hash": lambda: (shutil.copyfile(file, folder / "copy"), hash_of_path(str(file))),
            "log_artifact": lambda: tracking.log_artifact(file, os.urandom(4).hex()),
            f"to_csv of {ROWS} rows": lambda: table.to_csv(folder / "table.csv"),
            "log_dataframe": lambda: tracking.log_dataframe(table, "table"),
        }
        taken: dict[str, list[float]] = {name: [] for name in calls}
        for _ in range(ROUNDS):
            for name, call in calls.items():
                taken[name].append(milliseconds(call))
        tracking.end()
    found = {name: median(each) for name, each in taken.items()}
    print(f"load {os.getloadavg()[0]:.1f}, {ROUNDS} rounds in turn")
    for name, each in found.items():
        print(f"  {name:22}p50 {each:7.1f} ms   max {max(taken[name]):7.1f} ms")
    slow = found["log_artifact"] > found["copy and hash"]
    return int(slow or found["log_dataframe"] > found[f"to_csv of {ROWS} rows"])


if __name__ == "__main__":
    sys.exit(main())
