from types import ModuleType

import pytest

from polyaxon_sdk.client.extras import load_extra
from polyaxon_sdk.exceptions import MissingExtraError


def test_a_module_that_is_there_is_given() -> None:
    assert isinstance(load_extra("json", "json"), ModuleType)


def test_a_library_that_is_not_there_is_told_with_the_line_that_installs_it() -> None:
    with pytest.raises(MissingExtraError, match=r"no_such is not installed: pip install 'things\[x\]'"):
        load_extra("no_such.part", "things[x]")


def test_a_part_that_an_installed_library_lacks_is_another_error() -> None:
    with pytest.raises(ModuleNotFoundError, match=r"No module named 'json\.no_such'") as told:
        load_extra("json.no_such", "json")
    assert not isinstance(told.value, MissingExtraError)
