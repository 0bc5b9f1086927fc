"""A document that was read: its data, and where in which file each field stands."""

from __future__ import annotations

import json
from pathlib import Path as FilePath

from attrs import evolve, frozen

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyaxonfile.yaml_text import Places, load
from polyaxon_sdk.polyflow.problems import Path, Problem, SpecError

__all__ = ["MAX_BYTES", "Document", "read_document"]

MAX_BYTES = 8 * 2**20
"""How large a file may be."""


@frozen(kw_only=True)
class Document:
    """Plain data with its source.

    Args:
        data: what the document says.
        name: what errors call it.
        text: the source of `data`.
        path: the file, where it is one.
    """

    data: object
    name: str
    text: str = ""
    path: FilePath | None = None

    @classmethod
    def parse(cls, text: str, *, name: str, path: FilePath | None = None) -> Document:
        """The document in a YAML or JSON text.

        Raises:
            InputError: with `name:line:column`.
        """
        data = _load_json(text, name) if name.endswith(".json") else load(text, name)
        if data is None:
            raise InputError("nothing in it", where=name, expected="a component or an operation")
        return cls(data=data, name=name, text=text, path=path)

    def where(self, path: Path) -> str:
        """`name:line:column` of a field, or of the nearest one around it."""
        places: Places = {}
        load(self.text, self.name, places)
        while path not in places and path:
            path = path[:-1]
        line, column = places.get(path, (1, 1))
        return f"{self.name}:{line}:{column}"

    def located(self, error: SpecError) -> SpecError:
        """The same problems, each with its place in the file."""
        return SpecError(self._located(problem) for problem in error.problems)

    def _located(self, problem: Problem) -> Problem:
        if problem.where is not None or not self.text:
            return evolve(problem, where=problem.where or self.name)
        return evolve(problem, where=self.where(problem.path[:-1] if problem.missing else problem.path))


def read_document(path: FilePath) -> Document:
    """The document in a file.

    Raises:
        InputError: the file is absent, unreadable, too large or malformed.
    """
    name = str(path)
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
        text = raw.decode("utf-8-sig")
    except FileNotFoundError as error:
        raise InputError("no such file", where=name) from error
    except OSError as error:
        raise InputError(f"can't be read: {error.strerror}", where=name) from error
    except UnicodeDecodeError as error:
        raise InputError("no UTF-8 text", where=name) from error
    if len(raw) > MAX_BYTES:
        raise InputError(f"larger than {MAX_BYTES // 2**20} MiB", where=name)
    return Document.parse(text, name=name, path=path)


def _load_json(text: str, name: str) -> object:
    try:
        data: object = json.loads(text)
    except json.JSONDecodeError as error:
        raise InputError(
            f"no valid JSON: {error.msg}", where=f"{name}:{error.lineno}:{error.colno}"
        ) from error
    except RecursionError as error:
        raise InputError("nested too deep", where=name) from error
    return data
