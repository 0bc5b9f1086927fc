"""`-o json` of every command."""

import json
from collections.abc import Iterator

import click
import pytest

from polyaxon_sdk.cli.app import app
from tests.cli.conftest import Polyaxon
from tests.cli.inside import polyaxon
from tests.cli.test_ops import AddRun, add_run

__all__ = ["add_run", "polyaxon"]


def leaves(command: click.Command, *names: str) -> Iterator[tuple[str, click.Command]]:
    """The commands that do something, by their whole names."""
    if not isinstance(command, click.Group):
        yield " ".join(names), command
        return
    context = click.Context(command)
    for name in command.list_commands(context):
        below = command.get_command(context, name)
        assert below is not None
        yield from leaves(below, *names, name)


@pytest.mark.parametrize(("name", "command"), [pytest.param(*each, id=each[0]) for each in leaves(app)])
def test_every_command_prints_for_programs(name: str, command: click.Command) -> None:
    outputs = [each for each in command.params if {"-o", "--output"} <= set(each.opts)]
    assert [
        name for each in outputs if isinstance(each.type, click.Choice) and "json" in each.type.choices
    ] == [name]


@pytest.mark.parametrize(
    ("words", "facts"),
    [
        (("project", "create", "-n", "me/digits"), {"owner": "me", "project": "digits"}),
        (("config", "set", "--max-parallel", "3"), {"max_parallel": "3"}),
        (("connections", "ls"), {"connections": []}),
        (("gc", "--dry-run"), {"bytes": 0, "freed": 0}),
        (("sync",), {}),
    ],
)
def test_what_a_command_does_is_one_object(
    words: tuple[str, ...], facts: dict[str, object], polyaxon: Polyaxon
) -> None:
    told = polyaxon(*words, "-o", "json")
    found = json.loads(told.out)
    assert (told.code, {name: found[name] for name in facts}, bool(found["lines"])) == (0, facts, True)


def test_the_run_that_a_command_is_about_is_named(polyaxon: Polyaxon, add_run: AddRun) -> None:
    folder = add_run(name="one")
    found = json.loads(polyaxon("ops", "update", "-uid", "one", "--tags", "a", "-o", "json").out)
    assert found == {"uuid": folder.uuid, "lines": [f"run {folder.uuid[:12]} is updated"]}


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("ops", "stop", "-uid", "nowhere", "-o", "json"), 1),
        (("ops", "stop", "--output=json", "-uid", ""), 2),
        (("run", "-f", "nowhere.yml", "-o", "json"), 2),
        (("pql", "nothing:", "-ojson"), 2),
        (("models", "-o", "json"), 2),
        (("nothing", "--output", "json"), 2),
        (("completion", "-o", "json"), 2),
    ],
)
def test_a_mistake_is_told_to_people_and_as_an_object(
    words: tuple[str, ...], code: int, polyaxon: Polyaxon
) -> None:
    told = polyaxon(*words)
    assert (told.code, told.err) == (code, f"Error: {json.loads(told.out)['error']}\n")


def test_what_prints_json_anyway_is_left_as_it_is(polyaxon: Polyaxon) -> None:
    query = ("pql", "status:failed")
    assert polyaxon(*query, "-o", "json") == polyaxon(*query)
