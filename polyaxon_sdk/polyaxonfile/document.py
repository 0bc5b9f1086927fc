"""A document that was read: its data, and where in which file each field stands."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path as FilePath
from typing import TYPE_CHECKING

from attrs import evolve, frozen

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyaxonfile.places import Places, nearest
from polyaxon_sdk.polyaxonfile.raw import read_bytes
from polyaxon_sdk.polyaxonfile.yaml_text import load
from polyaxon_sdk.polyflow.problems import Path, Problem, SpecError

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from polyaxon_sdk.polyaxonfile.origin import Origin

__all__ = ["Document", "read_document"]


@frozen(kw_only=True)
class Document:
    """Plain data with its source.

    Args:
        data: what the document says.
        name: what errors call it.
        text: the source of `data`.
        path: the file, where it is one.
        part: which of the things of a Python file it stands for.
        origin: where it came from, where it is no file of this person's own.
    """

    data: object
    name: str
    text: str = ""
    path: FilePath | None = None
    part: str | None = None
    origin: Origin | None = None

    @classmethod
    def parse(
        cls, text: str, *, name: str, path: FilePath | None = None, origin: Origin | None = None
    ) -> Document:
        """The document in a YAML or JSON text.

        Raises:
            InputError: with `name:line:column`.
        """
        data = _json(text, name) if name.endswith(".json") else load(text, name)
        if data is None or data == {}:
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
        raw = read_bytes(file, name=name) if isinstance(file, FilePath) else file.read_bytes()
        return cls.decode(raw, name=name, path=path, origin=origin)

    @property
    def place(self) -> str:
        """What tells it from every other document."""
        if self.path is not None:
            return str(self.path.resolve()) + (f":{self.part}" if self.part else "")
        address = self.origin.address if self.origin else None
        return address.text if address else self.name

    @property
    def title(self) -> str:
        """What it is called in a chain of references."""
        if self.origin is None:
            return f"{self.path.name}{f':{self.part}' if self.part else ''}" if self.path else self.name
        return self.origin.component or self.origin.name

    def nearest(self, path: Path) -> tuple[int, str] | None:
        """How many steps of a path this document has, and the place of the last of them; as `places.nearest`.

        >>> Document(data=None, name="a.yml", text="component: {run: {kind: job}}").nearest(("run", "init"))
        (1, 'a.yml:1:13')
        """
        if not self.text:
            return None
        length, place = nearest(_places(self.text, self.name), path, self.data)
        return length, f"{self.name}:{place[0]}:{place[1]}"

    def located(self, error: SpecError) -> SpecError:
        """The same problems, each with its place in the file."""
        return SpecError(self._located(problem) for problem in error.problems)

    def _located(self, problem: Problem) -> Problem:
        if problem.where is not None:
            return problem
        found = self.nearest(problem.path[:-1] if problem.missing else problem.path)
        return evolve(problem, where=found[1] if found else self.name)


@lru_cache(maxsize=4)
def _places(text: str, name: str) -> Places:
    """Where everything stands; found out on the first mistake, and kept for the others of the same file."""
    if name.endswith(".json"):
        from polyaxon_sdk.polyaxonfile.json_text import places_of  # for those whose file is JSON

        return places_of(text, name)
    places: Places = {}
    load(text, name, places)
    return places


def read_document(path: FilePath) -> Document:
    """The document in a file.

    Raises:
        InputError: the file is absent, unreadable, too large or malformed.
    """
    return Document.load(path, name=str(path), path=path)


def _json(text: str, name: str) -> object:
    from polyaxon_sdk.polyaxonfile.json_text import load as load_json  # for those whose file is JSON

    return load_json(text, name)
