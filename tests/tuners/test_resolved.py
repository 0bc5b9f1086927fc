import pytest

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyflow import V1RandomSearch
from polyaxon_sdk.tuners.resolved import resolved, seed_of


def test_a_template_that_is_left_is_told_as_it_stands() -> None:
    with pytest.raises(InputError, match=r"'\{\{ space \}\}' is not resolved yet"):
        resolved("{{ space }}")


def test_what_is_no_template_stays_the_very_same() -> None:
    params = {"rate": 0.1}
    assert resolved(params) is params


@pytest.mark.parametrize("seed", [0, 7, None])
def test_a_seed_is_the_one_that_is_given(seed: int | None) -> None:
    assert seed_of(V1RandomSearch(params={}, num_runs=1, seed=seed)) == seed


def test_a_seed_that_is_a_template_is_refused() -> None:
    with pytest.raises(InputError, match="is not resolved yet, expected a number"):
        seed_of(V1RandomSearch(params={}, num_runs=1, seed="{{ seed }}"))
