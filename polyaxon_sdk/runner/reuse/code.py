"""The code that a run is made of: the file that it starts and the person's own files that this one imports."""

from __future__ import annotations

import ast
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from sysconfig import get_paths
from typing import NamedTuple

from polyaxon_sdk.runner.reuse.units import Module, Unit, digest_of, read_module

__all__ = ["Code", "Place", "code_of"]

_INSTALLED = tuple(
    {
        f"{os.path.realpath(get_paths()[name])}{os.sep}"
        for name in ("stdlib", "platstdlib", "purelib", "platlib")
    }
)
_OURS = frozenset({"polyaxon_sdk", "polyaxon", "polyaxon_integrations"})
_KEPT = 256

Place = tuple[str, str]
"""A file, as people call it, and what stands at its top."""


class Code(NamedTuple):
    """What of some files counts.

    Attributes:
        units: each statement at the top of a file that counts; several of one name are one after the other.
        paths: the files, by how people call them.
    """

    units: Mapping[Place, Sequence[Unit]]
    paths: Mapping[str, Path]

    @property
    def digests(self) -> dict[str, dict[str, str]]:
        """A hash of each part, by `code FILE` and by name; comments, layout and docstrings don't change it."""
        found: dict[str, dict[str, str]] = {}
        for (file, name), units in self.units.items():
            found.setdefault(f"code {file}", {})[name] = digest_of(" ".join(unit.digest for unit in units))
        return found


def code_of(file: Path, name: str | None = None, *, folder: Path | None = None) -> Code:
    """The code behind a Python file, or behind one function of it.

    Of functions, classes and constants those count that are mentioned, by whatever counts, in whatever file; what a
    file does while it is imported counts always. Installed packages don't.

    Args:
        file: that is started.
        name: the function that is called; None where the file itself is the program.
        folder: where it is started; by default the current one.

    Raises:
        OSError: the file can't be read.
        SyntaxError: it is no Python.
    """
    roots = tuple(dict.fromkeys([file.resolve().parent, (folder or Path.cwd()).resolve()]))
    key = (file.resolve(), name or "", *roots)
    if (known := _known.get(key)) is not None and known.stamps == _stamps(known.code.paths.values()):
        return known.code
    code = _code_of(file.resolve(), name, roots)
    if len(_known) >= _KEPT:
        _known.clear()
    _known[key] = _Known(_stamps(code.paths.values()), code)
    return code


class _Known(NamedTuple):
    """What was found before, and what the files were then."""

    stamps: tuple[tuple[int, int, int], ...]
    code: Code


_known: dict[tuple[object, ...], _Known] = {}


def _stamps(paths: Iterable[Path]) -> tuple[tuple[int, int, int], ...]:
    return tuple((stat.st_mtime_ns, stat.st_size, stat.st_ino) for stat in map(os.stat, paths))


def _code_of(file: Path, name: str | None, roots: Sequence[Path]) -> Code:
    modules = _modules(file, roots)
    wanted = (
        None if any(module.is_dynamic for module in modules.values()) else {(name or "").partition(".")[0]}
    )
    main = file if name is None else None
    counted = {path: _counted(module, is_main=path == main) for path, module in modules.items()}
    if wanted is not None:
        wanted = _mentioned([unit for units in counted.values() for unit in units], wanted)
    found: dict[Place, list[Unit]] = {}
    for path, units in counted.items():
        for unit in units:
            if wanted is None or unit.is_held or unit.defines & wanted:
                found.setdefault((_called(path, roots), unit.name), []).append(unit)
    return Code(found, {_called(path, roots): path for path in modules})


def _counted(module: Module, *, is_main: bool) -> list[Unit]:
    return [unit for unit in module.units if is_main or not unit.is_main]


def _mentioned(units: Sequence[Unit], wanted: set[str]) -> set[str]:
    """The names that count: those wanted, and those that anything mentions that counts."""
    while True:
        more = set(wanted)
        for unit in units:
            if unit.is_held or unit.defines & wanted:
                more |= unit.uses | _renamed(unit, wanted)
        if more == wanted:
            return wanted
        wanted = more


def _renamed(unit: Unit, wanted: set[str]) -> set[str]:
    """What is wanted under another name: `from here import this as that`."""
    return {
        alias.name.rpartition(".")[2]
        for node in unit.imports
        for alias in node.names
        if alias.asname in wanted
    }


def _modules(start: Path, roots: Sequence[Path]) -> dict[Path, Module]:
    """The file and what it imports of the person's own, to the end."""
    found = {start: read_module(start)}
    waiting = [start]
    while waiting:
        path = waiting.pop()
        for unit in found[path].units:
            for node in unit.imports:
                for each in _files_of(node, path, roots):
                    if each not in found and (module := _readable(each)) is not None:
                        found[each] = module
                        waiting.append(each)
    return dict(sorted(found.items()))


def _readable(path: Path) -> Module | None:
    try:
        return read_module(path)
    except (OSError, SyntaxError):  # the run itself tells it, where it gets that far
        return None


def _files_of(node: ast.Import | ast.ImportFrom, path: Path, roots: Sequence[Path]) -> Iterator[Path]:
    if isinstance(node, ast.Import):
        for alias in node.names:
            yield from _along(alias.name.split("."), roots)
        return
    words = node.module.split(".") if node.module else []
    places = roots if node.level == 0 else [_up(path.parent, node.level - 1)]
    yield from _along(words, places)
    for alias in node.names:
        yield from _along([*words, alias.name], places)


def _up(folder: Path, levels: int) -> Path:
    return folder.parents[levels - 1] if 0 < levels <= len(folder.parents) else folder


def _along(words: Sequence[str], roots: Sequence[Path]) -> Iterator[Path]:
    """The files that importing `a.b.c` runs: packages on the way, and the module."""
    if words and words[0] in _OURS:
        return
    for root in roots:
        here = [root.joinpath(*words[:end]) for end in range(1, len(words) + 1)]
        files = [file for place in here for file in (place / "__init__.py", place.with_suffix(".py"))]
        there = [os.path.realpath(file) for file in files if os.path.isfile(file)]
        if there:
            yield from (Path(file) for file in there if not file.startswith(_INSTALLED))
            return


def _called(path: Path, roots: Sequence[Path]) -> str:
    """How a person calls the file: from where it is found, so that moving the folder changes nothing."""
    root = next((root for root in roots if path.is_relative_to(root)), None)
    return path.name if root is None else path.relative_to(root).as_posix()
