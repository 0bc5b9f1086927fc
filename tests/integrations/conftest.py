"""A run to log to, a model that fits in a moment, and what a run holds afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from polyaxon_sdk import tracking

if TYPE_CHECKING:
    from keras import Model


@pytest.fixture
def run(home: Path) -> Iterator[tracking.Run]:
    """An active run."""
    with tracking.init() as run:
        yield run


@pytest.fixture
def model() -> Model:
    """A compiled line."""
    from keras import Sequential, layers, utils  # seconds that the files beside need not wait for

    utils.set_random_seed(1)
    model = Sequential([layers.Input((1,)), layers.Dense(1)])
    model.compile(optimizer="sgd", loss="mse", metrics=["mae"])
    return model


@pytest.fixture
def line() -> dict[str, np.ndarray]:
    """Points on a line, as `fit` takes them."""
    x = np.linspace(-1, 1, 16).reshape(-1, 1)
    return {"x": x, "y": 2 * x + 1}
