"""The examples in the package's docstrings give what they say."""

import doctest
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FILES = sorted(path for path in (ROOT / "polyaxon_sdk").rglob("*.py") if ">>>" in path.read_text())
MODULES = [".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__") for path in FILES]
PACKAGES = sorted({name.split(".")[1] for name in MODULES})


@pytest.mark.parametrize("package", PACKAGES)
@pytest.mark.usefixtures("home")
@pytest.mark.filterwarnings("ignore:V1Hyperopt:DeprecationWarning")
def test_the_examples_of_a_package_hold(package: str) -> None:
    modules = [import_module(name) for name in MODULES if name.split(".")[1] == package]
    assert [module.__name__ for module in modules if doctest.testmod(module).failed] == []
