"""Amounts as Kubernetes writes them."""

from __future__ import annotations

import pytest

from polyaxon_sdk.compiler.doubts.quantities import amount_of


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1", 1), (2, 2), (0.5, 0.5), ("500m", 0.5), ("1.5Gi", 1.5 * 2**30), ("2k", 2000), ("1e3", 1000),
        ("1E", 1e18), ("1Ei", 2**60), ("1E2", 100), ("100n", 1e-7), (".5", 0.5), ("129M", 129e6),
    ],
)  # fmt: skip
def test_an_amount_is_a_number(text: object, amount: float) -> None:
    assert amount_of(text) == pytest.approx(amount)


@pytest.mark.parametrize(
    "text", ["", "many", "1 Gi", "1GB", "1gi", "-1", "1e", "1mi", True, None, [1], "4..1"]
)
def test_what_is_no_amount_has_none(text: object) -> None:
    assert amount_of(text) is None
