"""Sources of operations: YAML and JSON files, Python files; and laying one over another."""

from __future__ import annotations

from polyaxon_sdk.polyaxonfile.document import Document, read_document
from polyaxon_sdk.polyaxonfile.files import DEFAULT_NAMES, find_default, read_documents, read_files
from polyaxon_sdk.polyaxonfile.modules import HoldsComponent, ModuleFailedError, load_object, read_module
from polyaxon_sdk.polyaxonfile.patching import Strategy, patch
from polyaxon_sdk.polyaxonfile.polyaxonfile import Polyaxonfile

__all__ = [
    "DEFAULT_NAMES",
    "Document",
    "HoldsComponent",
    "ModuleFailedError",
    "Polyaxonfile",
    "Strategy",
    "find_default",
    "load_object",
    "patch",
    "read_document",
    "read_documents",
    "read_files",
    "read_module",
]
