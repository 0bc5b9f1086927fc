import subprocess
import sys
from pathlib import Path

import pytest

from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.state import RunState, read_run
from tests.authoring.conftest import Execute

pytestmark = pytest.mark.system


def state(folder: RunFolder) -> RunState:
    return read_run(folder)


def test_the_function_receives_its_own_types(execute: Execute) -> None:
    source = """
import enum
from pathlib import Path
class Color(enum.Enum):
    RED = "red"
@component
def main(n: int, rate: float, out: Path, color: Color, sizes: tuple[int, ...], größe: str | None = None):
    print(repr((n, rate, out, color, sizes, größe)))
"""
    shown = execute(source, n=3, rate=1, out="a", color="red", sizes=[1, 2], größe="ü")[1]
    assert shown == "(3, 1.0, PosixPath('a'), <Color.RED: 'red'>, (1, 2), 'ü')\n"


def test_an_input_without_value_leaves_the_default(execute: Execute) -> None:
    assert execute("@component\ndef main(n: int = 7): print(n)\n", n=None)[1] == "7\n"


def test_an_input_without_value_is_none_to_a_function_that_takes_that(execute: Execute) -> None:
    assert execute("@component\ndef main(n: int | None = 7): print(n)\n", n=None)[1] == "None\n"


def test_what_is_returned_becomes_outputs(execute: Execute, run_folder: RunFolder) -> None:
    source = """
from typing import NamedTuple
class Scores(NamedTuple):
    loss: float
    note: str
@component
def main() -> Scores:
    return Scores(1, "ü")
"""
    assert (execute(source)[0], state(run_folder).outputs) == (0, {"loss": 1.0, "note": "ü"})


def test_the_file_is_imported_once(execute: Execute) -> None:
    assert execute("print('imported')\n@component\ndef main(): ...\n")[1] == "imported\n"


def test_the_file_is_no_script(execute: Execute) -> None:
    assert (
        execute("@component\ndef main(): print(__name__)\nif __name__ == '__main__': print('x')\n")[1]
        == "train\n"
    )


def test_the_file_may_import_its_neighbours(execute: Execute, tmp_path: Path) -> None:
    (tmp_path / "digits.py").write_text("N = 5\n")
    assert execute("import digits\n@component\ndef main(): print(digits.N)\n")[1] == "5\n"


def test_the_function_may_start_processes_of_its_own(execute: Execute) -> None:
    source = """
import multiprocessing
def square(x): return x * x
@component
def main():
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        print(pool.map(square, [2]))
"""
    assert execute(source)[1] == "[4]\n"


def test_a_function_under_another_name_is_found_by_its_own(execute: Execute) -> None:
    source = "def fit(n: int): print(n)\nmain = component(name='other')(fit)\n"
    assert execute(source, target="train.py:fit", n=3)[1] == "3\n"


def test_an_error_of_the_function_fails_the_run_with_type_and_message(
    execute: Execute, run_folder: RunFolder
) -> None:
    code, _, told = execute("@component\ndef main():\n    raise ValueError('no digits')\n")
    last = state(run_folder).conditions[-1]
    assert (code, last.status, last.message) == (1, "failed", "ValueError: no digits")
    assert told.splitlines()[1].endswith('train.py", line 4, in main')


def test_an_interrupted_function_shows_its_own_frames_and_is_stopped(
    execute: Execute, run_folder: RunFolder
) -> None:
    source = "import signal\n@component\ndef main():\n    signal.raise_signal(signal.SIGINT)\n"
    code, _, told = execute(source)
    assert (code, state(run_folder).status) == (130, "stopped")
    assert told.splitlines()[1].endswith('train.py", line 5, in main')


def test_an_error_of_the_file_is_shown_and_fails_the_run(execute: Execute, run_folder: RunFolder) -> None:
    code, _, told = execute("raise KeyError('x')\n")
    assert told.splitlines()[-1] == "KeyError: 'x'"
    assert (code, state(run_folder).conditions[-1].message) == (1, "KeyError: 'x'")


def test_a_result_of_another_type_fails_the_run(execute: Execute, run_folder: RunFolder) -> None:
    code, _, told = execute("@component\ndef main() -> float:\n    return 'high'\n")
    assert told == "Error: result: the function returned 'high', expected float\n"
    assert (code, state(run_folder).status) == (1, "failed")


@pytest.mark.parametrize("words", [[], ["a.py:x", "more"]])
def test_another_count_of_words_is_refused(words: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "polyaxon_sdk.authoring", *words], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (2, "Error: expected one word, file.py:name\n")


def test_outside_of_a_run_it_says_what_to_type(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "polyaxon_sdk.authoring", "train.py:main"],
        env={"HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "works inside of a run, expected `polyaxon run -pm file.py:name`" in done.stderr
