"""Polyaxonfiles from `-f`: one or several, the later ones laid over the first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyaxonfile.document import Document, read_document
from polyaxon_sdk.polyaxonfile.layers import lay_over
from polyaxon_sdk.polyaxonfile.polyaxonfile import Polyaxonfile
from polyaxon_sdk.polyaxonfile.reading import parse
from polyaxon_sdk.polyaxonfile.references import put_in
from polyaxon_sdk.polyaxonfile.resolver import Resolver
from polyaxon_sdk.polyflow import V1Component, V1Operation

__all__ = ["DEFAULT_NAMES", "find_default", "read_documents", "read_files"]

DEFAULT_NAMES = tuple(
    f"{stem}.{ending}"
    for stem in ("polyaxon", "polyaxonci", "polyaxon-ci", "polyaxon.ci", "polyaxonfile")
    for ending in ("yaml", "yml", "json")
)
"""The files looked for where none is named, in this order (semantics 1.1)."""


def find_default(folder: Path) -> Path:
    """The Polyaxonfile of a folder.

    Raises:
        InputError: it has none.
    """
    for name in DEFAULT_NAMES:
        if (folder / name).is_file():
            return folder / name
    raise InputError("no Polyaxonfile", where=str(folder), expected="polyaxonfile.yaml, or -f FILE")


def read_files(
    paths: Sequence[Path], *, refs: Mapping[str, Path] | None = None, resolver: Resolver | None = None
) -> Polyaxonfile:
    """The operation in a file, with the later files laid over it, each by its own `patchStrategy`.

    Args:
        paths: at least one.
        refs: the file that answers a `urlRef` or `hubRef`.
        resolver: finds what is referred to, in place of `refs`; by default nothing is fetched.

    Raises:
        InputError: what is wrong, with `file:line:column` and the field's path.
    """
    resolver = resolver or Resolver(refs or {})
    return read_documents([read_document(path) for path in paths], resolver=resolver)


def read_documents(documents: Sequence[Document], *, resolver: Resolver) -> Polyaxonfile:
    """As `read_files`, for documents read already."""
    first, *others = documents
    operation, kind = _read(first, resolver)
    for other in others:
        operation = lay_over(operation, _read(other, resolver)[0])
    return Polyaxonfile(
        operation=operation,
        kind=kind,
        name=first.name,
        warnings=tuple(resolver.notes),
        origins=tuple(resolver.origins),
        documents=tuple(resolver.documents),
    )


def _read(document: Document, resolver: Resolver) -> tuple[V1Operation, str | None]:
    resolver.documents.append(document)
    found = parse(document, notes=resolver.notes)
    kind = document.data.get("kind") if isinstance(document.data, dict) else None
    if isinstance(found, V1Component):
        found = put_in(found, document, resolver)
        return V1Operation(version=found.version, component=found), kind
    return put_in(found, document, resolver), kind
