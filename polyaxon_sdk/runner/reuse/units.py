"""A Python file as the statements at its top: what each defines, what it names, and what it means."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

__all__ = ["Module", "Statement", "Unit", "digest_of", "read_module"]

_LARGEST = 4 << 20
_DYNAMIC = frozenset(
    {"globals", "eval", "exec", "vars", "__import__", "import_module", "importlib", "modules"}
)
_OURS = frozenset({"polyaxon_sdk", "polyaxon"})
_QUIET_BASES = frozenset(
    {"object", "NamedTuple", "TypedDict", "Protocol", "Exception", "ABC", "Enum", "Generic"}
)
_QUIET = (
    ast.Constant,
    ast.List,
    ast.Tuple,
    ast.Dict,
    ast.Set,
    ast.UnaryOp,
    ast.Name,
    ast.Attribute,
    ast.Subscript,
)
_DOCUMENTED = (ast.Module, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_BLOCKS = ("body", "orelse", "finalbody", "handlers", "cases")


class Statement(NamedTuple):
    """A statement without those inside of it.

    Attributes:
        digest: of its syntax tree and of where it stands, whatever its layout.
        line: where it begins.
    """

    digest: str
    line: int


class Unit(NamedTuple):
    """A statement at the top of a file.

    Attributes:
        name: for people; of a function or a class its own.
        defines: the names that it binds.
        uses: the names that it mentions.
        statements: it and those inside of it, in order.
        digest: of all of them.
        is_held: whether it does something wherever the file is imported; a function does something when called.
        is_main: whether it is only for the file that is started.
        imports: the import statements in it, wherever they stand.
    """

    name: str
    defines: frozenset[str]
    uses: frozenset[str]
    statements: tuple[Statement, ...]
    digest: str
    is_held: bool
    is_main: bool
    imports: tuple[ast.Import | ast.ImportFrom, ...]


class Module(NamedTuple):
    """A Python file.

    Attributes:
        units: in their order.
        is_dynamic: whether it looks names up that nothing tells beforehand.
    """

    units: tuple[Unit, ...]
    is_dynamic: bool


def digest_of(text: str) -> str:
    """A short hash of a text.

    >>> digest_of("")
    'e3b0c44298fc1c149afb'
    """
    return sha256(text.encode("utf-8", "surrogateescape")).hexdigest()[:20]


def read_module(path: Path) -> Module:
    """The statements of a file.

    Raises:
        OSError: it can't be read, or is larger than 4 MiB.
        SyntaxError: it is no Python.
    """
    stat = path.stat()
    return _parsed(str(path), stat.st_mtime_ns, stat.st_size, stat.st_ino)


@lru_cache(maxsize=4096)
def _parsed(path: str, _changed: int, size: int, _inode: int) -> Module:
    if size > _LARGEST:
        raise OSError(f"{path} is larger than {_LARGEST} bytes")
    try:
        tree = ast.parse(Path(path).read_bytes(), path)
    except (ValueError, RecursionError) as error:  # null bytes; nesting without end
        raise SyntaxError(f"{path}: {error}") from error
    named = {name for node in ast.walk(tree) for name in _mentions(node)}
    if "__doc__" not in named:
        _strip(tree)
    ours = {name for node in ast.walk(tree) for name in _of_ours(node)}
    return Module(
        tuple(_unit(node, ours) for node in tree.body), is_dynamic=any(map(_is_dynamic, ast.walk(tree)))
    )


def _strip(tree: ast.Module) -> None:
    """Take docstrings away: they document, as comments do."""
    for node in ast.walk(tree):
        if isinstance(node, _DOCUMENTED) and ast.get_docstring(node, clean=False) is not None:
            node.body = node.body[1:] or [ast.Pass(lineno=node.body[0].lineno)]
            if isinstance(node, ast.Module) and len(node.body) == 1 and isinstance(node.body[0], ast.Pass):
                node.body = []


def _apart(node: ast.stmt) -> Iterator[ast.stmt]:
    """A statement as it is; of an import one for each name, so that those count that are used."""
    if isinstance(node, ast.Import):
        yield from (ast.Import([alias], lineno=node.lineno) for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        yield from (
            ast.ImportFrom(node.module, [each], node.level, lineno=node.lineno) for each in node.names
        )
    else:
        yield node


def _unit(node: ast.stmt, ours: set[str]) -> Unit:
    inside = list(ast.walk(node))
    imports = tuple(each for each in inside if isinstance(each, ast.Import | ast.ImportFrom))
    is_import = isinstance(node, ast.Import | ast.ImportFrom)
    statements, defined = tuple(_flat(node, 0, "")), frozenset(_defined(node))
    return Unit(
        name=_name(node),
        defines=defined,
        uses=frozenset() if is_import else frozenset(name for each in inside for name in _mentions(each)),
        statements=statements,
        digest=digest_of(" ".join(each.digest for each in statements)),
        is_held="*" in defined if is_import else not _is_quiet(node, ours),
        is_main=_is_main(node),
        imports=imports,
    )


def _name(node: ast.stmt) -> str:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return node.name
    return ", ".join(sorted(_defined(node))) or "the top"


def _defined(node: ast.stmt) -> Iterator[str]:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        yield node.name
    elif isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        for target in targets:
            yield from (each.id for each in ast.walk(target) if isinstance(each, ast.Name))
    elif isinstance(node, ast.Import | ast.ImportFrom):
        yield from (alias.asname or alias.name.partition(".")[0] for alias in node.names)


def _mentions(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Name):
        yield node.id
    elif isinstance(node, ast.Attribute):
        yield node.attr
    elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.isidentifier():
        yield node.value
    elif isinstance(node, ast.ImportFrom):
        yield from (alias.name for alias in node.names)


def _of_ours(node: ast.AST) -> Iterator[str]:
    """The names that a file has from this package: calling them while it is imported does nothing yet."""
    if (
        isinstance(node, ast.ImportFrom)
        and node.level == 0
        and (node.module or "").partition(".")[0] in _OURS
    ):
        yield from (alias.asname or alias.name for alias in node.names)
    elif isinstance(node, ast.Import):
        yield from (
            alias.asname or alias.name.partition(".")[0]
            for alias in node.names
            if alias.name.partition(".")[0] in _OURS
        )


def _is_quiet(node: ast.stmt, ours: set[str]) -> bool:
    """Whether importing the file does nothing but bind a name here."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        return all(_root(each) in ours for each in node.decorator_list)
    if isinstance(node, ast.ClassDef):
        bases = {_root(base) for base in node.bases}
        return not node.decorator_list and not node.keywords and bases <= _QUIET_BASES
    if isinstance(node, ast.Assign):
        return all(isinstance(each, ast.Name) for each in node.targets) and _is_quiet_value(node.value, ours)
    if isinstance(node, ast.AnnAssign):
        return isinstance(node.target, ast.Name) and (node.value is None or _is_quiet_value(node.value, ours))
    return False


def _is_quiet_value(value: ast.expr, ours: set[str]) -> bool:
    if isinstance(value, ast.Call) and _root(value) in ours:
        return True
    return all(isinstance(each, (*_QUIET, ast.expr_context, ast.unaryop)) for each in ast.walk(value))


def _root(node: ast.AST) -> str:
    while isinstance(node, ast.Call | ast.Attribute | ast.Subscript):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else ""


def _is_main(node: ast.stmt) -> bool:
    if not isinstance(node, ast.If) or node.orelse or not isinstance(node.test, ast.Compare):
        return False
    sides = {ast.unparse(node.test.left), *map(ast.unparse, node.test.comparators)}
    return "__name__" in sides and bool({"'__main__'", '"__main__"'} & sides)


def _is_dynamic(node: ast.AST) -> bool:
    if isinstance(node, ast.Name | ast.Attribute):
        return (node.id if isinstance(node, ast.Name) else node.attr) in _DYNAMIC
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "getattr":
        return len(node.args) < 2 or not isinstance(node.args[1], ast.Constant)
    return False


def _flat(node: ast.AST, depth: int, place: str) -> Iterator[Statement]:
    """A statement without its blocks, then what is in each of them."""
    blocks = {name: getattr(node, name) for name in _BLOCKS if isinstance(getattr(node, name, None), list)}
    bare = node.__class__(**{name: [] if name in blocks else value for name, value in ast.iter_fields(node)})
    line = getattr(node, "lineno", 0) or getattr(getattr(node, "pattern", None), "lineno", 0)
    yield Statement(digest_of(f"{depth} {place} {ast.dump(bare)}")[:10], line)
    for name, inside in blocks.items():
        for each in inside:
            yield from _flat(each, depth + 1, name)
