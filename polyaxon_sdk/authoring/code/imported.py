"""The text of the person's own modules as it was when they were imported: their files may change at any time."""

from __future__ import annotations

import os
import sys
from itertools import takewhile
from typing import NamedTuple

__all__ = ["Imported", "imported_now"]

_LARGEST = 1 << 20
_OURS = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))) + os.sep
_STDLIB = os.path.dirname(os.__file__) + os.sep


class Imported(NamedTuple):
    """A module, as it was first seen.

    Attributes:
        module: as `sys.modules` has it.
        spec: another one once the module was imported anew.
        file: its source.
        text: what stood there; None where it can't be read or is larger than 1 MiB.
    """

    module: object
    spec: object
    file: str
    text: str | None


_SEEN: dict[str, object] = {}
_OWN: dict[str, Imported] = {}


def imported_now() -> list[Imported]:
    """The modules that are imported by now, but for those of Python, of packages and of this one.

    The text of each is read once, when it is first seen here: so this is called wherever a component is made, in the
    import of its module.
    """
    for name, module in _unseen():
        _SEEN[name] = module
        _look(name, module)
    for name, known in [*_OWN.items()]:
        module = sys.modules.get(name)
        if module is not known.module or _fields(module).get("__spec__") is not known.spec:
            _look(name, module)
    return [*_OWN.values()]


def _unseen() -> list[tuple[str, object]]:
    """The modules that came since the last look, in their order: they stand behind all that were there then.

    Looking at those again would write to the memory of each, which a forked process has to copy first.
    """
    while True:
        try:
            entries = ((name, sys.modules.get(name)) for name in reversed(sys.modules))
            new: list[tuple[str, object]] = [*takewhile(_is_unseen, entries)]
        except RuntimeError:  # another thread imports something
            continue
        return new[::-1]


def _is_unseen(entry: tuple[str, object]) -> bool:
    name, module = entry
    return name not in _SEEN or _SEEN[name] is not module


def _look(name: str, module: object) -> None:
    _OWN.pop(name, None)
    fields = _fields(module)
    file = fields.get("__file__")
    if isinstance(file, str) and _may_be_own(file):
        _OWN[name] = Imported(module, fields.get("__spec__"), file, _read(file))


def _fields(module: object) -> dict[str, object]:
    """What a module holds; not asked of itself, since one that loads itself when it is asked would."""
    try:
        found = object.__getattribute__(module, "__dict__")
    except AttributeError:
        return {}
    return found if isinstance(found, dict) else {}


def _may_be_own(file: str) -> bool:
    is_installed = "site-packages" in file or "dist-packages" in file
    return not is_installed and file.endswith(".py") and not file.startswith((_OURS, _STDLIB))


def _read(file: str) -> str | None:
    try:
        with open(file, "rb") as source:
            data = source.read(_LARGEST + 1)
    except OSError:
        return None
    return data.decode("utf-8", "surrogateescape") if len(data) <= _LARGEST else None
