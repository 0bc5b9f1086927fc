"""`polyaxon artifacts`."""

from __future__ import annotations

import click

from polyaxon_sdk.cli.lazy import Entry, LazyGroup

__all__ = ["ENTRIES", "artifacts"]

ENTRIES = {
    "ls": Entry(
        "polyaxon_sdk.cli.artifacts.ls:ls",
        "List the files of a run: those that are here, and those in the store.",
    ),
    "download": Entry("polyaxon_sdk.cli.artifacts.download:download", "Copy files of a run into a folder."),
    "upload": Entry(
        "polyaxon_sdk.cli.artifacts.upload:upload", "Ship what the store lacks of a run, or add files to it."
    ),
    "verify": Entry(
        "polyaxon_sdk.cli.artifacts.verify:verify",
        "Read again what the store holds, and find what is damaged.",
    ),
    "rm": Entry("polyaxon_sdk.cli.artifacts.rm:rm", "Take files of a run away, here and in the store."),
}


@click.group(cls=LazyGroup, entries=ENTRIES)
def artifacts() -> None:
    """List, bring, send, verify and take away the files of runs, here and in a store."""
