"""Frameworks that some tests need: without one they skip, or fail where all of them are to run."""

import importlib
import os
from types import ModuleType
from typing import Any

import pytest

__all__ = ["required"]


def required(name: str) -> Any:
    """The module `name`; without it the test skips, and with POLYAXON_TEST_REQUIRE=all it fails."""
    try:
        module: ModuleType = importlib.import_module(name)
    except ModuleNotFoundError:
        assert os.environ.get("POLYAXON_TEST_REQUIRE") != "all", f"{name} is not installed"
        pytest.skip(f"{name} is not installed", allow_module_level=True)
    return module
