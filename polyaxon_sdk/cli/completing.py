"""What a shell completes: Python files and the components in them, and names of inputs."""

from __future__ import annotations

from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path

import click
from click.shell_completion import CompletionItem

from polyaxon_sdk.cli.inputs import GIVEN, Given
from polyaxon_sdk.exceptions import InputError

__all__ = ["complete_modules", "complete_params"]


def complete_modules(
    _context: click.Context, _parameter: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """`FILE.py:NAME`: the Python files and folders here, and behind the colon the components of a file."""
    file, colon, start = incomplete.rpartition(":")
    if colon and file.endswith(".py"):
        return [CompletionItem(f"{file}:{name}") for name in _names(Path(file)) if name.startswith(start)]
    folder = Path(incomplete).parent if not incomplete.endswith("/") else Path(incomplete)
    if not folder.is_dir():
        return []
    shown = [path for path in sorted(folder.iterdir()) if path.is_dir() or path.suffix == ".py"]
    words = [f"{path}/" if path.is_dir() else str(path) for path in shown if not path.name.startswith(".")]
    return [CompletionItem(word) for word in words if word.startswith(incomplete)]


def complete_params(
    context: click.Context, _parameter: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """`NAME=`: the inputs of what `-pm` names."""
    given: Given | None = context.meta.get(GIVEN)
    names = [] if given is None else [f"{flag.key}=" for flag in given.flags if len(flag.path) == 1]
    return [CompletionItem(name) for name in names if name.startswith(incomplete)]


def _names(file: Path) -> list[str]:
    # The machinery that runs a Python file, for those who name one.
    from polyaxon_sdk.polyaxonfile.modules import offered_in
    from polyaxon_sdk.runner.stopping import keeping_handlers

    try:
        with keeping_handlers(), redirect_stdout(StringIO()), redirect_stderr(StringIO()):
            return list(offered_in(file))
    except InputError:
        return []
