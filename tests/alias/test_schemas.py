import pytest

from polyaxon_sdk.alias import exceptions, schemas
from polyaxon_sdk.alias.schemas.kinds import V1ArtifactKind, V1RunArtifact
from polyaxon_sdk.alias.settings import CLIENT_CONFIG
from polyaxon_sdk.exceptions import PolyaxonError
from polyaxon_sdk.polyflow import V1IO, V1TPE, V1Statuses
from polyaxon_sdk.runs.status import STATUSES


@pytest.mark.parametrize("name", dir(schemas))
def test_each_schema_opens(name: str) -> None:
    assert getattr(schemas, name) is not None


def test_a_schema_is_polyflows_own() -> None:
    assert (schemas.V1IO, schemas.V1TPE) == (V1IO, V1TPE)


def test_an_unknown_schema_names_the_nearest() -> None:
    with pytest.raises(AttributeError, match="no schema 'V1Componnet', did you mean 'V1Component'"):
        schemas.V1Componnet  # noqa: B018  # that is the test


def test_the_statuses_are_those_that_a_run_can_have_and_done_for_any_end() -> None:
    assert {str(each) for each in V1Statuses} == STATUSES | {"done"}


def test_a_word_is_its_text() -> None:
    assert (f"{V1ArtifactKind.MODEL}", V1ArtifactKind.MODEL) == ("model", "model")


def test_an_artifact_tells_what_is_known() -> None:
    artifact = V1RunArtifact(name="digits", kind=V1ArtifactKind.DATA, is_input=False)
    assert artifact.to_dict() == {"name": "digits", "kind": "data", "is_input": False}


@pytest.mark.parametrize("name", exceptions.__all__)
def test_what_scripts_catch_is_of_our_family(name: str) -> None:
    assert issubclass(getattr(exceptions, name), PolyaxonError)


@pytest.mark.parametrize("name", ["is_managed", "is_offline", "no_op"])
def test_the_configuration_is_asked_anew(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"POLYAXON_{name.upper()}", "true")
    assert getattr(CLIENT_CONFIG, name) is True
