"""`python -m polyaxon_sdk.runner.builds`: what runs inside of a run of the component `venv`."""

from __future__ import annotations

import sys
from pathlib import Path

from polyaxon_sdk.exceptions import PolyaxonError
from polyaxon_sdk.runner.builds.recipe import place_of, recipe_of
from polyaxon_sdk.runner.builds.venv import make
from polyaxon_sdk.runner.own_inputs import own_inputs
from polyaxon_sdk.settings import load
from polyaxon_sdk.tracking.hooks import ending_of
from polyaxon_sdk.tracking.start import init

__all__ = ["main"]


def main() -> int:
    """Make the virtual environment that this process' run asks for, and log where it lies; the exit code."""
    run = init()
    try:
        recipe = recipe_of(own_inputs("a build", expected="`build: {hubRef: venv}`"), Path.cwd())
        place = place_of(recipe, load())
        make(recipe, place)
        run.log_outputs(venv=str(place))
    except PolyaxonError as error:
        sys.stderr.write(f"Error: {error}\n")
        run.end_with(ending_of(error))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
