"""The short way to say what a container needs: `cpu: 1..2`."""

from __future__ import annotations

import re

from polyaxon_sdk.polyflow.problems import at, fault

__all__ = ["check_resources", "split_resource"]

_NUMBER = r"(?P<number>\d+(?:\.\d*)?|\.\d+)"
_AMOUNTS = {
    "cpu": (re.compile(rf"{_NUMBER}(?P<unit>[mun]?)", re.ASCII), "a number of cpus such as 0.5 or 500m"),
    "memory": (
        re.compile(rf"{_NUMBER}(?P<unit>[KMGTPE]i|[kMGTPE]|)", re.ASCII),
        "an amount such as 512Mi or 2Gi",
    ),
}
_COUNT = (re.compile(r"(?P<number>\d{1,18})(?P<unit>)", re.ASCII), "a whole number")
_UNITS = {"": 1.0, "m": 1e-3, "u": 1e-6, "n": 1e-9} | {
    unit: float(base**power)
    for base, ending in ((1000, ""), (1024, "i"))
    for power, first in enumerate("kMGTPE", 1)
    for unit in {f"{first}{ending}", f"{first.upper()}{ending}"}
}


def check_resources(resources: object) -> None:
    """Raise where one of the resources is unknown, or its amount none.

    >>> check_resources({"cpu": "1..2", "memory": "1Gi", "gpu": 1})
    """
    for name, amount in resources.items() if isinstance(resources, dict) else ():
        split_resource(str(name), amount)


def split_resource(name: str, amount: object) -> tuple[object, object]:
    """What is requested of a resource, and the limit; none for a side that isn't said.

    Devices are requested and limited by one number, `cpu` and `memory` requested alone (semantics 1.4).

    Raises:
        SpecError: it is no resource, or no amount of it.

    >>> split_resource("cpu", "1..2"), split_resource("cpu", "..2"), split_resource("gpu", "1")
    (('1', '2'), (None, '2'), (1, 1))
    """
    if name not in (*_AMOUNTS, "gpu") and "/" not in name:
        expected = "cpu, memory, gpu or one such as google.com/tpu"
        raise fault(f"unknown resource {name!r}", expected=expected)
    is_device = name not in _AMOUNTS
    with at(name):
        if not isinstance(amount, str):
            _check_number(amount, is_device=is_device)
            return amount, (amount if is_device else None)
        least, dots, most = (part.strip() for part in amount.partition(".."))
        sides: list[object] = [
            _amount(part, *_AMOUNTS.get(name, _COUNT)) if part else None for part in (least, most)
        ]
        if sides == [None, None]:
            raise fault(f"{amount!r} is not allowed", expected="a request, or REQUEST..LIMIT")
        if None not in sides and _size(name, least) > _size(name, most):
            raise fault(f"the request {least} is more than the limit {most}")
        if is_device:
            sides = [int(str(side)) if side else None for side in sides]
        return sides[0], (sides[1] if dots or not is_device else sides[0])


def _check_number(amount: object, *, is_device: bool) -> None:
    kinds = (int,) if is_device else (int, float)
    if isinstance(amount, bool) or not isinstance(amount, kinds) or not 0 <= amount < 2**63:
        told = "no value" if amount is None else f"{amount!r} is not allowed"
        raise fault(told, expected="a whole number" if is_device else "a number or REQUEST..LIMIT")


def _amount(text: str, pattern: re.Pattern[str], expected: str) -> str:
    if not pattern.fullmatch(text):
        raise fault(f"{text!r} is not allowed", expected=f"{expected}; container.resources takes others")
    return text


def _size(name: str, text: str) -> float:
    found = _AMOUNTS.get(name, _COUNT)[0].fullmatch(text)
    assert found is not None
    return float(found["number"]) * _UNITS[found["unit"]]


def amount_of(name: str, amount: object) -> float:
    """How much of a resource that is: cpus, bytes, devices.

    Raises:
        SpecError: it is no amount of it.

    >>> amount_of("cpu", "500m"), amount_of("memory", "1Gi"), amount_of("nvidia.com/gpu", "2")
    (0.5, 1073741824.0, 2.0)
    """
    if not isinstance(amount, str):
        _check_number(amount, is_device=False)
        return float(amount)  # type: ignore[arg-type]  # it was checked
    return _size(name, _amount(amount.strip(), *_AMOUNTS.get(name, _COUNT)))


def as_bytes(amount: float) -> str:
    """An amount of memory, for people.

    >>> as_bytes(1.5 * 2**30), as_bytes(3 * 2**20)
    ('1.5Gi', '3Mi')
    """
    power = max((power for power in range(7) if amount >= 1024**power), default=0)
    return f"{round(amount / 1024**power, 1):g}{'' if power == 0 else 'KMGTPE'[power - 1] + 'i'}"
