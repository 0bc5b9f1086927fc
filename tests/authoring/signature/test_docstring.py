import pytest

from polyaxon_sdk.authoring.signature.docstring import read_docstring

GOOGLE = """Train.

Args:
    epochs: how often

Returns:
    the loss
"""
NUMPY = """Train.

Parameters
----------
epochs : int
    how often

Returns
-------
float
    the loss
"""
REST = """Train.

:param epochs: how often
:returns: the loss
"""


@pytest.mark.parametrize("text", [GOOGLE, NUMPY, REST], ids=["google", "numpy", "rest"])
def test_each_style_is_read(text: str) -> None:
    found = read_docstring(text)
    assert (found.description, found.parameters, found.result) == (
        "Train.",
        {"epochs": "how often"},
        "the loss",
    )


@pytest.mark.parametrize("text", [None, ""])
def test_no_docstring_says_nothing(text: str | None) -> None:
    assert read_docstring(text) == (None, {}, {}, None)
