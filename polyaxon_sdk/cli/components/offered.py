"""What a file offers to run."""

from __future__ import annotations

from pathlib import Path

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyaxonfile import Resolver, open_hubs, read_files
from polyaxon_sdk.polyaxonfile.modules import offered_in
from polyaxon_sdk.polyflow import V1Operation
from polyaxon_sdk.runner.stopping import keeping_handlers
from polyaxon_sdk.settings import load

__all__ = ["offered"]


def offered(file: Path) -> dict[str, V1Operation]:
    """The operations of a Python file or a Polyaxonfile, each by its name there.

    Raises:
        InputError: the file can't be read, or holds none.
    """
    if file.suffix != ".py":
        found = read_files([file], resolver=Resolver(hubs=open_hubs(load()))).operation
        under = found.component
        return {found.name or (under.name if under else None) or file.stem: found}
    with keeping_handlers():
        specified = offered_in(file)
    if not specified:
        raise InputError("no component in it", where=str(file), expected="a function below `@component`")
    return {
        name: each if isinstance(each, V1Operation) else V1Operation(component=each)
        for name, each in specified.items()
    }
