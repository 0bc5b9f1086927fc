"""What of this machine the words of a task start: a decorated function, scripts, and files that they name."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from hashlib import file_digest
from pathlib import Path
from typing import NamedTuple

from polyaxon_sdk.runner.executors.executor import Task
from polyaxon_sdk.runner.reuse.code import Code, code_of

__all__ = ["ENTRY", "Started", "started_by"]

ENTRY = "polyaxon_sdk.authoring"
"""The module that starts a decorated function."""

_LARGEST = 64 << 20
_SOURCES = frozenset(
    [
        ".bash",
        ".cfg",
        ".conf",
        ".ini",
        ".ipynb",
        ".jl",
        ".js",
        ".json",
        ".lua",
        ".pl",
        ".r",
        ".rb",
        ".sh",
        ".sql",
        ".toml",
        ".ts",
        ".yaml",
        ".yml",
        ".zsh",
    ]
)
"""What a file's name ends with that says what to do: data that a command names may be what it writes."""

_APART = re.compile(r"[\s;|&()<>'\"=]+")


class Started(NamedTuple):
    """What a task starts.

    Attributes:
        code: the Python of it.
        files: hashes of the other sources and settings that its words name, by their names.
    """

    code: Code
    files: Mapping[str, str]


def started_by(task: Task) -> Started:
    """What the words of a task name that lies on this machine.

    Raises:
        OSError: a file can't be read.
        SyntaxError: a Python file is none.
    """
    words = list(task.words)
    if ENTRY in words[:-1]:
        file, _, name = words[words.index(ENTRY) + 1].rpartition(":")
        return Started(code_of(task.folder / file, name, folder=task.folder), {})
    code, files = Code({}, {}), dict[str, str]()
    for path in dict.fromkeys(_named(words, task.folder)):
        if path.suffix == ".py":
            found = code_of(path, folder=task.folder)
            code = Code({**code.units, **found.units}, {**code.paths, **found.paths})
        elif path.suffix.lower() in _SOURCES:
            files[f"file {os.path.relpath(path, task.folder)}"] = _content(path)
    return Started(code, files)


def _named(words: list[str], folder: Path) -> Iterator[Path]:
    """The files that words name, a shell's words within them too; the program itself is not looked at."""
    for at, word in enumerate(words[1:], 1):
        if words[at - 1] == "-m" and (module := _module(word, folder)) is not None:
            yield module
        for each in [word, *_APART.split(word)]:
            if each and "\0" not in each and len(each) < 4096 and os.path.isfile(folder / each):
                yield folder / each


def _module(name: str, folder: Path) -> Path | None:
    """The file that `python -m` runs, where it is the person's own."""
    place = folder.joinpath(*name.split("."))
    return next((each for each in (place.with_suffix(".py"), place / "__main__.py") if each.is_file()), None)


def _content(path: Path) -> str:
    """A hash of what a file holds; of a large one, when it last changed and its size stand for that."""
    stat = path.stat()
    if stat.st_size > _LARGEST:
        return f"{stat.st_size} {stat.st_mtime_ns}"
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()[:20]
