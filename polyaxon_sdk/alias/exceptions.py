"""The names of `polyaxon.exceptions` that scripts catch: each is the family that it is raised as here."""

from __future__ import annotations

from polyaxon_sdk.exceptions import InputError, PolyaxonError, RunNotFoundError

__all__ = [
    "NotFoundException",
    "PolyaxonClientException",
    "PolyaxonException",
    "PolyaxonSchemaError",
    "PolyaxonValidationError",
    "PolyaxonfileError",
    "TracemlException",
]

NotFoundException = RunNotFoundError
PolyaxonClientException = PolyaxonError
PolyaxonException = PolyaxonError
PolyaxonSchemaError = InputError
PolyaxonValidationError = InputError
PolyaxonfileError = InputError
TracemlException = PolyaxonError
