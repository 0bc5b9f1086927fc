from enum import Enum
from pathlib import Path

import numpy as np
import pytest

from polyaxon_sdk.tracking.values import plain
from polyaxon_sdk.types import Json


class Colour(Enum):
    RED = "red"


class Unspeakable:
    def __str__(self) -> str:
        raise RuntimeError("no text")


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, None),
        (True, True),
        (np.bool_(True), True),
        (np.float32(0.5), 0.5),
        (np.int64(3), 3),
        (np.arange(3), [0, 1, 2]),
        ((28, 28), [28, 28]),
        ({1: {"a"}}, {"1": ["a"]}),
        (Path("/data"), "/data"),
        (Colour.RED, "Colour.RED"),
        (Unspeakable(), "<Unspeakable>"),
        ("\ud800", "\ud800"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_a_value_becomes_json(value: object, shown: Json) -> None:
    assert plain(value) == shown


def test_a_value_that_holds_itself_ends_somewhere() -> None:
    endless: list[object] = []
    endless.append(endless)
    assert "[...]" in str(plain(endless))
