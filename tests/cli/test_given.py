from pathlib import Path

import pytest

from polyaxon_sdk.cli.given import values_of
from polyaxon_sdk.cli.params import Typed
from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyflow import V1IO, V1Component, V1Operation

INPUTS = [
    V1IO(name="plain", type="any"),
    V1IO(name="free"),
    V1IO(name="note", type="str"),
    V1IO(name="model", type="dict"),
    V1IO(name="sizes", type="int", is_list=True),
]
OPERATION = V1Operation(component=V1Component(name="train", inputs=INPUTS))


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("plain=3", 3),
        ("plain='3'", "3"),
        ("plain=[a, 2]", ["a", 2]),
        ("plain={{ globals.uuid }}", "{{ globals.uuid }}"),
        ("free=1.10", "1.10"),
        ("note=3", "3"),
        ("note=@alice", "@alice"),
        ("model={layers: 2}", {"layers": 2}),
        ("sizes=[1, 2]", [1, 2]),
    ],
)
def test_a_word_is_read_as_far_as_the_type_says_that_it_is_no_text(word: str, value: object) -> None:
    assert list(values_of([word], OPERATION).values()) == [value]


def test_a_value_that_was_read_before_is_not_read_again() -> None:
    assert values_of([Typed("-P", "plain", "3")], OPERATION) == {"plain": "3"}


@pytest.mark.parametrize("name", ["plain", "model"])
def test_a_file_stands_for_what_it_holds(name: str, tmp_path: Path) -> None:
    (tmp_path / "model.yaml").write_text("layers: 2\n")
    assert values_of([f"{name}=@{tmp_path / 'model.yaml'}"], OPERATION) == {name: {"layers": 2}}


def test_a_file_that_is_not_there_is_told() -> None:
    with pytest.raises(InputError, match=r"can't read 'none\.yaml': No such file"):
        values_of(["model=@none.yaml"], OPERATION)


def test_a_text_that_a_file_gives_stays_one(tmp_path: Path) -> None:
    (tmp_path / "given.yaml").write_text("plain: '3'\n")
    assert values_of([f"@{tmp_path / 'given.yaml'}"], OPERATION) == {"plain": "3"}
