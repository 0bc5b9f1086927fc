"""The options of `polyaxon run` that take files along."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

import click

from polyaxon_sdk.runner.uploads import Upload

__all__ = ["upload_options"]

R = TypeVar("R")

_OPTIONS = (
    click.option("-u", "--upload", "is_wanted", is_flag=True, help="Take the files of this folder along."),
    click.option(
        "-u-from",
        "--upload-from",
        "paths",
        multiple=True,
        metavar="PATH",
        type=click.Path(path_type=Path, exists=True),
        help="Take this file, or the files of this folder, along.",
    ),
    click.option(
        "-u-to",
        "--upload-to",
        "target",
        metavar="DIR",
        help="The folder of the run that gets them; by default `uploads`.",
    ),
)


def upload_options(command: Callable[..., R]) -> Callable[..., R]:
    """What is taken along, given to the command as `upload`; None where nothing is."""

    @wraps(command)
    def gathered(
        *, is_wanted: bool, paths: tuple[Path, ...], target: str | None, **given: Any
    ) -> R:  # click gives what the options declare
        if target is not None and not (is_wanted or paths):
            raise click.UsageError("--upload-to goes with --upload or --upload-from")
        upload = Upload(paths or (Path.cwd(),), target or "uploads") if is_wanted or paths else None
        return command(upload=upload, **given)

    for option in reversed(_OPTIONS):
        gathered = option(gathered)
    return gathered
