"""The JSON Schema of the specification, as a validator that is not ours reads it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match

from polyaxon_sdk import polyflow
from polyaxon_sdk.polyaxonfile import read_document
from polyaxon_sdk.polyflow import V1Component, V1Operation, write
from polyaxon_sdk.polyflow.documentation import fields_of
from polyaxon_sdk.polyflow.schema import schema_of_polyaxonfile
from tests.conformance.corpus import CORPUS, needs_corpus
from tests.house import ROOT
from tests.polyflow.nouns import NOUNS
from tests.polyflow.test_round_trip import objects

SCHEMA = schema_of_polyaxonfile()
ANY = Draft202012Validator(SCHEMA)
COMPONENT = Draft202012Validator(schema_of_polyaxonfile("component"))
OPERATION = Draft202012Validator(schema_of_polyaxonfile("operation"))
DEFINITIONS: dict[str, Any] = SCHEMA["$defs"]  # type: ignore[assignment]  # a schema is a mapping of anything
OURS = sorted([*ROOT.glob("examples/**/*.yml"), *ROOT.glob("polyaxon_sdk/polyaxonfile/components/**/*.yaml")])


def valid_quick_starts() -> list[Path]:
    """The files of the public quick start that public Polyaxon takes."""
    answers = sorted(CORPUS.glob("quick-start/**/*.expected.json"))
    cases = [json.loads(answer.read_text(encoding="utf-8")) for answer in answers]
    taken = [case["files"] for case in cases if case["units"][0]["expect"]["valid"]]
    return [CORPUS / files[0] for files in taken if len(files) == 1]


def told(document: object) -> str:
    """The field that is wrong and how, as an editor underlines it; empty where nothing is."""
    error = best_match(ANY.iter_errors(document))
    return f"{error.json_path}: {error.message}" if error else ""


def component(**fields: object) -> dict[str, object]:
    return {"kind": "component", **fields}


def test_it_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.stem)
def test_our_own_files_are_valid(path: Path) -> None:
    assert told(read_document(path).data) == ""


@needs_corpus
@pytest.mark.parametrize("path", valid_quick_starts(), ids=lambda path: path.stem)
def test_the_files_of_the_quick_start_are_valid(path: Path) -> None:
    assert told(read_document(path).data) == ""


@pytest.mark.parametrize(("cls", "schema"), [(V1Component, COMPONENT), (V1Operation, OPERATION)])
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_what_is_written_is_valid(
    cls: type[attrs.AttrsInstance], schema: Draft202012Validator, data: st.DataObject
) -> None:
    document = write(data.draw(objects(cls)))
    assert [error.message for error in schema.iter_errors(document)] == []


@pytest.mark.parametrize(
    "document",
    [
        component(run={"kind": "job", "container": {"working_dir": "/code"}}),
        component(run={"kind": "job", "container": {"workingDir": "/code"}}),
        component(inputs=[{"name": "a", "is_optional": True, "type": "list[int]", "options": [1]}]),
        component(inputs=[{"name": "a", "type": "PositiveInt"}, {"name": "b", "type": "int | None"}]),
        component(tags="a, b", presets="a", mount=["a:b"], version="1.1", name="{{ globals.name }}"),
        {"params": {"a": 1, "b": [1], "c": {"d": 1}, "e": {"value": 1, "toEnv": "E"}, "f": None}},
        {"hooks": [{"hub_ref": "slack"}]},
        {"kind": None, "component": {"kind": None, "cmd": "a"}},
        component(run={"kind": "dag", "operations": [{"kind": "component", "cmd": "a"}]}),
        {"matrix": {"kind": "grid", "params": {"a": {"kind": "linspace", "value": "0:1:5"}}}},
        {"matrix": {"kind": "grid", "params": {"a": {"kind": "linspace", "value": [0, 1, 5]}}}},
        {"matrix": {"kind": "grid", "params": {"a": {"kind": "choice", "value": "{{ values }}"}}}},
        {"joins": [{"query": "kind:job", "limit": "5"}]},
        {"cache": {"disable": "{{ off }}"}, "isApproved": "yes", "termination": {"timeout": 3}},
    ],
)
def test_every_way_to_write_a_field_is_valid(document: dict[str, object]) -> None:
    assert told(document) == ""


@pytest.mark.parametrize(
    ("document", "field"),
    [
        ({"kind": "componet"}, "$.kind"),
        (component(rnu={}), "$"),
        (component(run={"kind": "jbo"}), "$.run.kind"),
        (component(run={}), "$.run"),
        (component(run={"kind": "job", "container": {"imgae": "a"}}), "$.run.container"),
        (component(run={"kind": "job", "container": {"image": 3}}), "$.run.container.image"),
        (component(run={"kind": "service", "ports": ["http"]}), "$.run.ports"),
        (component(run={"kind": "dag", "operations": [{"dependencies": {}}]}), "$.run.operations"),
        (component(inputs=[{"type": "int"}]), "$.inputs"),
        (component(inputs=[{"name": "globals"}]), "$.inputs"),
        (component(inputs=[{"name": ""}]), "$.inputs"),
        (component(inputs=[{"name": "a", "type": "flaot"}]), "$.inputs"),
        (component(name="my job"), "$.name"),
        ({"params": {"lr": {"value": 1, "toEvn": "LR"}}}, "$.params"),
        ({"matrix": {"kind": "grid"}}, "$.matrix"),
        ({"matrix": {"kind": "random", "numRuns": 0, "params": {}}}, "$.matrix.numRuns"),
        ({"matrix": {"kind": "grid", "params": {"a": {"kind": "choices", "value": [1]}}}}, "$.matrix"),
        ({"matrix": {"kind": "grid", "params": {"a": {"kind": "linspace", "value": "0"}}}}, "$.matrix"),
        ({"joins": [{"limit": 3}]}, "$.joins"),
        ({"hooks": [{"trigger": "failed"}]}, "$.hooks"),
        ({"trigger": "all_succeded"}, "$.trigger"),
        ({"patchStrategy": "merge"}, "$.patchStrategy"),
        ([], "$"),
    ],
)
def test_a_mistake_is_underlined(document: object, field: str) -> None:
    assert told(document).startswith(field)


@pytest.mark.parametrize("name", NOUNS)
def test_every_class_that_a_file_may_hold_is_described(name: str) -> None:
    described = DEFINITIONS.get(name, {"description": NOUNS[name].__doc__})
    assert described["description"].strip()


def test_a_field_is_described_by_its_class() -> None:
    field = DEFINITIONS["V1IO"]["properties"]["argFormat"]
    assert field["description"] == fields_of(polyflow.V1IO)["arg_format"]


def test_a_field_of_several_classes_is_described_once() -> None:
    run = DEFINITIONS["V1Service"]["properties"]["init"]
    assert run["description"] == DEFINITIONS["V1Job"]["properties"]["init"]["description"]


def test_an_editor_proposes_one_spelling() -> None:
    properties = DEFINITIONS["V1IO"]["properties"]
    assert "doNotSuggest" not in properties["isOptional"]
    assert properties["is_optional"] == {"$ref": "#/$defs/V1IO/properties/isOptional", "doNotSuggest": True}


def test_an_enumeration_is_its_words() -> None:
    stopping = DEFINITIONS["V1MetricEarlyStopping"]["properties"]["optimization"]
    assert stopping["enum"] == ["maximize", "minimize"]
