"""A run to log to, a model that fits in a moment, and what a run holds afterwards."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from keras import Model, Sequential, layers, utils

from polyaxon_sdk import tracking


@pytest.fixture
def run(home: Path) -> Iterator[tracking.Run]:
    """An active run."""
    with tracking.init() as run:
        yield run


@pytest.fixture
def model() -> Model:
    """A compiled line."""
    utils.set_random_seed(1)
    model = Sequential([layers.Input((1,)), layers.Dense(1)])
    model.compile(optimizer="sgd", loss="mse", metrics=["mae"])
    return model


@pytest.fixture
def line() -> dict[str, np.ndarray]:
    """Points on a line, as `fit` takes them."""
    x = np.linspace(-1, 1, 16).reshape(-1, 1)
    return {"x": x, "y": 2 * x + 1}
