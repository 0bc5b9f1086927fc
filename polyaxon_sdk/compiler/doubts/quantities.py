"""Amounts of cpu, memory and devices, as Kubernetes writes them."""

from __future__ import annotations

import re

__all__ = ["amount_of"]

_QUANTITY = re.compile(r"(?P<number>\d+(?:\.\d*)?|\.\d+)(?P<unit>[numkKMGTPE]i?|[eE][-+]?\d+)?")
_UNITS = {
    "n": 1e-9,
    "u": 1e-6,
    "m": 1e-3,
    **{unit: 1000.0**power for power, unit in enumerate("kMGTPE", 1)},
    **{f"{unit}i": 1024.0**power for power, unit in enumerate("KMGTPE", 1)},
}


def amount_of(quantity: object) -> float | None:
    """The number that a quantity such as `500m` or `2Gi` stands for; none where it is no quantity.

    >>> amount_of("500m"), amount_of("1Ki"), amount_of(2), amount_of("many")
    (0.5, 1024.0, 2.0, None)
    """
    if isinstance(quantity, bool) or not isinstance(quantity, (int, float, str)):
        return None
    found = _QUANTITY.fullmatch(str(quantity).strip())
    if found is None:
        return None
    number, unit = float(found["number"]), found["unit"] or ""
    if unit[:1] in ("e", "E") and unit != "E" and unit != "Ei":
        return float(f"{found['number']}{unit}")
    return number * _UNITS[unit] if unit in _UNITS else None if unit else number
