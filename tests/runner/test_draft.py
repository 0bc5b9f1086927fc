from pathlib import Path

import pytest

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyflow import V1Component, V1Container, V1Operation, V1Service
from polyaxon_sdk.runner.draft import Draft, Labels, draft
from polyaxon_sdk.settings import Settings
from tests.runner.conftest import component_of, shell


def _draft(settings: Settings, script: str = "true", **labels: object) -> Draft:
    operation = V1Operation(component=component_of(shell(script), name="train", tags=["a"]))
    return draft(operation, settings=settings, params={}, labels=Labels(**labels))  # type: ignore[arg-type]  # by name


def test_nothing_is_created(settings: Settings) -> None:
    _draft(settings)
    assert not settings.home.exists()


def test_paths_in_templates_are_those_of_this_run(settings: Settings) -> None:
    drafted = _draft(
        settings, "{{ globals.run_outputs_path }} {{ globals.artifacts_path }} {{ globals.uuid }}"
    )
    run, context = drafted.folder.path, settings.home / "contexts" / drafted.folder.uuid
    assert _script(drafted) == f"{run}/outputs {context}/artifacts {drafted.folder.uuid}"


def _script(drafted: Draft) -> object:
    assert drafted.operation.run is not None
    container = getattr(drafted.operation.run, "container", None)
    assert container is not None
    return container.args[0]


def test_the_name_is_the_components_unless_another_is_given(settings: Settings) -> None:
    assert (_draft(settings).operation.name, _draft(settings, name="b").operation.name) == ("train", "b")


def test_tags_are_added(settings: Settings) -> None:
    assert _draft(settings, tags=("b", "a")).operation.tags == ["a", "b"]


@pytest.mark.parametrize(
    ("text", "owner", "project"),
    [(None, "default", "default"), ("digits", "default", "digits"), ("me/digits-2", "me", "digits-2")],
)
def test_a_project_may_name_its_owner(settings: Settings, text: str | None, owner: str, project: str) -> None:
    drafted = _draft(settings, project=text)
    assert (drafted.owner, drafted.project) == (owner, project)


@pytest.mark.parametrize("text", ["../x", "a/b/c", "/a", "a/", "a b", ".", ".."])
def test_a_project_that_is_no_name_is_refused(settings: Settings, text: str) -> None:
    with pytest.raises(InputError, match=r"invalid project .*expected name or owner/name"):
        _draft(settings, project=text)


@pytest.mark.parametrize("name", ["../x", "a/b", "a b", ".."])
def test_a_name_that_leads_elsewhere_is_refused(settings: Settings, name: str) -> None:
    with pytest.raises(InputError, match="invalid name"):
        _draft(settings, name=name)
    assert not Path(settings.home).exists()


def test_a_port_that_is_none_is_told_though_another_is_given(settings: Settings) -> None:
    service = V1Service(ports=[99999], container=V1Container(command=["true"]))
    operation = V1Operation(component=V1Component(name="web", run=service))
    drafted = draft(operation, settings=settings, params={}, labels=Labels())
    assert drafted.warnings == ("run.ports[0]: 99999 is no port, expected 1 to 65535",)
