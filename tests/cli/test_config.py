import json
from pathlib import Path

import pytest

from tests.cli.conftest import Polyaxon


def test_what_is_set_is_found_again(polyaxon: Polyaxon, home: Path) -> None:
    told = polyaxon("config", "set", "--artifacts-store", "file:///mnt/runs")
    assert told.out == f"artifacts_store = file:///mnt/runs in {home}/config.yaml\n"
    assert polyaxon("config", "get", "artifacts-store").out == "file:///mnt/runs\n"


def test_an_empty_value_takes_a_setting_out(polyaxon: Polyaxon) -> None:
    polyaxon("config", "set", "--project", "digits")
    polyaxon("config", "set", "--project=")
    assert polyaxon("config", "get", "project").out == "default\n"


def test_the_environment_goes_before_the_file(polyaxon: Polyaxon) -> None:
    polyaxon("config", "set", "--project", "digits")
    found = json.loads(polyaxon("config", "show", "-o", "json", POLYAXON_PROJECT="letters").out)
    assert found["project"] == {"value": "letters", "source": "POLYAXON_PROJECT"}


def test_show_says_where_each_value_is_from_and_cuts_nothing(polyaxon: Polyaxon, home: Path) -> None:
    polyaxon("config", "set", "--project", "digits")
    lines = polyaxon(
        "config", "show", COLUMNS="20", POLYAXON_HUB="https://hub.example/" + 80 * "x"
    ).out.splitlines()
    rows = {line.split()[0]: line.split()[1:] for line in lines}
    assert rows["project"] == [str(home / "config.yaml"), "digits"]
    assert rows["hub"] == ["POLYAXON_HUB", "https://hub.example/" + 80 * "x"]


def test_show_tells_of_values_that_cannot_be_read(polyaxon: Polyaxon) -> None:
    wrong = {"POLYAXON_SHIP_REQUESTS": "many", "POLYAXON_TRACK_CODE": "perhaps"}
    told = polyaxon("config", "show", **wrong)
    assert (told.code, told.err.splitlines()) == (
        0,
        [
            "Warning: POLYAXON_SHIP_REQUESTS: 'many' is no number, expected a number of requests",
            "Warning: POLYAXON_TRACK_CODE: 'perhaps' is no boolean, expected true or false",
        ],
    )
    assert polyaxon("config", "show").err == ""


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (("get", "projct"), "Error: unknown setting 'projct', did you mean 'project'?"),
        (("set",), "Error: nothing to set; --help lists the settings"),
        (("set", "--run-uuid", "x"), "Error: No such option '--run-uuid'"),
        (
            ("set", "--artifacts-store", "nonsense"),
            "Error: store 'nonsense' is not an absolute path to a folder, nor a connection, expected",
        ),
        (("set", "--timezone", "Mars/Olympus"), "Error: config set: no time zone 'Mars/Olympus', expected"),
    ],
)
def test_a_mistake_takes_one_line(polyaxon: Polyaxon, words: tuple[str, ...], line: str) -> None:
    told = polyaxon("config", *words)
    assert told.err.startswith(line)
    assert (told.code, told.err.count("\n")) == (2, 1)


def test_one_mistake_of_several_values_sets_none(polyaxon: Polyaxon, home: Path) -> None:
    told = polyaxon("config", "set", "--project", "digits", "--queues", "gpu")
    assert (told.code, (home / "config.yaml").exists()) == (2, False)


def test_a_file_that_cannot_be_read_takes_one_line(polyaxon: Polyaxon, home: Path) -> None:
    home.mkdir()
    (home / "config.yaml").write_text("project: [")
    told = polyaxon("ops", "ls")
    assert told.err.startswith(f"Error: {home}/config.yaml: ")
    assert (told.code, told.err.count("\n")) == (2, 1)
