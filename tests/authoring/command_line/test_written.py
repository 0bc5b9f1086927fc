from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import pytest

from polyaxon_sdk.authoring.annotations import meaning_of
from polyaxon_sdk.authoring.command_line.written import check_written
from polyaxon_sdk.exceptions import InputError


@dataclass
class Layer:
    name: str


@pytest.mark.parametrize(
    ("annotation", "value", "problem"),
    [
        (str, 1.1, "1.1 is no text, expected it in quotes"),
        (str, 8, "8 is no text"),
        (str, True, "True is no text"),
        (Path, 8, "8 is no text"),
        (list[str], ["a", 8], "8 is no text"),
        (Layer, {"name": 8}, "^name: 8 is no text"),
        (int | str, True, "True is of another type, expected int or str"),
        (int, None, "null is no value of it, expected int"),
    ],
)
def test_what_yaml_read_otherwise_is_refused(annotation: object, value: object, problem: str) -> None:
    with pytest.raises(InputError, match=problem):
        check_written(meaning_of(annotation), value)


@pytest.mark.parametrize(
    ("annotation", "value"),
    [
        (str, "1.10"),
        (str | None, None),
        (Any, None),
        (Any, 1.1),
        (int | str, 3),
        (float, 3),
        (Literal["a"], "a"),
        (Layer, {"name": "a"}),
    ],
)
def test_all_else_is_taken(annotation: object, value: object) -> None:
    check_written(meaning_of(annotation), value)
