import pytest
from hypothesis import given
from hypothesis import strategies as st

from polyaxon_sdk.storage.retry import Retry


@pytest.mark.parametrize(("failures", "pause"), [(1, 0.25), (2, 0.5), (3, 1.0), (8, 30.0), (10_000, 30.0)])
def test_pauses_double_up_to_the_longest(failures: int, pause: float) -> None:
    assert Retry(jitter=lambda: 1.0).pause(failures) == pause


@given(failures=st.integers(1, 50))
def test_jitter_only_shortens_a_pause(failures: int) -> None:
    assert 0 <= Retry().pause(failures) <= Retry(jitter=lambda: 1.0).pause(failures)


def test_a_large_file_is_allowed_more_time() -> None:
    assert Retry(patience=10, slowest=100).allowed(500) == 15
