"""A document that was read: its data, and where in which file each field stands."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path as FilePath
from typing import TYPE_CHECKING

from attrs import evolve, frozen

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyaxonfile.scalars import MAX_DIGITS
from polyaxon_sdk.polyaxonfile.yaml_text import Places, load
from polyaxon_sdk.polyflow.problems import Path, Problem, SpecError

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from polyaxon_sdk.polyaxonfile.origin import Origin

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
        origin: where it came from, where it is no file of this person's own.
    """

    data: object
    name: str
    text: str = ""
    path: FilePath | None = None
    origin: Origin | None = None

    @classmethod
    def parse(
        cls, text: str, *, name: str, path: FilePath | None = None, origin: Origin | None = None
    ) -> Document:
        """The document in a YAML or JSON text.

        Raises:
            InputError: with `name:line:column`.
        """
        data = _load_json(text, name) if name.endswith(".json") else load(text, name)
        if data is None:
            raise InputError("nothing in it", where=name, expected="a component or an operation")
        return cls(data=data, name=name, text=text, path=path, origin=origin)

    @classmethod
    def decode(
        cls, raw: bytes, *, name: str, path: FilePath | None = None, origin: Origin | None = None
    ) -> Document:
        """The document in the bytes of a file.

        Raises:
            InputError: they are no UTF-8 text, or malformed, with `name:line:column`.
        """
        try:
            text = raw.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise InputError("no UTF-8 text", where=name) from error
        return cls.parse(text, name=name, path=path, origin=origin)

    @classmethod
    def load(
        cls, file: Traversable, *, name: str, path: FilePath | None = None, origin: Origin | None = None
    ) -> Document:
        """The document in a file, of a folder or of a package.

        Raises:
            InputError: the file is absent, unreadable, too large or malformed.
        """
        try:
            with file.open("rb") as stream:
                raw = stream.read(MAX_BYTES + 1)
        except FileNotFoundError as error:
            raise InputError("no such file", where=name) from error
        except OSError as error:
            raise InputError(f"can't be read: {error.strerror}", where=name) from error
        except ValueError as error:
            raise InputError(f"can't be read: {error}", where=name) from error
        if len(raw) > MAX_BYTES:
            raise InputError(f"larger than {MAX_BYTES // 2**20} MiB", where=name)
        return cls.decode(raw, name=name, path=path, origin=origin)

    @property
    def place(self) -> str:
        """What tells it from every other document."""
        if self.path is not None:
            return str(self.path.resolve())
        address = self.origin.address if self.origin else None
        return address.text if address else self.name

    @property
    def title(self) -> str:
        """What it is called in a chain of references."""
        if self.origin is None:
            return self.path.name if self.path else self.name
        return self.origin.component or self.origin.name

    def where(self, path: Path) -> str:
        """`name:line:column` of a field, or of the nearest one around it."""
        return self._spelled(self._nearest(path)[1])

    def nearest(self, path: Path) -> tuple[int, str] | None:
        """How many steps of a path this document has, in itself or in its `component`, and their place.

        >>> Document(data=None, name="a.yml", text="component: {run: {kind: job}}").nearest(("run", "init"))
        (1, 'a.yml:1:13')
        """
        if not self.text:
            return None
        own = self._nearest(path)
        inner = self._nearest(("component", *path))
        length, place = max(own, (inner[0] - 1, inner[1]), key=lambda found: found[0])
        return length, self._spelled(place)

    def located(self, error: SpecError) -> SpecError:
        """The same problems, each with its place in the file."""
        return SpecError(self._located(problem) for problem in error.problems)

    def _located(self, problem: Problem) -> Problem:
        if problem.where is not None or not self.text:
            return evolve(problem, where=problem.where or self.name)
        return evolve(problem, where=self.where(problem.path[:-1] if problem.missing else problem.path))

    def _nearest(self, path: Path) -> tuple[int, tuple[int, int]]:
        places = _places(self.text, self.name)
        for length in range(len(path), 0, -1):
            if path[:length] in places:
                return length, places[path[:length]]
        return 0, (1, 1)

    def _spelled(self, place: tuple[int, int]) -> str:
        return f"{self.name}:{place[0]}:{place[1]}"


@lru_cache(maxsize=4)
def _places(text: str, name: str) -> Places:
    """Where everything stands; found out on the first mistake, and kept for the others of the same file."""
    places: Places = {}
    load(text, name, places)
    return places


def read_document(path: FilePath) -> Document:
    """The document in a file.

    Raises:
        InputError: the file is absent, unreadable, too large or malformed.
    """
    return Document.load(path, name=str(path), path=path)


def _load_json(text: str, name: str) -> object:
    try:
        data: object = json.loads(text, object_pairs_hook=_once, parse_int=_int)
    except json.JSONDecodeError as error:
        raise InputError(
            f"no valid JSON: {error.msg}", where=f"{name}:{error.lineno}:{error.colno}"
        ) from error
    except RecursionError as error:
        raise InputError("nested too deep", where=name) from error
    except ValueError as error:
        raise InputError(str(error), where=name) from error
    return data


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for key, value in pairs:
        if key in found:
            raise ValueError(f"a second {key!r} in a mapping, expected each key once")
        found[key] = value
    return found


def _int(digits: str) -> int:
    if len(digits) > MAX_DIGITS:
        raise ValueError(f"a whole number of more than {MAX_DIGITS} digits")
    return int(digits)
