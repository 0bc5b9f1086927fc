import pytest

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.storage.keys import checked


@pytest.mark.parametrize("key", ["a", "a/b.txt", "0f/outputs/naïve name", "a/.hidden", "a/..b"])
def test_a_relative_path_is_a_key(key: str) -> None:
    assert checked(key) == key


@pytest.mark.parametrize("key", ["", "/etc/passwd", "../x", "a/../../x", "a//b", "a/", "./a", "a/.", "a\0b"])
def test_what_may_lead_out_of_the_store_is_no_key(key: str) -> None:
    with pytest.raises(InputError, match="is not inside the store"):
        checked(key)
