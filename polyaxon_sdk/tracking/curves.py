"""Curves and confusion matrices, as events (semantics 5.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from polyaxon_sdk.tracking.arrays import array_of, floats_of, listed
from polyaxon_sdk.tracking.given import flag_given
from polyaxon_sdk.tracking.interface import Place
from polyaxon_sdk.tracking.series import Series
from polyaxon_sdk.tracking.values import plain
from polyaxon_sdk.types import Json

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["log_confusion", "log_curve", "log_precision_recall", "log_receiver_operating"]


def log_curve(
    place: Place, series: Series, kind: str, points: tuple[object, object], annotation: object
) -> None:
    """Keep a curve of the kind `roc`, `pr` or `custom` with its points' x and y.

    Raises:
        ValueError, TypeError: they are no numbers, or not as many of each.
    """
    x, y = (floats_of(each, name) for each, name in zip(points, "xy", strict=True))
    if len(x) != len(y):
        raise ValueError(f"there are {len(x)} values of x and {len(y)} of y")
    value: dict[str, Json] = {"kind": kind, "x": x, "y": y}
    if annotation is not None:
        value["annotation"] = str(annotation)
    series.log(place, value)


def log_confusion(place: Place, series: Series, x: object, y: object, z: object) -> None:
    """Keep a matrix `z`, a row for each of the labels `y` and a column for each of `x`.

    Raises:
        ValueError, TypeError: the matrix has another shape.
    """
    across, down, cells = (plain(listed(each)) for each in (x, y, z))
    if not isinstance(across, list) or not isinstance(down, list) or not isinstance(cells, list):
        raise TypeError("x, y and z are lists: labels, labels and rows of numbers")
    widths = {len(row) if isinstance(row, list) else 0 for row in cells}
    if len(cells) != len(down) or not widths <= {len(across)}:
        raise ValueError(
            f"it has {len(cells)} rows as wide as {sorted(widths)} for {len(down)}x{len(across)} labels"
        )
    series.log(place, {"x": across, "y": down, "z": cells})


def log_receiver_operating(
    place: Place, series: Series, predictions: object, targets: object, *, by_class: bool
) -> None:
    """Compute ROC curves with scikit-learn and keep them, one a class where `by_class`.

    Raises:
        ModuleNotFoundError: there is no scikit-learn. What it raises of the values passes through.
    """
    from sklearn.metrics import auc, roc_curve  # seconds: paid by who asks scikit-learn for a curve

    for name, scores, truth in _classes(series.name, predictions, targets, by_class=by_class):
        x, y, _ = roc_curve(truth, scores)
        log_curve(place, series.like(name=name), "roc", (x, y), float(auc(x, y)))


def log_precision_recall(
    place: Place, series: Series, predictions: object, targets: object, *, by_class: bool
) -> None:
    """Compute precision-recall curves with scikit-learn and keep them, one a class where `by_class`.

    Raises:
        ModuleNotFoundError: there is no scikit-learn. What it raises of the values passes through.
    """
    from sklearn.metrics import average_precision_score, precision_recall_curve  # see above

    for name, scores, truth in _classes(series.name, predictions, targets, by_class=by_class):
        x, y, _ = precision_recall_curve(truth, scores)
        area = float(average_precision_score(truth, scores))
        log_curve(place, series.like(name=name), "pr", (x, y), area)


def _classes(
    name: str, predictions: object, targets: object, *, by_class: bool
) -> list[tuple[str, NDArray[Any], NDArray[Any]]]:
    """For each curve its name, the scores and what is true."""
    scores, truth = array_of(predictions), array_of(targets)
    if not flag_given(by_class, "is_multi_class"):
        return [(name, scores, truth)]
    classes = sorted(set(truth.tolist()))
    if scores.ndim != 2 or scores.shape[1] != len(classes):
        raise ValueError(
            f"predictions have the shape {scores.shape}: a column for each of {len(classes)} classes"
        )
    return [(f"{name}_{index}", scores[:, index], truth == each) for index, each in enumerate(classes)]
