"""What of a person's code counts, and what doesn't change it."""

import ast
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from polyaxon_sdk.runner.reuse.code import code_of

FILE = '''
"""A file."""

import math
from helper import times as grown

RATE = 0.1
OTHER = 0.2

def scale(x):
    """Scale."""
    if x:
        y = x + RATE
    else:
        y = x - 1
    return grown(y) * math.pi

def train(x: int) -> float:
    values = [scale(each) for each in range(x)]
    return sum(values)

def unrelated(x):
    return x / OTHER
'''
HELPER = """
def times(x):
    return x * 2

def unused(x):
    return x
"""


def digests(folder: Path, *, file: str = FILE, helper: str = HELPER, name: str | None = "train") -> object:
    folder.mkdir(exist_ok=True)
    (folder / "train.py").write_text(file)
    (folder / "helper.py").write_text(helper)
    return code_of(folder / "train.py", name, folder=folder).digests


@given(st.data())
@settings(max_examples=20, deadline=None)
def test_comments_and_layout_change_nothing(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    lines = []
    for line in FILE.splitlines():
        if not line.strip():
            lines += [""] * data.draw(st.integers(0, 3))
            continue
        is_code = not line.lstrip().startswith('"')
        lines += data.draw(st.sampled_from([[], ["# said"], ["        # deep"], [""]])) if is_code else []
        lines.append(line + data.draw(st.sampled_from(["", "  # why", "   "])) if is_code else line)
    folder = tmp_path_factory.mktemp("code")
    assert digests(folder / "one", file="\n".join(lines)) == digests(folder / "two")


def test_the_form_of_the_code_changes_nothing(tmp_path: Path) -> None:
    assert digests(tmp_path / "one", file=ast.unparse(ast.parse(FILE))) == digests(tmp_path / "two")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("x + RATE", "x - RATE"),
        ("RATE = 0.1", "RATE = 0.10001"),
        ("math.pi", "math.e"),
        ("range(x)", "range(x + 1)"),
        ("x: int", "x: float"),
        ("times as grown", "unused as grown"),
        ("    else:\n        y = x - 1", "    y = x - 1"),
        ("import math", "import cmath as math"),
        ("sum(values)", "sum(values) if values else 0"),
    ],
)
def test_what_it_does_changes_it(tmp_path: Path, old: str, new: str) -> None:
    assert old in FILE
    changed = digests(tmp_path / "one", file=FILE.replace(old, new))
    assert changed != digests(tmp_path / "two")


@given(number=st.integers(), operator=st.sampled_from(["-", "*", "/", "//", "%", "**", "|", "@"]))
@settings(max_examples=15, deadline=None)
def test_any_other_number_and_operator_changes_it(
    tmp_path_factory: pytest.TempPathFactory, number: int, operator: str
) -> None:
    folder = tmp_path_factory.mktemp("code")
    before = digests(folder / "one")
    assert digests(folder / "two", file=FILE.replace("x + RATE", f"x {operator} RATE")) != before
    same = number == 1
    assert (digests(folder / "three", file=FILE.replace("x - 1", f"x - {number}")) == before) is same


def test_what_it_never_mentions_changes_nothing(tmp_path: Path) -> None:
    file = FILE.replace("x / OTHER", "x * OTHER").replace("0.2", "0.3")
    helper = HELPER.replace("    return x\n", "    return -x\n")
    assert digests(tmp_path / "one", file=file, helper=helper) == digests(tmp_path / "two")


def test_an_imported_file_counts(tmp_path: Path) -> None:
    assert digests(tmp_path / "one", helper=HELPER.replace("* 2", "* 3")) != digests(tmp_path / "two")


def test_what_an_imported_file_does_counts(tmp_path: Path) -> None:
    assert digests(tmp_path / "one", helper=f"{HELPER}\nprint(1)\n") != digests(tmp_path / "two")


def test_the_block_of_a_program_is_none_of_a_function(tmp_path: Path) -> None:
    file = f'{FILE}\nif __name__ == "__main__":\n    print(train(1))\n'
    assert digests(tmp_path / "one", file=file) == digests(tmp_path / "two")
    assert digests(tmp_path / "one", file=file, name=None) != digests(tmp_path / "two", name=None)


def test_a_file_that_looks_names_up_counts_whole(tmp_path: Path) -> None:
    file = FILE.replace("return sum(values)", "return globals()['unrelated'](sum(values))")
    before = digests(tmp_path / "one", file=file)
    assert digests(tmp_path / "two", file=file.replace("x / OTHER", "x * OTHER")) != before


def test_packages_and_relative_imports_are_followed(tmp_path: Path) -> None:
    package = tmp_path / "package"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "inner.py").write_text("from .deep import least\n\ndef most(x):\n    return least(x)\n")
    (package / "deep.py").write_text("def least(x):\n    return x\n")
    (tmp_path / "main.py").write_text("from package import inner\n\ndef run(x):\n    return inner.most(x)\n")
    found = code_of(tmp_path / "main.py", "run", folder=tmp_path).digests
    assert [name for name, units in found.items() if {"run", "most", "least"} & set(units)] == [
        "code main.py",
        "code package/deep.py",
        "code package/inner.py",
    ]


def test_a_file_that_is_no_python_is_told(tmp_path: Path) -> None:
    (tmp_path / "bad.py").write_text("def (:\n")
    with pytest.raises(SyntaxError, match="bad"):
        code_of(tmp_path / "bad.py")
