"""`polyaxon components stub`."""

from __future__ import annotations

import warnings
from os.path import relpath
from pathlib import Path

import click

from polyaxon_sdk.authoring.specification.stub import stub_of
from polyaxon_sdk.polyaxonfile import open_resolver, read_files
from polyaxon_sdk.polyflow import write
from polyaxon_sdk.settings import load

__all__ = ["stub"]

_OF_ANY = frozenset({"version", "kind", "component"})
"""What an operation says of itself that a component is read as."""


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
def stub(*, file: Path) -> None:
    """Print a component of a file as a typed Python function.

    FILE is a Polyaxonfile; the function takes its inputs, runs it, and is called in a dag like any component. The
    module has all of the component in it, wherever it will stand.
    """
    operation = read_files([file], resolver=open_resolver(load())).operation
    text = stub_of(operation, Path(relpath(file)).as_posix())
    if beside := [name for name in write(operation) if name not in _OF_ANY]:
        warnings.warn(f"the component alone, without the operation's {', '.join(beside)}", stacklevel=2)
    click.echo(text, nl=False)
