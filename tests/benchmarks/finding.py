"""What it takes to find runs again: the first index, a refresh, a query, the command.

`python tests/benchmarks/finding.py [RUNS] [URL]`: 10,000 runs by default, with 20 inputs and 20 metrics each; the
URL names a PostgreSQL server that keeps the index in place of SQLite.
"""

import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter, time

from polyaxon_sdk.index.question import Question
from polyaxon_sdk.index.store import Index
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.lines import encode
from polyaxon_sdk.runs.record import RecordWriter
from polyaxon_sdk.types import Json

VALUES = 20
ROUNDS = 9
QUESTION = Question("metrics.loss:<0.1, params.optimizer:adam", sort="-metrics.accuracy", limit=20)


def summary(name: str, value: float) -> dict[str, Json]:
    """What the sidecar keeps of a series of a hundred points."""
    names = ("mean", "std", "min", "25%", "50%", "75%", "max", "last")
    step: dict[str, Json] = {"count": 100, "min": 0, "max": 99}
    return {**dict.fromkeys(names, value), "count": 100, "step": step, "name": name}


def add_run(home: Path, number: int, draw: random.Random) -> None:
    """A finished run as its runner, trainer and sidecar leave it."""
    record = home / "runs" / f"{number:032x}" / "record"
    record.mkdir(parents=True)
    inputs: dict[str, Json] = {f"input{each}": draw.random() for each in range(VALUES - 1)}
    inputs["optimizer"] = draw.choice(["adam", "sgd", "rmsprop"])
    names = ["loss", "accuracy", *(f"metric{each}" for each in range(VALUES - 2))]
    facts: list[tuple[str, dict[str, Json]]] = [
        ("created", {"name": f"train-{number}", "project": "digits", "owner": "me", "user": "me"}),
        ("inputs", {"values": inputs}),
        ("status", {"status": "running", "reason": "Runner", "message": ""}),
        ("series", {"summaries": {name: summary(name, draw.random()) for name in names}}),
        ("status", {"status": "succeeded", "reason": "Runner", "message": ""}),
    ]
    at = time()
    lines = [
        encode(
            {"clock": int(at * 1e9) + count, "sequence": count, "time": at, "kind": kind, "fields": fields}
        )
        for count, (kind, fields) in enumerate(facts)
    ]
    (record / "writer.jsonl").write_bytes(b"".join(lines))


def taken(do: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Milliseconds, the median of some rounds."""

    def once() -> float:
        began = perf_counter()
        do()
        return (perf_counter() - began) * 1000

    return median(once() for _ in range(rounds))


def change(home: Path, draw: random.Random, runs: int) -> None:
    """Ten runs get a tag more."""
    for number in draw.sample(range(runs), 10):
        writer = RecordWriter(RunFolder(home / "runs" / f"{number:032x}"))
        writer.append("tags", values=["seen"])
        writer.close()


def main(runs: int, url: str | None) -> None:
    """Print the figures."""
    draw = random.Random(0)
    with tempfile.TemporaryDirectory() as place:
        home = Path(place)
        for number in range(runs):
            add_run(home, number, draw)
        with Index(home, home / "cache", url) as index:
            print(f"{runs} runs, first index: {taken(index.refresh, 1) / 1000:.1f} s")
            print(f"a refresh with nothing new: {taken(index.refresh):.1f} ms")
            change(home, draw, runs)
            print(f"a refresh with 10 changed runs: {taken(index.refresh, 1):.1f} ms")
            print(f"{QUESTION.query!r} by a metric, limit 20: {taken(lambda: index.list(QUESTION)):.1f} ms")
        environment = {**os.environ, "POLYAXON_HOME": place, "POLYAXON_INDEX_URL": url or ""}
        command = [sys.executable, "-m", "polyaxon_sdk", "ops", "ls", "-q", QUESTION.query]
        ls = taken(lambda: subprocess.run(command, env=environment, capture_output=True, check=True))
        print(f"`polyaxon ops ls -q ...` as a command: {ls:.0f} ms")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000, sys.argv[2] if len(sys.argv) > 2 else None)
