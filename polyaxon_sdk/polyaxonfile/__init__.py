"""Sources of operations: YAML and JSON files, Python files; and laying one over another."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from polyaxon_sdk.polyaxonfile.commands import commands_of
    from polyaxon_sdk.polyaxonfile.document import Document, read_document
    from polyaxon_sdk.polyaxonfile.files import DEFAULT_NAMES, find_default, read_documents, read_files
    from polyaxon_sdk.polyaxonfile.hub import Hubs, open_hubs
    from polyaxon_sdk.polyaxonfile.limits import Limits
    from polyaxon_sdk.polyaxonfile.modules import HoldsComponent, ModuleFailedError, load_object, read_module
    from polyaxon_sdk.polyaxonfile.origin import Origin
    from polyaxon_sdk.polyaxonfile.patching import Strategy, patch
    from polyaxon_sdk.polyaxonfile.polyaxonfile import Polyaxonfile
    from polyaxon_sdk.polyaxonfile.python_files import open_resolver
    from polyaxon_sdk.polyaxonfile.resolver import Resolver
    from polyaxon_sdk.polyaxonfile.sources import read_hub, read_url
    from polyaxon_sdk.polyaxonfile.trust import suggested_prefix, untrusted

_HOMES = {
    "DEFAULT_NAMES": "files",
    "Document": "document",
    "HoldsComponent": "modules",
    "Hubs": "hub",
    "Limits": "limits",
    "ModuleFailedError": "modules",
    "Origin": "origin",
    "Polyaxonfile": "polyaxonfile",
    "Resolver": "resolver",
    "Strategy": "patching",
    "commands_of": "commands",
    "find_default": "files",
    "load_object": "modules",
    "open_hubs": "hub",
    "open_resolver": "python_files",
    "patch": "patching",
    "read_document": "document",
    "read_documents": "files",
    "read_files": "files",
    "read_hub": "sources",
    "read_module": "modules",
    "read_url": "sources",
    "suggested_prefix": "trust",
    "untrusted": "trust",
}
"""The module of each name, which is loaded on first use: a file of one's own pays for no URL."""

__all__ = [
    "DEFAULT_NAMES",
    "Document",
    "HoldsComponent",
    "Hubs",
    "Limits",
    "ModuleFailedError",
    "Origin",
    "Polyaxonfile",
    "Resolver",
    "Strategy",
    "commands_of",
    "find_default",
    "load_object",
    "open_hubs",
    "open_resolver",
    "patch",
    "read_document",
    "read_documents",
    "read_files",
    "read_hub",
    "read_module",
    "read_url",
    "suggested_prefix",
    "untrusted",
]


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return __all__
