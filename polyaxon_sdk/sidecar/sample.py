"""Sampling the machine: processor, memory, load, and GPUs where there are some (semantics 5.5)."""

from __future__ import annotations

from pathlib import Path

from polyaxon_sdk.sidecar.nvml import Nvml

__all__ = ["Sampler"]

_IDLE = slice(3, 5)
"""Where /proc/stat counts the time of doing nothing, and of doing nothing but wait for a disk (proc(5))."""
_COUNTED = 8
"""How many of its columns are apart: the time of guests, behind them, is counted in user time already."""


class Sampler:
    """Samples under the names of `resources/metric`; what can't be told is left out.

    `cpu` and `memory` are percent of the machine, `load` is its one-minute average, `gpu_<n>_memory_free` and
    `gpu_<n>_memory_used` are bytes, `gpu_<n>_utilization` is percent. `cpu` tells of the time since the sample
    before, so that the first one has none.

    >>> Sampler().sample()["load"]  # doctest: +SKIP
    0.42
    """

    def __init__(self, proc: str | Path = "/proc", nvml: Nvml | None = None) -> None:
        self._proc = Path(proc)
        self._nvml = nvml or Nvml()
        self._times = self._read_times()

    def sample(self) -> dict[str, float]:
        """The machine now."""
        return {**self._cpu(), **self._memory(), **self._load(), **self._gpus()}

    def _cpu(self) -> dict[str, float]:
        before, self._times = self._times, self._read_times()
        total = sum(self._times) - sum(before)
        if not before or total <= 0:
            return {}
        idle = sum(self._times[_IDLE]) - sum(before[_IDLE])
        return {"cpu": min(100.0, max(0.0, 100.0 * (total - idle) / total))}

    def _memory(self) -> dict[str, float]:
        sizes = {}
        for line in self._lines("meminfo"):
            name, _, size = line.partition(":")
            sizes[name] = float(size.split()[0])
        if not {"MemTotal", "MemAvailable"} <= set(sizes):
            return {}
        return {"memory": 100.0 * (1.0 - sizes["MemAvailable"] / sizes["MemTotal"])}

    def _load(self) -> dict[str, float]:
        lines = self._lines("loadavg")
        return {"load": float(lines[0].split()[0])} if lines else {}

    def _gpus(self) -> dict[str, float]:
        return {
            f"gpu_{number}_{name}": value
            for number, gpu in enumerate(self._nvml.gpus())
            for name, value in gpu.items()
        }

    def _read_times(self) -> list[int]:
        lines = self._lines("stat")
        return [int(ticks) for ticks in lines[0].split()[1 : 1 + _COUNTED]] if lines else []

    def _lines(self, name: str) -> list[str]:
        try:
            return (self._proc / name).read_text(encoding="ascii").splitlines()
        except (OSError, UnicodeDecodeError):
            return []
