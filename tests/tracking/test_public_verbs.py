"""The public tracking module's names and arguments, each of which is here, or is said to be absent."""

import inspect
import json
from pathlib import Path

import pytest

from polyaxon_sdk import tracking
from polyaxon_sdk.tracking.run import Run
from tests.house import ROOT

PUBLIC: dict[str, list[str]] = json.loads(Path(__file__).with_name("public_verbs.json").read_text())
ABSENT = [
    "get_log_level",
    "set_run_event_logger",
    "set_run_process_sidecar",
    "set_run_resource_logger",
    "sync_events_summaries",
    "sync_system_events_summaries",
]
OF_THE_MODULE = {"get_or_create_run", "init", "log_metric", "log_metrics"}
ARGUMENTS = [(verb, argument) for verb, arguments in PUBLIC.items() for argument in arguments]


def parameters(verb: str) -> dict[str, inspect.Parameter]:
    """What a verb takes: the module's functions are those of a run."""
    owner = tracking if verb in OF_THE_MODULE else Run
    taken = inspect.signature(getattr(owner, verb)).parameters
    return {name: each for name, each in taken.items() if name != "self"}


@pytest.mark.parametrize("verb", PUBLIC)
def test_a_public_verb_is_one_of_the_module(verb: str) -> None:
    assert verb in tracking.__all__


@pytest.mark.parametrize("verb", sorted({*PUBLIC} - {"get_or_create_run", "init"}))
def test_a_public_verb_is_one_of_a_run(verb: str, run: Run) -> None:
    assert callable(getattr(run, verb))


@pytest.mark.parametrize("verb", sorted({*PUBLIC} - OF_THE_MODULE))
def test_the_module_shows_the_arguments_of_a_runs_verb(verb: str) -> None:
    assert [*inspect.signature(getattr(tracking, verb)).parameters] == [*parameters(verb)]


@pytest.mark.parametrize(("verb", "argument"), ARGUMENTS)
def test_a_public_argument_is_taken_by_name(verb: str, argument: str) -> None:
    assert argument in parameters(verb)


@pytest.mark.parametrize("verb", PUBLIC)
def test_what_is_taken_by_position_has_the_public_order(verb: str) -> None:
    ours = [
        name
        for name, each in parameters(verb).items()
        if each.kind is inspect.Parameter.POSITIONAL_OR_KEYWORD
    ]
    assert ours == PUBLIC[verb][: len(ours)]


@pytest.mark.parametrize("verb", ABSENT)
def test_what_is_absent_is_told(verb: str) -> None:
    told = (ROOT / "docs" / "deviations.md").read_text(encoding="utf-8")
    assert (hasattr(tracking, verb), f"`{verb}`" in told) == (False, True)
