import os
from pathlib import Path

import pytest

from polyaxon_sdk.sidecar.nvml import Nvml
from polyaxon_sdk.sidecar.sample import Sampler

STAT = "cpu  {busy} 0 0 {idle} 0 0 0 0 0 0\ncpu0 1 2 3\n"


class TwoGpus(Nvml):
    """A driver with two GPUs, the second of which is partitioned and keeps its utilization to itself."""

    def gpus(self) -> list[dict[str, float]]:
        return [{"memory_free": 60.0, "memory_used": 40.0, "utilization": 37.0}, {"memory_free": 1.0}]


@pytest.fixture
def proc(tmp_path: Path) -> Path:
    """What the kernel tells, as files."""
    (tmp_path / "stat").write_text(STAT.format(busy=100, idle=100))
    (tmp_path / "meminfo").write_text("MemTotal: 1000 kB\nMemFree: 1 kB\nMemAvailable: 250 kB\n")
    (tmp_path / "loadavg").write_text("0.42 0.30 0.20 1/100 4242\n")
    return tmp_path


def test_memory_and_load_are_told_as_polyaxon_names_them(proc: Path) -> None:
    assert Sampler(proc).sample() == {"memory": 75.0, "load": 0.42}


def test_cpu_is_the_percent_since_the_last_sample(proc: Path) -> None:
    sampler = Sampler(proc)
    (proc / "stat").write_text(STAT.format(busy=130, idle=110))
    assert sampler.sample()["cpu"] == 75.0
    (proc / "stat").write_text(STAT.format(busy=130, idle=120))
    assert sampler.sample()["cpu"] == 0.0


def test_no_time_between_two_samples_tells_no_cpu(proc: Path) -> None:
    assert "cpu" not in Sampler(proc).sample()


def test_each_gpu_is_told_by_its_number(proc: Path) -> None:
    found = Sampler(proc, TwoGpus()).sample()
    assert {name: value for name, value in found.items() if name.startswith("gpu")} == {
        "gpu_0_memory_free": 60.0,
        "gpu_0_memory_used": 40.0,
        "gpu_0_utilization": 37.0,
        "gpu_1_memory_free": 1.0,
    }


def test_what_the_kernel_does_not_tell_is_left_out(tmp_path: Path) -> None:
    assert Sampler(tmp_path).sample() == {}


def test_no_driver_is_no_gpu() -> None:
    assert Nvml("libnothing-of-this-name.so").gpus() == []


def test_this_machine_is_told_within_its_bounds() -> None:
    found = Sampler().sample()
    assert 0 < found["memory"] < 100
    assert found["load"] == pytest.approx(os.getloadavg()[0], abs=1)
