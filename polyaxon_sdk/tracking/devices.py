"""Taking the value of a scalar that an accelerator is still computing, without waiting for it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from types import ModuleType

__all__ = ["Promise", "promise_of", "waits"]

Promise: TypeAlias = "Callable[[], float]"
"""Gives the number once the device has it, and waits until then."""

_HOST_DEVICES = frozenset({1, 3, 11, 13})
"""The device types of DLPack whose memory the host reads as its own."""


def promise_of(value: object, *, on_host: bool = False) -> Promise | None:
    """What gives the number of `value` later; None where it is at hand, or is no scalar of these frameworks.

    What the device has yet to do for it is queued behind its work, so that the value is that of this moment even
    where it is written over afterwards.

    Args:
        value: a scalar of torch, jax or TensorFlow; no other can be taken without waiting.
        on_host: take a scalar in the host's memory in the same way.

    >>> promise_of(0.5) is None
    True
    """
    try:
        for framework, take in _TAKERS.items():
            if (module := sys.modules.get(framework)) is not None and isinstance(
                value, _tensors(framework, module)
            ):
                return take(module, value, on_host)
    except Exception:  # a framework's own, say of a tensor that is being traced; then it is no number either
        return None
    return None


def waits(value: object) -> bool:
    """Whether reading `value` has to wait for a device, as arrays tell by the DLPack protocol."""
    try:
        device, _ = value.__dlpack_device__()  # type: ignore[attr-defined]  # what has none is caught below
    except Exception:  # most values have no device, and an array's own method may raise whatever it likes
        return False
    return int(device) not in _HOST_DEVICES


def _tensors(framework: str, module: ModuleType) -> tuple[type, ...]:
    """The types of a framework's tensors; none while it is being imported."""
    names = ("Array",) if framework == "jax" else ("Tensor", "Variable")
    found = [vars(module).get(name) for name in names]
    return tuple(kind for kind in found if isinstance(kind, type))


def _from_torch(torch: Any, value: Any, on_host: bool) -> Promise | None:  # noqa: FBT001  # siblings share a shape
    kind = value.device.type
    if value.numel() != 1 or (kind == "cpu" and not on_host):
        return None
    scalar = value.detach().reshape(())
    if kind != "cuda":
        kept = scalar.clone()
        return lambda: float(kept)
    # Pinned memory alone is copied to without waiting, and an event tells when that is done.
    host = torch.empty((), dtype=scalar.dtype, pin_memory=True)
    host.copy_(scalar, non_blocking=True)
    copied = torch.cuda.Event()
    copied.record(torch.cuda.current_stream(value.device))

    def number() -> float:
        copied.synchronize()
        return float(host)

    return number


def _from_jax(_jax: Any, value: Any, on_host: bool) -> Promise | None:  # noqa: FBT001  # siblings share a shape
    if value.size != 1 or (value.is_ready() and not on_host):
        return None
    value.copy_to_host_async()
    return lambda: float(value.item())


def _from_tensorflow(tensorflow: Any, value: Any, on_host: bool) -> Promise | None:  # noqa: FBT001  # as above
    on_device = value.device and not value.device.upper().rpartition("DEVICE:")[2].startswith("CPU")
    if value.shape.num_elements() != 1 or not (on_device or on_host):
        return None
    kept = value.read_value() if isinstance(value, tensorflow.Variable) else value
    return lambda: float(kept.numpy().item())


_TAKERS: dict[str, Callable[[Any, Any, bool], Promise | None]] = {
    "torch": _from_torch,
    "jax": _from_jax,
    "tensorflow": _from_tensorflow,
}
