"""Outputs are found by the names that they were logged under, and by those of their files."""

import pytest

from polyaxon_sdk.runs.clock import Clock
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.outputs import Outputs
from polyaxon_sdk.runs.record import RecordWriter
from polyaxon_sdk.runs.state import read_run


@pytest.mark.parametrize(
    ("held", "asked"),
    [
        ("train/acc", "train/acc"),
        ("train/acc", "train__acc"),
        ("train__acc", "train/acc"),
        ("a b.c", "a-b-c"),
    ],
)
def test_a_value_is_found_in_either_spelling(held: str, asked: str) -> None:
    values = Outputs({held: 0.5, "loss": 1})
    assert (values[asked], values.get(asked), asked in values, list(values)) == (
        0.5,
        0.5,
        True,
        [held, "loss"],
    )


def test_a_name_goes_before_another_spelling() -> None:
    assert Outputs({"train/acc": 1, "train__acc": 2})["train__acc"] == 2


@pytest.mark.parametrize("name", ["acc", "", "train_acc"])
def test_what_no_value_is_called_is_not_there(name: str) -> None:
    values = Outputs({"train/acc": 0.5})
    assert (values.get(name), values.get(name, 7), name in values) == (None, 7, False)
    with pytest.raises(KeyError, match=f"'{name}'"):
        values[name]


def test_a_run_tells_its_metrics_by_the_names_that_they_were_logged_under(folder: RunFolder) -> None:
    writer = RecordWriter(folder, Clock())
    writer.append(
        "series", summaries={"train__acc": {"name": "train/acc", "last": 0.5}, "loss": {"last": 1.0}}
    )
    writer.append("outputs", values={"best": 3, "train/acc": None})
    state = read_run(folder)
    assert (dict(state.metrics), dict(state.outputs)) == (
        {"train/acc": 0.5, "loss": 1.0},
        {"train/acc": 0.5, "loss": 1.0, "best": 3},
    )


def test_a_run_is_told_in_a_line(folder: RunFolder) -> None:
    RecordWriter(folder).append("created", name="fit", project="digits")
    told = "name='fit', project='default/digits', status='unknown'"
    assert repr(read_run(folder)) == f"RunState(uuid={folder.uuid!r}, {told})"
