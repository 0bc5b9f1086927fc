import re
from random import Random

import pytest

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyflow import V1HpUniform
from polyaxon_sdk.tuners.own import SearchSpace, Suggest, suggestions_of

SPACE = SearchSpace({"rate": V1HpUniform(value="0:1")}, Random(1))  # no secret


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        (None, []),
        ([], []),
        ({"rate": 0.1}, [{"rate": 0.1}]),
        (({"rate": 0.1}, {"rate": 0.2}), [{"rate": 0.1}, {"rate": 0.2}]),
    ],
)
def test_one_run_or_several_or_none_may_be_suggested(given: object, wanted: object) -> None:
    assert suggestions_of(lambda *_: given, [], SPACE) == wanted


def test_numbers_of_numpy_are_plain_ones() -> None:
    numpy = pytest.importorskip("numpy")
    [found] = suggestions_of(lambda *_: {"rate": numpy.float64(0.5)}, [], SPACE)
    assert type(found["rate"]) is float


@pytest.mark.parametrize("given", ["rate", 3, [1, 2], {"rate"}])
def test_what_is_no_suggestion_is_told(given: object) -> None:
    def mine(*_: object) -> object:
        return given

    with pytest.raises(InputError, match=re.escape(f"mine gives {given!r}, expected a mapping of values")):
        suggestions_of(mine, [], SPACE)


def test_a_space_tells_its_params_and_draws_from_them() -> None:
    def mine(_: object, space: SearchSpace) -> object:
        assert (list(space), len(space), space["rate"].kind) == (["rate"], 1, "uniform")
        return space.draw()

    suggest: Suggest = mine
    [found] = suggestions_of(suggest, [], SPACE)
    assert 0 <= float(str(found["rate"])) <= 1
