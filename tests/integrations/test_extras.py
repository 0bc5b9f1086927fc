"""What a person is told when a framework is not installed."""

from importlib import import_module

import pytest

from polyaxon_integrations.extras import requires
from polyaxon_sdk.exceptions import MissingExtraError, PolyaxonError


def test_a_missing_framework_names_the_line_that_installs_it() -> None:
    line = r"^no_such_thing is not installed: pip install 'polyaxon-sdk\[no_such_thing\]'$"
    with pytest.raises(MissingExtraError, match=line), requires("no_such_thing"):
        import_module("no_such_thing")


def test_an_extra_may_be_called_differently() -> None:
    with pytest.raises(MissingExtraError, match=r"\[things\]"), requires("no_such_thing", extra="things"):
        import_module("no_such_thing")


def test_a_missing_framework_is_an_import_error_and_one_of_ours() -> None:
    assert issubclass(MissingExtraError, ImportError)
    assert issubclass(MissingExtraError, PolyaxonError)


def test_what_a_framework_itself_lacks_passes_through() -> None:
    with pytest.raises(ModuleNotFoundError, match="scipy") as caught, requires("keras"):
        raise ModuleNotFoundError("No module named 'scipy'", name="scipy")
    assert not isinstance(caught.value, MissingExtraError)


def test_other_errors_pass_through() -> None:
    with pytest.raises(ValueError, match="broken"), requires("keras"):
        raise ValueError("broken")
