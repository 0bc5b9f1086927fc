import numpy as np
import pytest

from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.tracking.run import Run
from tests.required import required
from tests.tracking.logged import events_in, problem_of, row_in, value_in

RANDOM = np.random.default_rng(5)
SCORES = RANDOM.random(40)
TRUTH = RANDOM.integers(0, 2, 40)
CLASSES = RANDOM.integers(0, 3, 40)
BY_CLASS = RANDOM.random((40, 3))


def test_a_roc_curve_is_an_event_as_polyaxon_writes_it(run: Run, folder: RunFolder) -> None:
    run.log_roc_auc_curve("roc", np.array([0, 1]), [0, 1.0], auc=np.float64(0.5), step=1)
    assert row_in(folder, "curve", "roc") == '{"kind":"roc","x":[0.0,1.0],"y":[0.0,1.0],"annotation":"0.5"}'


def test_a_pr_curve_is_an_event_as_polyaxon_writes_it(run: Run, folder: RunFolder) -> None:
    run.log_pr_curve("pr", [0.5, 1], (1, 0), average_precision=0.0)
    assert row_in(folder, "curve", "pr") == '{"kind":"pr","x":[0.5,1.0],"y":[1.0,0.0],"annotation":"0.0"}'


def test_a_curve_of_ones_own_needs_no_annotation(run: Run, folder: RunFolder) -> None:
    run.log_curve("own", np.array([1.5], "float32"), iter([2]))
    assert row_in(folder, "curve", "own") == '{"kind":"custom","x":[1.5],"y":[2.0]}'


@pytest.mark.fit
def test_a_curve_takes_tensors(run: Run, folder: RunFolder) -> None:
    run.log_curve("own", required("tensorflow").constant([1.5]), required("torch").tensor([2.0]))
    assert row_in(folder, "curve", "own") == '{"kind":"custom","x":[1.5],"y":[2.0]}'


def test_the_bars_of_an_annotation_break_no_row(run: Run, folder: RunFolder) -> None:
    run.log_curve("own", [1], [2], annotation="a|b\n")
    assert value_in(folder, "curve", "own")["annotation"] == "a|b\n"


def test_a_roc_curve_is_computed(run: Run, folder: RunFolder) -> None:
    run.log_sklearn_roc_auc_curve("roc", SCORES, TRUTH, step=4)
    value = value_in(folder, "curve", "roc")
    assert (value["kind"], value["annotation"]) == (
        "roc",
        str(float(required("sklearn.metrics").roc_auc_score(TRUTH, SCORES))),
    )


def test_a_pr_curve_is_computed(run: Run, folder: RunFolder) -> None:
    run.log_sklearn_pr_curve("pr", SCORES.tolist(), TRUTH.tolist())
    value = value_in(folder, "curve", "pr")
    area = required("sklearn.metrics").average_precision_score(TRUTH, SCORES)
    assert (value["kind"], value["annotation"]) == ("pr", str(float(area)))


@pytest.mark.parametrize("index", range(3))
def test_each_class_has_its_curves(run: Run, folder: RunFolder, index: int) -> None:
    run.log_sklearn_roc_auc_curve("roc", BY_CLASS, CLASSES, is_multi_class=True)
    run.log_sklearn_pr_curve("pr", BY_CLASS, CLASSES, is_multi_class=True)
    truth, scores = [each == index for each in CLASSES], BY_CLASS[:, index]
    found = [value_in(folder, "curve", f"{name}_{index}")["annotation"] for name in ("roc", "pr")]
    known = required("sklearn.metrics")
    areas = [score(truth, scores) for score in (known.roc_auc_score, known.average_precision_score)]
    assert found == [str(float(area)) for area in areas]


def test_a_confusion_matrix_is_an_event_as_polyaxon_writes_it(run: Run, folder: RunFolder) -> None:
    run.log_confusion_matrix("matrix", np.array(["a", "b"]), ["a", "b"], np.array([[1, 2], [3, 4]]))
    assert row_in(folder, "confusion", "matrix") == '{"x":["a","b"],"y":["a","b"],"z":[[1,2],[3,4]]}'


def test_a_curve_has_its_step_and_time(run: Run, folder: RunFolder) -> None:
    run.log_curve("own", [1], [2], step=3, timestamp=1.5)
    (event,) = events_in(folder, "curve", "own")
    assert event[:2] == (3, "1970-01-01 00:00:01.500000+00:00")


@pytest.mark.parametrize(
    ("x", "y", "words"),
    [
        ([1, 2], [1], "there are 2 values of x and 1 of y"),
        (["a"], [1], "x: str 'a' is no number, expected a list of numbers"),
        (3, [1], "x: int '3' is no list, expected a list of numbers"),
        ([[1, 2]], [1], "x: list '[1, 2]' is no number, expected a list of numbers"),
    ],
)
def test_what_is_no_curve_is_left_out_with_a_line(
    run: Run, folder: RunFolder, x: object, y: object, words: str
) -> None:
    run.log_curve("own", x, y)
    assert problem_of(folder) == f"curve 'own' is left out: {words}"


@pytest.mark.parametrize("z", [[[1, 2]], [[1], [2]], [1, 2], [[1, 2], [3]]])
def test_what_is_no_matrix_is_left_out_with_a_line(run: Run, folder: RunFolder, z: object) -> None:
    run.log_confusion_matrix("matrix", ["a", "b"], ["a", "b"], z)
    assert "for 2x2 labels" in problem_of(folder)


def test_columns_are_those_of_the_classes(run: Run, folder: RunFolder) -> None:
    run.log_sklearn_roc_auc_curve("roc", SCORES, CLASSES, is_multi_class=True)
    assert "predictions have the shape (40,): a column for each of 3 classes" in problem_of(folder)
