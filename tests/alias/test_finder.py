import json
import sys

import pytest

from polyaxon_sdk.alias.finder import AliasFinder
from polyaxon_sdk.alias.table import INTEGRATIONS, PLACES
from tests.alias.conftest import Python

pytestmark = pytest.mark.system

LIGHT = {name: place for name, place in PLACES.items() if not place.endswith(".keras")}
IMPORT_ALL = """
import json, sys
from importlib import import_module
print(json.dumps({name: import_module(name).__name__ for name in json.loads(sys.argv[1])}))
"""
LOADED = """
import sys
before = set(sys.modules)
from polyaxon import tracking
print(*{name.partition(".")[0] for name in set(sys.modules) - before})
"""


def test_each_name_is_the_very_module_that_stands_for_it(python: Python) -> None:
    done = python("-c", IMPORT_ALL, json.dumps(list(LIGHT)))
    assert json.loads(done.stdout) == LIGHT, done.stderr


def test_tracking_is_one_and_the_same_under_all_names(python: Python) -> None:
    program = "from polyaxon import tracking as a; from traceml import tracking as b; print(a is b)"
    assert python("-c", program).stdout == "True\n"


def test_tracking_loads_no_third_party_package(python: Python) -> None:
    loaded = set(python("-c", LOADED).stdout.split())
    assert loaded - sys.stdlib_module_names == {"_polyaxon_alias", "polyaxon", "polyaxon_sdk"}


def test_other_names_are_not_for_it() -> None:
    assert AliasFinder.find_spec("polyaxonfile") is None


@pytest.mark.parametrize("package", INTEGRATIONS)
def test_an_integration_that_is_not_there_names_those_that_are(package: str) -> None:
    line = rf"^polyaxon-sdk has no integration of 'fastai', there is keras: {package}\.fastai$"
    with pytest.raises(ModuleNotFoundError, match=line):
        AliasFinder.find_spec(f"{package}.fastai")


def test_a_module_that_is_not_there_names_the_nearest() -> None:
    with pytest.raises(ModuleNotFoundError, match=r"'polyaxon\.trackin', did you mean 'polyaxon\.tracking'"):
        AliasFinder.find_spec("polyaxon.trackin")


def test_what_is_not_there_can_be_tried(python: Python) -> None:
    program = "try: import polyaxon.sandbox\nexcept ImportError as error: print(error.name)"
    assert python("-c", program).stdout == "polyaxon.sandbox\n"
