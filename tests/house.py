"""The source files as the house rules see them: parsed once, measured, searched."""

import ast
import re
from collections.abc import Callable
from functools import cached_property
from itertools import takewhile
from pathlib import Path
from typing import TypeVar

ROOT = Path(__file__).parents[1]
PACKAGES = ("polyaxon_sdk", "integrations/polyaxon_integrations")
Node = TypeVar("Node", bound=ast.AST)
Function = ast.FunctionDef | ast.AsyncFunctionDef


class Source:
    """One Python file: its text, its tree, and what the rules ask about them."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.name = path.relative_to(ROOT).as_posix()
        self.lines = path.read_text(encoding="utf-8").splitlines()

    @cached_property
    def tree(self) -> ast.Module:
        """The parsed file; each node knows the one around it as `node.parent`."""
        tree = ast.parse("\n".join(self.lines))
        for node in ast.walk(tree):
            for child in ast.iter_child_nodes(node):
                child.parent = node  # type: ignore[attr-defined]  # ast's nodes take attributes, its stubs don't
        return tree

    def nodes(self, *kinds: type[Node]) -> list[Node]:
        """All nodes of these kinds."""
        return [node for node in ast.walk(self.tree) if isinstance(node, kinds)]

    @cached_property
    def functions(self) -> list[Function]:
        """All functions and methods, nested ones too."""
        return self.nodes(ast.FunctionDef, ast.AsyncFunctionDef)

    def imported_roots(self, *, at_start: bool = False) -> set[str]:
        """The top-level names that are imported absolutely, those for type checkers left out.

        Args:
            at_start: only those that are imported with the file, not by a function when it is called.
        """
        found = [node for node in self.nodes(ast.Import, ast.ImportFrom) if not for_types(node)]
        kept = [node for node in found if not (at_start and inside_function(node))]
        direct = [alias.name for node in kept if isinstance(node, ast.Import) for alias in node.names]
        froms = [node.module or "" for node in kept if isinstance(node, ast.ImportFrom) and node.level == 0]
        return {name.partition(".")[0] for name in (*direct, *froms)}

    def place(self, node: ast.AST) -> str:
        """Where a node stands, as `file:line`."""
        return f"{self.name}:{getattr(node, 'lineno', 1)}"

    @cached_property
    def exported(self) -> set[str]:
        """The names in the file's `__all__`."""
        said = [node for node in self.tree.body if isinstance(node, ast.Assign)]
        lists = [node.value for node in said if ast.unparse(node.targets[0]) == "__all__"]
        return set(ast.literal_eval(lists[0])) if lists else set()

    def is_public(self, function: Function) -> bool:
        """Whether the file exports the function, or the class that it is a method of."""
        around = getattr(function, "parent", None)
        owner = around if isinstance(around, ast.ClassDef) else function
        return owner.name in self.exported and not function.name.startswith("_")

    def commented(self, node: ast.stmt | ast.ExceptHandler) -> bool:
        """Whether a comment stands on the node's first lines, up to a body, or fills the line above."""
        above = self.lines[node.lineno - 2].strip() if node.lineno > 1 else ""
        body: list[ast.stmt] = getattr(node, "body", [])
        first = self.lines[node.lineno - 1 : body[0].lineno - 1 if body else node.lineno]
        return above.startswith("#") or any("#" in line for line in first)


def sources(*folders: str) -> list[Source]:
    """The Python files below these folders of the repository, in order."""
    return [Source(path) for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]


def length(function: Function) -> int:
    """Lines of a function from its `def` on, without its docstring."""
    first = function.body[0]
    docstring = 0 if ast.get_docstring(function) is None else (first.end_lineno or 0) - first.lineno + 1
    return (function.end_lineno or 0) - function.lineno + 1 - docstring


def positional(function: Function) -> list[str]:
    """The parameters that can be passed by position, without the instance or class."""
    names = [argument.arg for argument in (*function.args.posonlyargs, *function.args.args)]
    return names[1:] if names[:1] in (["self"], ["cls"], ["mcs"]) else names


def inside_function(node: ast.AST) -> bool:
    """Whether a node stands in a function's body."""
    around = getattr(node, "parent", None)
    return around is not None and (isinstance(around, Function) or inside_function(around))


def for_types(node: ast.AST) -> bool:
    """Whether a node stands where only type checkers look."""
    around = getattr(node, "parent", None)
    if isinstance(around, ast.If) and ast.unparse(around.test).endswith("TYPE_CHECKING"):
        return True
    return around is not None and for_types(around)


def is_broad(node: ast.ExceptHandler) -> bool:
    """Whether a handler swallows everything; one that tidies up and raises again doesn't."""
    if isinstance(node.body[-1], ast.Raise) and node.body[-1].exc is None:
        return False
    names = {name.id for name in ast.walk(node.type) if isinstance(name, ast.Name)} if node.type else set()
    return node.type is None or bool(names & {"Exception", "BaseException"})


def first_of_block(node: ast.stmt) -> ast.stmt:
    """The first import of the unbroken run of imports that `node` stands in."""
    around: list[ast.stmt] = getattr(getattr(node, "parent", None), "body", [])
    before = around[: around.index(node)] if node in around else []
    others = takewhile(lambda sibling: isinstance(sibling, ast.Import | ast.ImportFrom), reversed(before))
    return [node, *others][-1]


def quantile(numbers: list[int], share: float) -> int:
    """The number below which `share` of the numbers lie."""
    return sorted(numbers)[min(int(len(numbers) * share), len(numbers) - 1)]


def offences(files: list[Source], guilty: Callable[[ast.AST], bool]) -> list[str]:
    """The places of all nodes that are guilty."""
    return [file.place(node) for file in files for node in ast.walk(file.tree) if guilty(node)]


def matches(files: list[Source], pattern: str) -> list[str]:
    """The places of all lines that match."""
    found = re.compile(pattern)
    lines = [(f"{file.name}:{number}", line) for file in files for number, line in enumerate(file.lines, 1)]
    return [place for place, line in lines if found.search(line)]
