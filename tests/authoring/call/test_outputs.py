from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple, TypedDict, cast

import pytest

from polyaxon_sdk.authoring.call.outputs import outputs_from
from polyaxon_sdk.authoring.signature import read_signature
from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.tracking.run import Run


class Scores(NamedTuple):
    loss: float
    note: str


class Report(TypedDict, total=False):
    loss: float
    day: date


@dataclass
class Fitted:
    path: Path
    model: bytes


class Scalar:
    """A number as array libraries have them."""

    shape = ()

    def item(self) -> float:
        return 0.5

    def __float__(self) -> float:
        return 0.5


def _outputs(annotation: object, result: object) -> dict[str, object]:
    def f() -> None: ...

    f.__annotations__["return"] = annotation
    return outputs_from(read_signature(f), result, cast(Run, None))


@pytest.mark.parametrize(
    ("annotation", "result", "outputs"),
    [
        (float, 1, {"result": 1.0}),
        (float, Scalar(), {"result": 0.5}),
        (object, Scalar(), {"result": 0.5}),
        (float | None, None, {"result": None}),
        (Scores, Scores(1.0, "ü"), {"loss": 1.0, "note": "ü"}),
        (Report, {"day": date(2024, 2, 3)}, {"day": "2024-02-03"}),
        (Fitted, Fitted(Path("a"), b""), {"path": "a"}),
        (dict, {"a": {1}}, {"result": {"a": [1]}}),
        (None, None, {}),
    ],
)
def test_outputs_are_what_json_holds(annotation: object, result: object, outputs: dict[str, object]) -> None:
    assert _outputs(annotation, result) == outputs


@pytest.mark.parametrize(
    ("annotation", "result", "problem"),
    [
        (float, "high", "result: the function returned 'high', expected float"),
        (list[int], 3, "result: the function returned 3, expected list of int"),
        (Scores, 3, "loss: the function returned a int without 'loss'"),
        (dict, {"a": object}, "result.a: the function returned <class 'object'> is of another type"),
    ],
)
def test_a_result_of_another_type_is_refused(annotation: object, result: object, problem: str) -> None:
    with pytest.raises(InputError, match=problem):
        _outputs(annotation, result)
