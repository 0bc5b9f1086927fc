"""Components from Python files: `-pm file.py[:name]`."""

from __future__ import annotations

import os
from pathlib import Path
from types import ModuleType, TracebackType
from typing import Protocol, runtime_checkable

from polyaxon_sdk.exceptions import InputError, did_you_mean
from polyaxon_sdk.polyaxonfile.document import Document
from polyaxon_sdk.polyaxonfile.polyaxonfile import Polyaxonfile
from polyaxon_sdk.polyaxonfile.references import put_in
from polyaxon_sdk.polyaxonfile.resolver import Resolver
from polyaxon_sdk.polyflow import SpecError, V1Component, V1Operation, read, write
from polyaxon_sdk.runs.script import import_file

__all__ = [
    "DEFAULT_NAME",
    "HoldsComponent",
    "HoldsOperation",
    "ModuleFailedError",
    "load_object",
    "module_of",
    "object_in",
    "offered_in",
    "read_module",
    "specified_by",
    "split_target",
]

DEFAULT_NAME = "main"
"""The variable taken where `-pm` names none."""


@runtime_checkable
class HoldsComponent(Protocol):
    """What a Python file may offer beside V1Component and V1Operation: a decorated function, say."""

    def to_component(self) -> V1Component:
        """The component that it stands for."""
        ...  # without it pyright takes the docstring for a body


@runtime_checkable
class HoldsOperation(Protocol):
    """What a Python file may offer beside: an operation that says how a component is run."""

    def to_operation(self) -> V1Operation:
        """The operation that it stands for."""
        ...  # without it pyright takes the docstring for a body


class ModuleFailedError(InputError):
    """A person's Python file raised while it was imported.

    Args:
        traceback: its own traceback as text, without frames of ours.
    """

    def __init__(self, what: str, *, where: str, traceback: str) -> None:
        super().__init__(what, where=where)
        self.traceback = traceback


def read_module(target: str, *, resolver: Resolver | None = None, loaded: object = None) -> Polyaxonfile:
    """The operation that `file.py[:name]` names.

    Args:
        resolver: finds what is referred to; by default nothing is fetched.
        loaded: the object, where the file was run already.

    Raises:
        ModuleFailedError: the file raised; it carries the traceback.
        InputError: there is no such file or name, or it is no component.

    >>> read_module("train.py:train")                                              # doctest: +SKIP
    """
    path, name = split_target(target)
    found = load_object(target) if loaded is None else loaded
    where = f"{path}:{name}"
    document = Document(data=None, name=where, path=path)
    resolver = resolver or Resolver()
    try:
        if isinstance(found, HoldsOperation) and not isinstance(found, type):
            found = found.to_operation()
        if isinstance(found, V1Operation):
            operation = put_in(read(V1Operation, write(found)), document, resolver)
        else:
            held = found if isinstance(found, V1Component) else _component(found, where)
            component = put_in(read(V1Component, write(held)), document, resolver)
            operation = V1Operation(component=component)
    except SpecError as error:
        raise document.located(error) from error
    kind = "operation" if isinstance(found, V1Operation) else "component"
    return Polyaxonfile(operation=operation, kind=kind, name=where, origins=tuple(resolver.origins))


def load_object(target: str) -> object:
    """The object that `file.py[:name]` names, whatever it is; the file is run.

    Raises:
        ModuleFailedError: the file raised.
        InputError: there is no such file or name.
    """
    path, name = split_target(target)
    if not path.is_file():
        expected = None if path.suffix == ".py" else "file.py:name"
        raise InputError("no such file", where=str(path), expected=expected)
    return object_in(module_of(path), path, name)


def object_in(module: ModuleType, path: Path, name: str) -> object:
    """The object of that name in a file that was run.

    Raises:
        InputError: it has none.
    """
    if not hasattr(module, name):
        offers = [key for key, value in vars(module).items() if _is_component(value)]
        hint = did_you_mean(name, offers)
        if not hint:
            hint = f", it has {', '.join(offers)}" if offers else ", it has no component"
        raise InputError(f"no {name!r} in it", where=str(path), hint=hint)
    found: object = getattr(module, name)
    return found


def offered_in(path: Path) -> dict[str, object]:
    """The objects of a Python file that stand for components and operations, by the names that `-pm` takes.

    The file is run; `specified_by` says what each of them stands for. One that has two names has the first;
    those that it imports from elsewhere are left out. One below another decorator is among them, to be told.

    Raises:
        ModuleFailedError: the file raised.
        InputError: there is no such file.
    """
    if not path.is_file():
        raise InputError("no such file", where=str(path))
    module = module_of(path)
    found: dict[int, tuple[str, object]] = {}
    for name, value in vars(module).items():
        made_in = getattr(value, "__dict__", {}).get("__module__", module.__name__)
        if (_is_component(value) or _is_covered(value)) and made_in == module.__name__:
            found.setdefault(id(value), (name, value))
    return dict(found.values())


def specified_by(value: object, where: str) -> V1Component | V1Operation:
    """The component or operation that an object of a Python file stands for.

    Raises:
        InputError: it stands for none; `where` tells what it is.
    """
    if isinstance(value, HoldsOperation):
        return value.to_operation()
    return value if isinstance(value, V1Component | V1Operation) else _component(value, where)


def split_target(target: str) -> tuple[Path, str]:
    """The file and the name of `file.py[:name]`.

    >>> split_target("train.py")
    (PosixPath('train.py'), 'main')
    """
    head, colon, name = target.rpartition(":")
    if colon and head.endswith(".py"):
        return Path(head), name or DEFAULT_NAME
    return Path(target), DEFAULT_NAME


def _component(found: object, where: str) -> V1Component:
    if isinstance(found, HoldsComponent) and not isinstance(found, type):
        return found.to_component()
    expected = "a decorated function, a V1Component or a V1Operation"
    if _is_covered(found):
        expected = "`@component` above the other decorators"
    raise InputError(f"{type(found).__name__} is not something to run", where=where, expected=expected)


def _is_covered(value: object) -> bool:
    """Whether a function's other decorators stand above `@component`."""
    return isinstance(getattr(value, "__wrapped__", None), HoldsComponent)


def _is_component(value: object) -> bool:
    offered = isinstance(value, (V1Component, V1Operation, HoldsComponent))
    return offered and not isinstance(value, type)


def module_of(path: Path) -> ModuleType:
    """The module of a file, which is run.

    Raises:
        ModuleFailedError: the file raised.
        InputError: what it raised is a line that says where.
    """
    try:
        return import_file(path)
    except (Exception, SystemExit) as error:  # the person's own code: whatever it raises is shown to them
        if isinstance(error, InputError) and (error.where or _from(path, error.__traceback__) is None):
            raise  # its line says where already
        raise _failed(error, path) from error


def _failed(error: BaseException, path: Path) -> ModuleFailedError:
    from traceback import TracebackException  # 3 ms, for those whose file fails

    shown = TracebackException(type(error), error, _from(path, error.__traceback__))
    lines = list(shown.format_exception_only())
    what = f"it raises {lines[-1].strip()}" if lines else f"it raises {type(error).__name__}"
    return ModuleFailedError(what, where=str(path), traceback="".join(shown.format()))


def _from(path: Path, traceback: TracebackType | None) -> TracebackType | None:
    """The traceback from the person's file on."""
    while traceback is not None and not _same(traceback.tb_frame.f_code.co_filename, path):
        traceback = traceback.tb_next
    return traceback


def _same(filename: str, path: Path) -> bool:
    return os.path.abspath(filename) == os.path.abspath(path)
