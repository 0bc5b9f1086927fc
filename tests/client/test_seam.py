"""Public calls that are given what they don't take."""

from inspect import Parameter, signature
from pathlib import Path

import pytest

from polyaxon_sdk.client import ProjectClient, RunClient
from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.record import RecordWriter

TAKES_ALL = {"bool", "bool | None", "object", "Any"}
WRONG = [object(), [object()]]


def arguments(client: type, call: str) -> list[str]:
    """What a call takes that is not taken as it is."""
    known = signature(getattr(client, call)).parameters.values()
    return [
        each.name
        for each in known
        if each.kind is not Parameter.VAR_KEYWORD and each.name != "self" and each.annotation not in TAKES_ALL
    ]


CALLS = [
    (client, call, name)
    for client in (RunClient, ProjectClient)
    for call in sorted(vars(client))
    if call[0] != "_" and callable(getattr(client, call))
    for name in arguments(client, call)
]


@pytest.mark.parametrize("value", WRONG, ids=["object", "list"])
@pytest.mark.parametrize(
    ("client", "call", "name"), CALLS, ids=lambda each: str(getattr(each, "__name__", each))
)
def test_what_a_call_does_not_take_is_a_mistake_in_one_line(
    client: type, call: str, name: str, value: object, home: Path
) -> None:
    with pytest.raises(InputError, match=rf"^{name}: it is \[?<object object at \w+>\]?, expected "):
        getattr(client(), call)(**{name: value})


@pytest.mark.parametrize("name", ["owner", "project", "store"])
def test_a_client_of_a_run_is_named_by_texts(name: str, home: Path) -> None:
    with pytest.raises(InputError, match=f"^{name}: it is 5, expected text, or None"):
        RunClient(**{name: 5})  # type: ignore[arg-type]  # as an untyped script may say


@pytest.mark.parametrize("name", ["owner", "project"])
def test_a_client_of_a_project_is_named_by_texts(name: str, home: Path) -> None:
    with pytest.raises(InputError, match=f"^{name}: it is 5, expected text, or None"):
        ProjectClient(**{name: 5})  # type: ignore[arg-type]  # as an untyped script may say


def test_one_name_is_no_list_of_its_letters(home: Path) -> None:
    with pytest.raises(InputError, match=r"^uuids: it is 'mod', expected a list of texts"):
        ProjectClient().tag_runs("mod", "x")


def test_what_comes_one_by_one_is_taken_as_a_list(folder: RunFolder) -> None:
    RecordWriter(folder).append("status", status="created")
    ProjectClient().tag_runs((uuid for uuid in [folder.uuid]), iter(["a", "b"]))  # type: ignore[arg-type]  # likewise
    assert RunClient(run_uuid=folder.uuid).run_data.tags == ["a", "b"]


@pytest.mark.parametrize("data", [{"name": 3}, {"name": [1]}, {"description": 7}, {"tags": 5}])
def test_a_run_is_not_called_what_is_no_text(folder: RunFolder, data: dict[str, object]) -> None:
    with pytest.raises(InputError, match=r"^(name|description|tags): it is "):
        RunClient(run_uuid=folder.uuid).update(data)


@pytest.mark.parametrize(
    "data", [{"name": 7}, {"name": "v1", "tags": 5}, {"name": "v1", "stage_conditions": 5}]
)
def test_a_version_says_nothing_of_another_type(home: Path, data: dict[str, object]) -> None:
    with pytest.raises(InputError, match=r"^(name|tags|stage_conditions): it is "):
        ProjectClient().create_version("model", data)
    assert ProjectClient().list_versions("model") == []


def test_a_project_says_nothing_of_another_type(home: Path) -> None:
    with pytest.raises(InputError, match=r"^tags: it is 5, expected a list of texts"):
        ProjectClient().create({"tags": 5})


def test_a_client_goes_on_with_its_run_when_it_is_called_something_else(folder: RunFolder) -> None:
    with_name = RecordWriter(folder)
    with_name.append("update", name="mod")
    with_name.append("status", status="succeeded")
    with_name.close()
    client = RunClient(run_uuid="mod")
    client.update(name="other")
    assert client.update(name="").uuid == folder.uuid
