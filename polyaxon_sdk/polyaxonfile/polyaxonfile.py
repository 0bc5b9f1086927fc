"""Polyaxonfile: what a person gave us to run, whatever it came from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

if TYPE_CHECKING:
    from polyaxon_sdk.polyaxonfile.origin import Origin
    from polyaxon_sdk.polyflow import V1Operation

__all__ = ["Polyaxonfile"]


@frozen(kw_only=True)
class Polyaxonfile:
    """An operation that was read, with all that it refers to put in.

    Args:
        operation: always an operation: a component stands in its `component`.
        kind: the `kind` as written in the first file; none where it was left out.
        name: what to call the source, such as `train.py:main`.
        warnings: what was mended or looks wrong, a line each.
        origins: where the documents came from that are no files of this person's own.
    """

    operation: V1Operation
    kind: str | None
    name: str
    warnings: tuple[str, ...] = ()
    origins: tuple[Origin, ...] = ()
