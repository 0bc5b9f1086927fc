"""What a file offers to run."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyaxonfile import open_resolver, read_files
from polyaxon_sdk.polyaxonfile.modules import offered_in, specified_by
from polyaxon_sdk.polyflow import V1Operation
from polyaxon_sdk.runner.stopping import keeping_handlers
from polyaxon_sdk.settings import load

__all__ = ["Offered", "offered"]


class Offered(NamedTuple):
    """What a file offers.

    Attributes:
        operations: each by its name there.
        mistakes: why each of the others can't be run.
    """

    operations: dict[str, V1Operation]
    mistakes: dict[str, InputError]


def offered(file: Path) -> Offered:
    """The operations of a Python file or a Polyaxonfile; in a Python file one that is wrong hides no other.

    Raises:
        InputError: the file can't be read, or holds none.
    """
    if file.suffix != ".py":
        found = read_files([file], resolver=open_resolver(load())).operation
        under = found.component
        return Offered({found.name or (under.name if under else None) or file.stem: found}, {})
    with keeping_handlers():
        objects = offered_in(file)
    if not objects:
        raise InputError("no component in it", where=str(file), expected="a function below `@component`")
    offers = Offered({}, {})
    for name, value in objects.items():
        try:
            each = specified_by(value, f"{file}:{name}")
        except InputError as error:
            offers.mistakes[name] = error
        else:
            whole = each if isinstance(each, V1Operation) else V1Operation(component=each)
            offers.operations[name] = whole
    return offers
