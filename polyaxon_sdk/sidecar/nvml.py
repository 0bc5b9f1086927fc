"""NVIDIA's GPUs, asked through the driver's own library; nothing has to be installed for it."""

from __future__ import annotations

import ctypes

__all__ = ["Nvml"]


class _Memory(ctypes.Structure):
    _fields_ = (("total", ctypes.c_ulonglong), ("free", ctypes.c_ulonglong), ("used", ctypes.c_ulonglong))


class _Utilization(ctypes.Structure):
    _fields_ = (("gpu", ctypes.c_uint), ("memory", ctypes.c_uint))


class Nvml:
    """The GPUs of this machine; none where there is no driver.

    Names and structures are those of NVIDIA's NVML reference, whose functions return 0 when they succeed.

    >>> Nvml().gpus()  # doctest: +SKIP
    [{'memory_free': 84471775232.0, 'memory_used': 604372992.0, 'utilization': 0.0}]
    """

    def __init__(self, library: str = "libnvidia-ml.so.1") -> None:
        self._library = _load(library)
        self._devices = self._find()

    def gpus(self) -> list[dict[str, float]]:
        """For each GPU, in the driver's order: bytes of memory free and used, percent of time it was busy.

        What the driver does not tell (the utilization of a partitioned GPU) is left out.
        """
        if self._library is None:
            return []
        return [_ask(self._library, device) if device.value else {} for device in self._devices]

    def _find(self) -> list[ctypes.c_void_p]:
        count = ctypes.c_uint()
        if self._library is None or self._library.nvmlDeviceGetCount_v2(ctypes.byref(count)):
            return []
        devices = [ctypes.c_void_p() for _ in range(count.value)]
        for number, device in enumerate(devices):
            self._library.nvmlDeviceGetHandleByIndex_v2(ctypes.c_uint(number), ctypes.byref(device))
        return devices


def _ask(library: ctypes.CDLL, device: ctypes.c_void_p) -> dict[str, float]:
    return {**_memory(library, device), **_busy(library, device)}


def _memory(library: ctypes.CDLL, device: ctypes.c_void_p) -> dict[str, float]:
    found = _Memory()
    if library.nvmlDeviceGetMemoryInfo(device, ctypes.byref(found)):
        return {}
    return {"memory_free": float(found.free), "memory_used": float(found.used)}


def _busy(library: ctypes.CDLL, device: ctypes.c_void_p) -> dict[str, float]:
    found = _Utilization()
    if library.nvmlDeviceGetUtilizationRates(device, ctypes.byref(found)):
        return {}
    return {"utilization": float(found.gpu)}


def _load(name: str) -> ctypes.CDLL | None:
    try:
        library = ctypes.CDLL(name)
    except OSError:
        return None
    return None if library.nvmlInit_v2() else library
