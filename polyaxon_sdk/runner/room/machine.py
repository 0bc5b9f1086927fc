"""What this machine has for runs, as its kernel, its driver or a person says."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyflow import SpecError
from polyaxon_sdk.polyflow.resources import amount_of, as_bytes
from polyaxon_sdk.runner.room.needs import Needs
from polyaxon_sdk.settings import Settings, inherited

__all__ = ["Machine", "check_fits", "machine_of", "visible"]

_CGROUP = Path("/sys/fs/cgroup")
_ANY = "any"


class Machine(NamedTuple):
    """What runs of this machine may take together.

    Attributes:
        cpu: cpus.
        memory: bytes.
        gpus: what `CUDA_VISIBLE_DEVICES` calls each; None where they are not counted.
    """

    cpu: float
    memory: float
    gpus: tuple[str, ...] | None


def machine_of(settings: Settings, *, wants_gpus: bool = True) -> Machine:
    """What the settings say of this machine, else what it has.

    Args:
        settings: of the home.
        wants_gpus: whether the driver is asked, which takes its time.

    Raises:
        InputError: a setting is no amount.
    """
    cpu, memory = _set(settings, "cpu"), _set(settings, "memory")
    return Machine(
        cpu=_cpus() if cpu is None else cpu,
        memory=_memory() if memory is None else memory,
        gpus=_gpus(settings) if wants_gpus else (),
    )


def check_fits(needs: Needs, settings: Settings, *, path: str = "run.container.resources") -> None:
    """Refuse what this machine can never run.

    Raises:
        InputError: it has less than is requested; the numbers are named.
    """
    if needs.is_nothing:
        return
    machine = machine_of(settings, wants_gpus=bool(needs.gpus))
    if machine.gpus is not None and (needs.gpus or 0) > len(machine.gpus):
        asked = f"asked {needs.gpus} GPU{'' if needs.gpus == 1 else 's'}"
        raise InputError(
            f"{asked}, this machine has {len(machine.gpus)}", path=path, expected="fewer, or the setting gpus"
        )
    cpu, memory = needs.least
    if cpu > machine.cpu:
        raise InputError(
            f"asked {cpu:g} cpus, this machine has {machine.cpu:g}",
            path=path,
            expected="fewer, or the setting max_cpu",
        )
    if memory > machine.memory:
        raise InputError(
            f"asked {as_bytes(memory)} of memory, this machine has {as_bytes(machine.memory)}",
            path=path,
            expected="less, or the setting max_memory",
        )


def visible(gpus: tuple[str, ...], needs: Needs) -> dict[str, str]:
    """The variables by which a process sees the GPUs that it has, and no others.

    One that says nothing of GPUs sees all, one that asks for none sees none.

    >>> visible(("1", "3"), Needs(gpus=2))["CUDA_VISIBLE_DEVICES"], visible((), Needs())
    ('1,3', {})
    """
    if needs.gpus is None or len(gpus) < needs.gpus:
        return {}
    # The driver's order, by which they are counted, not that of their speed.
    return {"CUDA_DEVICE_ORDER": "PCI_BUS_ID", "CUDA_VISIBLE_DEVICES": ",".join(gpus)}


def _set(settings: Settings, resource: str) -> float | None:
    name = f"max_{resource}"
    text = settings.texts[name]
    if not text:
        return None
    try:
        return amount_of(resource, text)
    except SpecError:
        expected = "such as 4 or 500m" if resource == "cpu" else "such as 16Gi"
        raise InputError(
            f"{text!r} is no amount", where=settings.sources[name], path=name, expected=expected
        ) from None


def _cpus() -> float:
    """The cpus that processes of this one may use."""
    count = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    with suppress(OSError, ValueError):
        quota, period = (_CGROUP / "cpu.max").read_text().split()
        return min(float(count), float(quota) / float(period))
    return float(count)


def _memory() -> float:
    """The bytes that processes of this one may use."""
    total = float(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES"))
    with suppress(OSError, ValueError):
        return min(total, float((_CGROUP / "memory.max").read_text()))
    return total


def _gpus(settings: Settings) -> tuple[str, ...] | None:
    """The GPUs that a person says there are, else those that this process may use."""
    text, visible = settings.texts["gpus"].strip(), inherited({}).get("CUDA_VISIBLE_DEVICES")
    named = None if visible is None else tuple(word.strip() for word in visible.split(",") if word.strip())
    if text == _ANY:
        return None
    if text:
        if not text.isdecimal():
            raise InputError(
                f"{text!r} is no number of GPUs",
                where=settings.sources["gpus"],
                path="gpus",
                expected=f"a whole number, or {_ANY}",
            )
        return named[: int(text)] if named and len(named) >= int(text) else tuple(map(str, range(int(text))))
    from polyaxon_sdk.sidecar.nvml import Nvml  # loads the driver's library

    count = len(Nvml().gpus())
    return tuple(map(str, range(count))) if named is None else named[:count]
