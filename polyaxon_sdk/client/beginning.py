"""From what a program gives to a run that goes on by itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyaxonfile import Polyaxonfile, Resolver, open_resolver, read_files
from polyaxon_sdk.polyaxonfile.document import Document
from polyaxon_sdk.polyaxonfile.files import read_documents
from polyaxon_sdk.polyaxonfile.presets import open_presets
from polyaxon_sdk.polyflow import V1Component, V1Operation
from polyaxon_sdk.runner.background import start
from polyaxon_sdk.runner.draft import Labels, draft
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.settings import Settings

__all__ = ["Content", "begin", "labels_of", "operation_of"]

Content = str | Path | Mapping[str, object] | V1Operation | V1Component
"""A Polyaxonfile's path or text, what one holds, an operation or a component."""


def operation_of(settings: Settings, content: Content | None, presets: Sequence[str]) -> V1Operation:
    """The operation that a program means, with its presets.

    Raises:
        InputError: it is none, or can't be read.

    >>> operation_of(settings, {"hubRef": "trainer"}, ()).hub_ref  # doctest: +SKIP
    """
    if content is None:
        raise InputError(
            "nothing to run", expected="content: a Polyaxonfile, what one holds, or an operation"
        )
    found = _read(content, open_resolver(settings))
    return open_presets(settings, Path.cwd()).put_on(found, also=presets).operation


def labels_of(project: str | None, name: str | None, description: str | None, tags: Sequence[str]) -> Labels:
    """What a run is to be called."""
    return Labels(project=project, name=name, description=description, tags=tags)


def begin(
    settings: Settings, operation: V1Operation, labels: Labels, params: Mapping[str, object]
) -> RunFolder:
    """Begin a run of an operation; where it lies.

    Raises:
        InputError: it can't be carried out here.
        OSError: no process can be started.
    """
    return start(draft(operation, settings=settings, params=params, labels=labels))


def _read(content: Content, resolver: Resolver) -> Polyaxonfile:
    if isinstance(content, V1Component):
        return Polyaxonfile(operation=V1Operation(component=content), kind="component", name="content")
    if isinstance(content, V1Operation):
        return Polyaxonfile(operation=content, kind="operation", name="content")
    if isinstance(content, Mapping):
        return read_documents([Document(data=dict(content), name="content")], resolver=resolver)
    if isinstance(content, str) and ("\n" in content or content.lstrip().startswith("{")):
        return read_documents([Document.parse(content, name="content")], resolver=resolver)
    if not isinstance(content, str | Path):
        raise InputError(f"it is {content!r}", where="content", expected="a Polyaxonfile, or an operation")
    return read_files([Path(content)], resolver=resolver)
