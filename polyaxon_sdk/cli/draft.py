"""From the words of `run` and `compile` to a draft of the run."""

from __future__ import annotations

from polyaxon_sdk.cli.given import given_of, values_of
from polyaxon_sdk.cli.options import Source
from polyaxon_sdk.cli.params import Word, read_params
from polyaxon_sdk.cli.source import read_source, warn
from polyaxon_sdk.cli.sweep import Sweep
from polyaxon_sdk.polyaxonfile import Polyaxonfile
from polyaxon_sdk.runner.draft import Draft, Labels, draft
from polyaxon_sdk.settings import Settings

__all__ = ["draft_of", "read_draft"]


def read_draft(
    settings: Settings,
    source: Source,
    *,
    params: tuple[Word, ...],
    labels: Labels,
    refs: tuple[str, ...],
    sweep: Sweep,
) -> Draft:
    """The draft of what a source names, as the search that is asked for, with its warnings before those of compiling.

    Raises:
        InputError: the source, a param or a label is wrong.
    """
    found = sweep.put_on(read_source(settings, source, refs=refs), fixed=read_params(params))
    drafted = draft_of(found, settings=settings, params=params, labels=labels)
    warn([*found.warnings, *drafted.warnings])
    return drafted


def draft_of(found: Polyaxonfile, *, settings: Settings, params: tuple[Word, ...], labels: Labels) -> Draft:
    """As `read_draft`, of what was read already; who calls tells the warnings."""
    values = values_of(params, found.operation)
    given = given_of(params)
    given |= {(field,): f"--{field}" for field in ("name", "description", "tags") if getattr(labels, field)}
    with found.locating(given=given):
        return draft(found.operation, settings=settings, params=values, labels=labels)
