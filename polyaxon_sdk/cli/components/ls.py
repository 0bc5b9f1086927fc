"""`polyaxon components ls`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import click

from polyaxon_sdk.authoring.command_line.flag import default_of
from polyaxon_sdk.cli.components.offered import offered
from polyaxon_sdk.cli.documents import print_json
from polyaxon_sdk.cli.options import output_option
from polyaxon_sdk.cli.show import print_table
from polyaxon_sdk.compiler.merging import merge
from polyaxon_sdk.polyflow import V1IO, V1CompiledOperation, V1Operation, write

__all__ = ["ls"]


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@output_option
def ls(*, file: Path, output: str | None) -> None:
    """List the components of a file with their inputs.

    FILE is a Python file, which is run, or a Polyaxonfile. A component that is wrong is named, and makes the command
    fail.
    """
    offers = offered(file)
    found = {name: _merged(each) for name, each in offers.operations.items()}
    if output == "json":
        wrong = [{"name": name, "error": str(error)} for name, error in offers.mistakes.items()]
        print_json([*(_document(name, each) for name, each in found.items()), *wrong])
    elif found:
        _print(found)
    for name, error in offers.mistakes.items():
        click.echo(f"Error: {name}: {error}", err=True)
    if offers.mistakes:
        raise SystemExit(2)


def _print(found: Mapping[str, V1CompiledOperation]) -> None:
    rows = [
        [name, _kind(each), _first_line(each), ", ".join(map(_shown, each.inputs or []))]
        for name, each in found.items()
    ]
    print_table(["NAME", "KIND", "DESCRIPTION", "INPUTS"], rows)


def _merged(operation: V1Operation) -> V1CompiledOperation:
    return merge(operation)


def _document(name: str, merged: V1CompiledOperation) -> dict[str, object]:
    given = write(merged)
    wanted = ("description", "inputs", "outputs")
    return {"name": name, "kind": _kind(merged), **{key: given.get(key) for key in wanted}}


def _kind(merged: V1CompiledOperation) -> str:
    kind = getattr(merged.run, "kind", "?")
    return f"{kind}, {merged.matrix.kind} search" if merged.matrix is not None else str(kind)


def _first_line(merged: V1CompiledOperation) -> str:
    return (merged.description or "-").splitlines()[0]


def _shown(io: V1IO) -> str:
    kind = f"list[{io.type}]" if io.is_list else io.type or "any"
    return f"{io.name}: {kind}" + ("" if io.required else f" = {default_of(io)}")
