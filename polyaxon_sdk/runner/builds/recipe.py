"""What a virtual environment is made of, and where it lies."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.settings import Settings

__all__ = ["Recipe", "place_of", "recipe_of"]

_NESTED = ("-r", "--requirement", "-c", "--constraint")


class Recipe(NamedTuple):
    """What a virtual environment is made of.

    Attributes:
        names: requirements.
        files: of requirements.
        contents: of these files, and of those that they name.
        python: the interpreter.
        is_isolated: whether the packages beside this one are left out.
    """

    names: tuple[str, ...]
    files: tuple[Path, ...]
    contents: tuple[str, ...]
    python: str
    is_isolated: bool

    @property
    def digest(self) -> str:
        """A hash of what it is made of: of the files what they hold, not where they lie."""
        about = sys.version if self.python == sys.executable else ""
        parts = (*self.names, "", *self.contents, self.python, about, str(self.is_isolated))
        return sha256("\0".join(parts).encode()).hexdigest()[:20]


def recipe_of(inputs: Mapping[str, object], folder: Path) -> Recipe:
    """The recipe that the inputs of the component `venv` ask for.

    Args:
        inputs: `requirements`, `python`, `isolated`.
        folder: that files are relative to.

    Raises:
        InputError: a file can't be read, or the requirements are none.

    >>> recipe_of({"requirements": ["numpy>=2"]}, Path()).names
    ('numpy>=2',)
    """
    wanted = inputs.get("requirements")
    if isinstance(wanted, str):
        files = tuple(folder / word.strip() for word in wanted.split(",") if word.strip())
        names: tuple[str, ...] = ()
    elif isinstance(wanted, list):
        files, names = (), tuple(str(each) for each in wanted)
    else:
        raise InputError(f"{wanted!r} are no requirements", path="requirements", expected="a file, or a list")
    contents = tuple(content for file in files for content in _contents(file, set()))
    python = str(inputs.get("python") or sys.executable)
    return Recipe(names, files, contents, python, bool(inputs.get("isolated")))


def place_of(recipe: Recipe, settings: Settings) -> Path:
    """Where the virtual environment lies, whether or not it is made: all who want the same share it."""
    return settings.cache / "venvs" / recipe.digest


def _contents(file: Path, seen: set[Path]) -> Iterator[str]:
    """What a file holds, and those that it names."""
    if file in seen:
        return
    seen.add(file)
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise InputError(
            f"can't be read: {file}", path="requirements", expected="a file of requirements"
        ) from error
    yield text
    for line in text.splitlines():
        option, _, name = line.strip().replace("=", " ", 1).partition(" ")
        if option in _NESTED and name.strip():
            yield from _contents(file.parent / name.strip(), seen)
