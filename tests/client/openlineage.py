"""What OpenLineage 2-0-2 requires of a run event and of the facets that are written here, as a JSON Schema."""

from collections.abc import Mapping

from jsonschema import Draft202012Validator, FormatChecker

__all__ = ["faults_of"]

Schema = dict[str, object]

_TEXT: Schema = {"type": "string"}
_URI: Schema = {"type": "string", "pattern": "^[a-z][a-z0-9+.-]*:[^ ]+$"}
_FACET: Schema = {
    "type": "object",
    "properties": {"_producer": _URI, "_schemaURL": _URI},
    "required": ["_producer", "_schemaURL"],
}


def _facet(**fields: Schema) -> Schema:
    """A facet that has certain fields, all of which it needs."""
    return {"allOf": [_FACET, {"properties": fields, "required": list(fields)}]}


def _named(*fields: str, **facets: Schema) -> Schema:
    """A thing that goes by a namespace and a name, or by an id, and has facets."""
    texts: Schema = dict.fromkeys(fields, _TEXT)
    told = {"type": "object", "properties": facets, "additionalProperties": _FACET}
    return {"type": "object", "properties": {**texts, "facets": told}, "required": list(fields)}


_IDENTIFIER: Schema = {
    "type": "object",
    "properties": dict.fromkeys(("namespace", "name", "type"), _TEXT),
    "required": ["namespace", "name", "type"],
}
_DATASET = _named("namespace", "name", symlinks=_facet(identifiers={"type": "array", "items": _IDENTIFIER}))
_RUN = _named("runId", errorMessage=_facet(message=_TEXT, programmingLanguage=_TEXT))
_JOB = _named(
    "namespace",
    "name",
    jobType=_facet(processingType=_TEXT, integration=_TEXT),
    documentation=_facet(description=_TEXT),
)
_EVENT: Schema = {
    "type": "object",
    "properties": {
        "eventType": {"enum": ["START", "RUNNING", "COMPLETE", "ABORT", "FAIL", "OTHER"]},
        "eventTime": {
            "type": "string",
            "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?([+-]\d\d:\d\d|Z)$",
        },
        "producer": _URI,
        "schemaURL": _URI,
        "run": {"allOf": [_RUN, {"properties": {"runId": {"format": "uuid"}}}]},
        "job": _JOB,
        "inputs": {"type": "array", "items": _DATASET},
        "outputs": {"type": "array", "items": _DATASET},
    },
    "required": ["eventTime", "producer", "schemaURL", "run", "job"],
}


def faults_of(event: Mapping[str, object]) -> list[str]:
    """What is not as the specification has it, a line each."""
    validator = Draft202012Validator(_EVENT, format_checker=FormatChecker())
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(event)]
