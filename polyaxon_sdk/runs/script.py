"""A person's Python file as a module."""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.runs.alias_path import ALIAS_FOLDER

__all__ = ["import_file", "imported_now"]

_IMPORTED: list[Path] = []
"""The files that are being run as modules, the innermost last."""


def import_file(path: Path) -> ModuleType:
    """Run a file, as a module that other files can import by its name.

    It can import its neighbours, as when it is run as a script, and the names `polyaxon` and `traceml`; where its
    folder has an `__init__.py`, it is that package's module, so that its relative imports work too.

    Raises:
        InputError: no Python file, or one whose package bears a name that is taken.
        BaseException: whatever the file raises.

    >>> import_file(Path("train.py")).__name__                                      # doctest: +SKIP
    'train'
    """
    file = path.resolve()
    root, name = _placed(file)
    before = sys.modules.pop(name, None)
    for folder in dict.fromkeys((root, file.parent)):
        sys.path.insert(0, str(folder))
    if ALIAS_FOLDER not in sys.path:
        sys.path.append(ALIAS_FOLDER)
    _IMPORTED.append(path)
    try:
        return _part(file, name) if "." in name else _whole(path, name)
    except BaseException:
        sys.modules.pop(name, None)
        if before is not None:
            sys.modules[name] = before
        raise
    finally:
        _IMPORTED.pop()


def imported_now() -> Path | None:
    """The file that `import_file` is running; None where it runs none."""
    return _IMPORTED[-1] if _IMPORTED else None


def _placed(file: Path) -> tuple[Path, str]:
    """The folder that a module is imported from, and its name there."""
    folder, name = file.parent, file.stem
    while folder.name.isidentifier() and (folder / "__init__.py").is_file():
        folder, name = folder.parent, f"{folder.name}.{name}"
    return folder, name


def _whole(path: Path, name: str) -> ModuleType:
    spec = spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise InputError("no Python file", where=str(path), expected="a name that ends in .py")
    module = module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def _part(file: Path, name: str) -> ModuleType:
    package = name.partition(".")[0]
    taken = InputError(
        f"{name} is imported from elsewhere",
        where=str(file),
        expected=f"a package of another name than {package!r}, or a folder without __init__.py",
    )
    try:
        module = import_module(name)
    except ModuleNotFoundError as error:
        if error.name != name:
            raise
        raise taken from error
    if Path(module.__file__ or "").resolve() != file:
        raise taken
    return module
