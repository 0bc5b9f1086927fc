"""NVIDIA's GPUs, asked through the driver's own library; nothing has to be installed for it."""

from __future__ import annotations

import ctypes
from typing import NamedTuple

__all__ = ["Gpu", "Nvml"]


class Gpu(NamedTuple):
    """One GPU: bytes of memory free and used, percent of the last moments in which it was busy."""

    memory_free: int
    memory_used: int
    utilization: int


class _Memory(ctypes.Structure):
    _fields_ = (("total", ctypes.c_ulonglong), ("free", ctypes.c_ulonglong), ("used", ctypes.c_ulonglong))


class _Utilization(ctypes.Structure):
    _fields_ = (("gpu", ctypes.c_uint), ("memory", ctypes.c_uint))


class Nvml:
    """The GPUs of this machine; none where there is no driver.

    Names and structures are those of NVIDIA's NVML reference, whose functions return 0 when they succeed.

    >>> Nvml().gpus()  # doctest: +SKIP
    [Gpu(memory_free=84471775232, memory_used=604372992, utilization=0)]
    """

    def __init__(self) -> None:
        self._library = _load()
        self._devices = self._find()

    def gpus(self) -> list[Gpu | None]:
        """One answer a GPU, in the driver's order; None for one that gave none."""
        return [self._ask(device) for device in self._devices]

    def _find(self) -> list[ctypes.c_void_p]:
        count = ctypes.c_uint()
        if self._library is None or self._library.nvmlDeviceGetCount_v2(ctypes.byref(count)):
            return []
        devices = [ctypes.c_void_p() for _ in range(count.value)]
        for number, device in enumerate(devices):
            self._library.nvmlDeviceGetHandleByIndex_v2(ctypes.c_uint(number), ctypes.byref(device))
        return devices

    def _ask(self, device: ctypes.c_void_p) -> Gpu | None:
        memory, utilization = _Memory(), _Utilization()
        if (
            self._library is None
            or not device
            or self._library.nvmlDeviceGetMemoryInfo(device, ctypes.byref(memory))
            or self._library.nvmlDeviceGetUtilizationRates(device, ctypes.byref(utilization))
        ):
            return None
        return Gpu(memory.free, memory.used, utilization.gpu)


def _load() -> ctypes.CDLL | None:
    try:
        library = ctypes.CDLL("libnvidia-ml.so.1")
    except OSError:
        return None
    return None if library.nvmlInit_v2() else library
