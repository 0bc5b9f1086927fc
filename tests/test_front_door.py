"""The package root: every public name opens, and nothing is loaded before it is asked for."""

import json
import subprocess
import sys

import pytest

import polyaxon_sdk

# At start-up these cost more than a good part of tracking does.
HEAVY = {"asyncio", "dataclasses", "importlib", "inspect", "logging", "subprocess", "unicodedata"}
MODULES = 80
"""Modules of ours that `from polyaxon_sdk import tracking` loads: each takes a tenth of a millisecond."""

LAYERS = {"storage", "configuration", "plain_lines"}
"""What ships a run, and what reads a configuration: loaded by who needs it."""


def loaded_by(statement: str) -> set[str]:
    """The modules that a fresh interpreter holds after `statement` and did not hold before."""
    show = "print(json.dumps(sorted(set(sys.modules) - before)))"
    program = f"import json, sys; before = set(sys.modules); {statement}; {show}"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return set(json.loads(done.stdout))


def packages(modules: set[str]) -> set[str]:
    return {name.partition(".")[0] for name in modules}


@pytest.mark.parametrize("name", polyaxon_sdk.__all__)
def test_each_name_opens(name: str) -> None:
    assert getattr(polyaxon_sdk, name) is not None


def test_the_list_of_names_is_sorted_and_whole() -> None:
    assert sorted(polyaxon_sdk.__all__) == polyaxon_sdk.__all__ == dir(polyaxon_sdk)


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="module 'polyaxon_sdk' has no attribute 'componnet'"):
        _ = polyaxon_sdk.componnet


def test_the_root_loads_no_other_module_of_ours() -> None:
    assert {name for name in loaded_by("import polyaxon_sdk") if name.startswith("polyaxon_")} == {
        "polyaxon_sdk"
    }


def test_tracking_loads_no_third_party_package() -> None:
    loaded = packages(loaded_by("from polyaxon_sdk import tracking"))
    assert loaded - sys.stdlib_module_names == {"polyaxon_sdk"}


def test_tracking_loads_nothing_heavy_of_the_standard_library() -> None:
    assert packages(loaded_by("from polyaxon_sdk import tracking")) & HEAVY == set()


def test_tracking_loads_no_more_modules_than_it_did() -> None:
    loaded = {name for name in loaded_by("from polyaxon_sdk import tracking") if name.startswith("polyaxon_")}
    assert len(loaded) <= MODULES, sorted(loaded)


def test_tracking_loads_none_of_what_only_some_runs_need() -> None:
    loaded = {name.split(".")[1] for name in loaded_by("from polyaxon_sdk import tracking") if "sdk." in name}
    assert loaded & LAYERS == set()
