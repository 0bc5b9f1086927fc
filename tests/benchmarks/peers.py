"""What a log call costs beside a bare write and beside other trackers, and what a kill costs: `peers.py [PYTHON]`.

PYTHON is one that has the others installed: trackio, goodseed, sacred, aim, mlflow-skinny with SQLAlchemy and alembic,
wandb. Without it they are left out, and so is each that it hasn't.
"""

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from time import monotonic, sleep
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
SCRIPT = Path(__file__).with_name("contenders.py")
OURS = ("nothing", "os.write", "polyaxon-sdk")
PEERS = {
    "trackio": "trackio",
    "goodseed": "goodseed",
    "sacred": "sacred",
    "aim": "aim",
    "mlflow files": "mlflow",
    "mlflow sqlite": "mlflow",
    "wandb offline": "wandb",
}
PATIENCE = 120
SETTLE = 3.0
"""Seconds that a contender's own processes have after the kill to keep what reached them."""


class Cost(NamedTuple):
    """Nanoseconds of one metric in a call, and of fifty, each the median of a round; the clock's time is left out."""

    one: float
    fifty: float


class Loss(NamedTuple):
    """Of the points whose calls had returned before the kill, those that are not found."""

    returned: int
    lost: int


@contextmanager
def child(python: str, name: str, folder: Path, what: str) -> Iterator[subprocess.Popen[bytes]]:
    """A contender's process; what it says goes to a file."""
    paths = {"PYTHONPATH": str(ROOT)} if name in OURS else {}
    with (folder / f"{what}.log").open("wb") as said:
        process = subprocess.Popen(
            [python, str(SCRIPT), name, str(folder), what],
            cwd=folder,
            env={**os.environ, **paths},
            stdout=said,
            stderr=said,
        )
        try:
            yield process
        finally:
            process.kill()
            process.wait()


def cost(python: str, name: str) -> Cost:
    """What a call takes in one round."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as made:
        folder = Path(made)
        with child(python, name, folder, "time") as process:
            process.wait(PATIENCE)
        return Cost(*json.loads((folder / "result.json").read_text()))


def loss(python: str, name: str) -> Loss:
    """What one kill of the training process costs, at a random moment."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as made:
        folder = Path(made)
        with child(python, name, folder, "log") as process:
            end = monotonic() + PATIENCE
            while not (folder / "returned").exists() and monotonic() < end:
                sleep(0.01)
            sleep(random.uniform(0.5, 3.0))
            process.send_signal(signal.SIGKILL)
            process.wait()
        sleep(SETTLE)
        returned = int.from_bytes((folder / "returned").read_bytes(), "little")
        with child(python, name, folder, "read") as process:
            process.wait(PATIENCE)
        found = set(json.loads((folder / "found.json").read_text()))
        return Loss(returned, len(set(range(returned)) - found))


def peers_of(python: str | None) -> list[str]:
    """The others that a Python has."""
    ask = "import importlib.util as u, sys; sys.exit(u.find_spec(sys.argv[1]) is None)"
    return [
        name
        for name, module in PEERS.items()
        if python and not subprocess.run([python, "-c", ask, module], check=False, cwd="/").returncode
    ]


def measure(pythons: dict[str, str], rounds: int) -> dict[str, Cost]:
    """One round of each in turn, so that what else the machine does meets all alike."""
    found: dict[str, list[Cost]] = {name: [] for name in pythons}
    for _ in range(rounds):
        for name, python in pythons.items():
            found[name].append(cost(python, name))
    clock = median(each.one for each in found.pop("nothing"))
    return {
        name: Cost(median(each.one for each in costs) - clock, median(each.fifty for each in costs) - clock)
        for name, costs in found.items()
    }


def lost_by(losses: list[Loss]) -> int:
    """How many points kills cost in all."""
    return sum(each.lost for each in losses)


def told(losses: list[Loss]) -> str:
    """What kills cost, in words."""
    if not lost_by(losses):
        return f"none of {sum(each.returned for each in losses)}"
    return f"{max(each.lost for each in losses)} at worst of {max(each.returned for each in losses)}"


def main() -> int:
    """Print the table; 1 where a kill cost us a point: what calls take is for a person to judge, on a quiet machine."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("python", nargs="?", help="a Python that has the others")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--kills", type=int, default=5)
    given = parser.parse_args()
    peers = peers_of(given.python)
    pythons = {**dict.fromkeys(OURS, sys.executable), **dict.fromkeys(peers, given.python)}
    print(f"load {os.getloadavg()[0]:.1f}, {given.rounds} rounds in turn, {given.kills} kills each")
    costs = measure(pythons, given.rounds)
    losses = {name: [loss(pythons[name], name) for _ in range(given.kills)] for name in costs}
    write, ours = costs["os.write"], costs["polyaxon-sdk"]
    print(
        f"  {'':14}{'one metric':>12}{'/ os.write':>12}{'/ ours':>9}{'fifty':>12}{'/ 50 writes':>13}  lost at kill -9"
    )
    for name, each in costs.items():
        print(
            f"  {name:14}{each.one / 1e3:9.2f} us{each.one / write.one:12.2f}{each.one / ours.one:9.1f}"
            f"{each.fifty / 1e3:9.1f} us{each.fifty / write.fifty:13.2f}  {told(losses[name])}"
        )
    print(f"  log_metric / os.write: {ours.one / write.one:.2f} (promised 0.7)")
    print(f"  fifty in a call / 50 os.write: {ours.fifty / write.fifty:.2f} (promised 0.7)")
    for kind, names in (
        ("", peers),
        (" that loses nothing", [name for name in peers if not lost_by(losses[name])]),
    ):
        if names:
            quickest = min(names, key=lambda name: costs[name].one)
            share = costs[quickest].one / ours.one
            print(f"  the quickest other one{kind}: {quickest}, {share:.1f} x ours (promised 8)")
    return int(lost_by(losses["polyaxon-sdk"]) > 0)


if __name__ == "__main__":
    sys.exit(main())
