"""The house rules that can be counted, so that growth is a decision."""

import ast
import re
import subprocess
import sys
import tomllib
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path
from statistics import median

import pytest

from tests.house import (
    PACKAGES,
    ROOT,
    Function,
    Source,
    first_of_block,
    inside_function,
    is_broad,
    length,
    matches,
    offences,
    positional,
    quantile,
    sources,
)

OURS = sources(*PACKAGES)
TESTS = sources("tests")
ALL = [*OURS, *TESTS, *sources("examples")]
OUR_ROOTS = {"polyaxon", "polyaxon_integrations", "polyaxon_sdk", "tests", "traceml"}
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
FORBIDDEN_NAMES = {
    "base",
    "common",
    "compat",
    "core",
    "handler",
    "handlers",
    "helpers",
    "manager",
    "misc",
    "utils",
}


@pytest.mark.parametrize(("files", "limit"), [(OURS, 500), (TESTS, 600)], ids=["package", "tests"])
def test_no_file_passes_the_hard_limit(files: list[Source], limit: int) -> None:
    assert [f"{file.name}: {len(file.lines)}" for file in files if len(file.lines) > limit] == []


def test_files_are_short() -> None:
    assert median(len(file.lines) for file in OURS) <= 150


@cache
def functions_of_ours() -> list[tuple[Source, Function]]:
    """Each function of the package with its file; parsed when first asked for, not while tests are collected."""
    return [(file, function) for file in OURS for function in file.functions]


def test_no_function_passes_the_hard_limit() -> None:
    assert [file.place(function) for file, function in functions_of_ours() if length(function) > 60] == []


def test_functions_are_short() -> None:
    lengths = [length(function) for _, function in functions_of_ours()]
    assert (median(lengths) <= 12, quantile(lengths, 0.9) <= 40) == (True, True), sorted(lengths)


def test_at_most_five_parameters_are_positional() -> None:
    assert [
        file.place(function) for file, function in functions_of_ours() if len(positional(function)) > 5
    ] == []


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert [file.name for file in OURS if file.path.stem in FORBIDDEN_NAMES] == []


def test_a_broad_handler_says_why() -> None:
    broad = [(file, node) for file in OURS for node in file.nodes(ast.ExceptHandler) if is_broad(node)]
    assert [file.place(node) for file, node in broad if not file.commented(node)] == []


def test_broad_handlers_are_rare() -> None:
    handlers = [node for file in OURS for node in file.nodes(ast.ExceptHandler)]
    assert len([node for node in handlers if is_broad(node)]) <= len(handlers) / 10


def test_an_import_inside_a_function_says_which_cost_it_avoids() -> None:
    late = [
        (file, first_of_block(node))
        for file in OURS
        for node in file.nodes(ast.Import, ast.ImportFrom)
        if inside_function(node)
    ]
    assert sorted({file.place(node) for file, node in late if not file.commented(node)}) == []


def _prints(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"


def test_only_the_command_line_prints() -> None:
    assert offences([file for file in OURS if not file.name.startswith("polyaxon_sdk/cli/")], _prints) == []


def test_settings_alone_reads_the_environment() -> None:
    others = [file for file in OURS if file.name != "polyaxon_sdk/settings.py"]
    assert matches(others, r"\bos\.(environb?|getenvb?)\b|from os import .*\b(environb?|getenvb?)\b") == []


def test_each_ignore_has_a_code_and_a_reason() -> None:
    ignores = r"#\s*(type:\s*ignore|pyright:\s*ignore|noqa)"
    reasoned = r"#\s*((type|pyright):\s*ignore\[[\w, -]+\]|noqa:\s*[A-Z]+\d+(,\s*[A-Z]+\d+)*)\s+#\s*\w+"
    assert sorted(set(matches(ALL, ignores + r"\b")) - set(matches(ALL, reasoned))) == []


def test_nothing_is_left_to_do() -> None:
    assert matches(ALL, r"\b(TO" r"DO|FIX" r"ME|XX" r"X)\b|NotImplemented" r"Error") == []


def _raises_anything(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in {"raises", "warns"}
        and "match" not in {keyword.arg for keyword in node.keywords}
    )


def test_each_expected_error_is_matched_by_its_words() -> None:
    assert offences(TESTS, _raises_anything) == []


def test_tests_use_no_mocks() -> None:
    assert matches(TESTS, r"^\s*(from|import)\s+(unittest\.)?mock\b|\bmocker\b") == []


def _plain(name: str) -> str:
    return name.lower().replace("_", "-")


def _required(lines: list[str]) -> set[str]:
    return {_plain(re.split(r"[<>=!~;\[ ]", line)[0]) for line in lines}


_LOADED_LATER = {f"polyaxon_sdk/storage/{cloud}.py" for cloud in ("azure", "gcs", "s3", "s3_puts")}
"""What `storage/clouds.py` loads with the first call of such a store; each needs the extra of its name."""


def _distributions(roots: set[str]) -> set[str]:
    """What has to be installed for these imports; ours and the standard library's aside."""
    providers = packages_distributions()
    foreign = roots - sys.stdlib_module_names - OUR_ROOTS
    return {_plain(name) for root in foreign for name in providers.get(root, [root])}


def test_what_is_imported_at_the_start_is_required() -> None:
    core = [file for file in OURS if file.name.startswith("polyaxon_sdk/") and file.name not in _LOADED_LATER]
    imported = {root for file in core for root in file.imported_roots(at_start=True)}
    assert _distributions(imported) - _required(PROJECT["dependencies"]) == set()


def test_what_is_required_is_imported() -> None:
    imported = {root for file in OURS for root in file.imported_roots()}
    assert _required(PROJECT["dependencies"]) - _distributions(imported) == set()


def test_what_tests_import_comes_with_the_dev_extra() -> None:
    extras = PROJECT["optional-dependencies"]
    brought = [each for extra in ("dev", "examples", "s3", "gcs", "azure") for each in extras[extra]]
    known = _required([*PROJECT["dependencies"], *brought])
    imported = {root for file in TESTS for root in file.imported_roots()}
    assert _distributions(imported) - known == set()


def test_imports_go_down_only() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    checked = subprocess.run([linter, "--no-logo"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout


def _says_any(function: Function) -> bool:
    hints = [argument.annotation for argument in ast.walk(function.args) if isinstance(argument, ast.arg)]
    return any(isinstance(hint, ast.Name) and hint.id == "Any" for hint in (*hints, function.returns))


def test_a_public_signature_that_says_any_says_why() -> None:
    said = [
        (file, function)
        for file, function in functions_of_ours()
        if file.is_public(function) and _says_any(function)
    ]
    assert [file.place(function) for file, function in said if not file.commented(function)] == []
