"""Ranks that the real torchrun starts, and that talk to each other: they log to one run."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.series import read_series
from polyaxon_sdk.runs.state import RunState, read_run
from polyaxon_sdk.sidecar.launch import Sidecar
from tests.required import required

RANKS = 2
TRAIN = """
import sys
import torch
import torch.distributed as ranks
from polyaxon_sdk import tracking

ranks.init_process_group("gloo")
rank, total = ranks.get_rank(), torch.ones(1)
ranks.all_reduce(total)
tracking.init(name="ranks")
for step in range(50):
    tracking.log_metric(f"loss-{rank}", total.item(), step=step)
ranks.barrier()
if rank in map(int, sys.argv[1:]):
    raise ValueError("no digits")
ranks.destroy_process_group()
"""
COMPONENT = """
version: 1.1
kind: component
run:
  kind: job
  container: {command: [python, -m, torch.distributed.run], args: [--standalone, --nproc-per-node, "2", train.py]}
"""
TORCHRUN = ("-m", "torch.distributed.run", "--standalone", "--nproc-per-node", str(RANKS))


@pytest.fixture
def place(tmp_path: Path, home: Path) -> Path:
    """A folder with a training script and a component that runs it, beside an empty home."""
    required("torch")
    (tmp_path / "train.py").write_text(TRAIN)
    (tmp_path / "polyaxonfile.yml").write_text(COMPONENT)
    return tmp_path


def start(place: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run Python in the folder, with ranks that find each other over loopback."""
    environment = {**os.environ, "GLOO_SOCKET_IFNAME": "lo", "OMP_NUM_THREADS": "1"}
    return subprocess.run(
        [sys.executable, *words],
        cwd=place,
        env=environment,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )


def the_run(home: Path) -> tuple[RunFolder, RunState]:
    """The only run of the home, once its sidecar is through."""
    (path,) = (home / "runs").iterdir()
    assert Sidecar(RunFolder(path)).wait(120)
    return RunFolder(path), read_run(RunFolder(path))


def losses(folder: RunFolder) -> dict[str, list[float]]:
    """The values of each series."""
    return {name: [point.value for point in points] for name, points in read_series(folder).items()}


ALL = {f"loss-{rank}": [float(RANKS)] * 50 for rank in range(RANKS)}


def test_by_hand_its_ranks_have_one_run(place: Path, home: Path) -> None:
    done = start(place, *TORCHRUN, "train.py")
    assert done.returncode == 0, done.stderr
    folder, run = the_run(home)
    assert (losses(folder), run.name, run.status) == (ALL, "ranks", "succeeded")


def test_under_polyaxon_run_its_ranks_log_to_that_run(place: Path, home: Path) -> None:
    done = start(place, "-m", "polyaxon_sdk", "run", "-f", "polyaxonfile.yml")
    assert done.returncode == 0, done.stderr
    folder, run = the_run(home)
    assert (losses(folder), run.name, run.status) == (ALL, "ranks", "succeeded")


def test_a_rank_that_fails_fails_the_run(place: Path, home: Path) -> None:
    assert start(place, *TORCHRUN, "train.py", "1").returncode == 1
    folder, run = the_run(home)
    assert (losses(folder), run.status) == (ALL, "failed")
    assert run.conditions[-1].message == "rank 1: ValueError: no digits"
