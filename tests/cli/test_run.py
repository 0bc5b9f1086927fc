import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Polyaxon
from tests.polling import eventually

TRAIN = ("run", "-pm", "train.py:train", "-P", "epochs=2")


def test_a_function_is_run_and_shown(polyaxon: Polyaxon, home: Path) -> None:
    told = polyaxon(*TRAIN, "-l")
    uuid = next((home / "runs").iterdir()).name
    lines = [line.strip() for line in told.out.splitlines()]
    assert (told.code, told.err) == (0, "")
    assert lines[:7] == [
        f"run {uuid[:12]}  train  in project default",
        "epochs     2",
        "rate       0.1",
        "optimizer  adam",
        "epoch 0",
        "epoch 1",
        "outputs",
    ]


def test_afterwards_outputs_status_place_and_next_steps_are_shown(polyaxon: Polyaxon, home: Path) -> None:
    told = polyaxon(*TRAIN)
    path = next((home / "runs").iterdir())
    lines = [line.strip() for line in told.out.splitlines()]
    ended = lines.index("outputs")
    assert sorted(lines[ended + 1 : ended + 3]) == ["loss  0.4096", "x     0.64"]
    assert lines[ended + 3].startswith("succeeded after ")
    assert lines[ended + 4 :] == [
        f"it lies in  {path}",
        f"look at it  polyaxon ops get -uid {path.name[:12]}",
        f"its output  polyaxon ops logs -uid {path.name[:12]}",
        "all runs    polyaxon ops ls",
    ]


def test_a_run_that_would_keep_nothing_is_refused(polyaxon: Polyaxon, home: Path) -> None:
    told = polyaxon(*TRAIN, POLYAXON_NO_OP="true")
    assert (told.code, told.out, [*home.glob("runs/*")]) == (2, "", [])
    assert told.err == (
        "Error: POLYAXON_NO_OP: a run in a process of its own has no outputs where nothing is kept, "
        "expected a plain call of the function, or POLYAXON_NO_OP=false\n"
    )


def test_without_l_the_output_is_kept_for_later(polyaxon: Polyaxon) -> None:
    assert "epoch 0" not in polyaxon(*TRAIN).out


def test_the_variable_main_is_taken_where_none_is_named(polyaxon: Polyaxon) -> None:
    assert polyaxon("run", "-pm", "train.py", "-P", "epochs=1").code == 0


def test_as_json_the_run_is_all_that_stdout_holds(polyaxon: Polyaxon) -> None:
    found = json.loads(polyaxon(*TRAIN, "-l", "-o", "json").out)
    assert (found["status"], found["inputs"]["epochs"], found["outputs"]["loss"]) == (
        "succeeded",
        2,
        pytest.approx(0.4096),
    )


def test_labels_are_kept(polyaxon: Polyaxon) -> None:
    words = ("-p", "me/digits", "-n", "best", "--description", "größer", "--tags", "a, b", "-o", "json")
    found = json.loads(polyaxon(*TRAIN, *words).out)
    assert [found[key] for key in ("owner", "project", "name", "description", "tags")] == [
        "me",
        "digits",
        "best",
        "größer",
        ["a", "b"],
    ]


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (
            ("-pm", "train.py:trian", "-P", "epochs=1"),
            "Error: train.py: no 'trian' in it, did you mean 'train'?",
        ),
        (("-pm", "nowhere.py"), "Error: nowhere.py: no such file"),
        (
            ("-pm", "train.py:Scores"),
            "Error: train.py:Scores: type is not something to run, expected a decorated",
        ),
        (("-pm", "train.py"), "Error: train.py:main: params.epochs: missing, expected a value of type int"),
        (
            ("-pm", "train.py", "-P", "epochs=x"),
            "Error: -P: params.epochs: 'x' is not a value of type int, expected a whole",
        ),
        (
            ("-pm", "train.py", "-P", "epochs=1.5"),
            "Error: -P: params.epochs: '1.5' is not a value of type int",
        ),
        (
            ("-pm", "train.py", "-P", "epochs=1", "-P", "optimizer=ada"),
            "Error: -P: params.optimizer: 'ada' is not allowed, expected one of 'adam', 'sgd'",
        ),
        (
            ("-pm", "train.py", "-P", "epochs=1", "-P", "rat=1"),
            "Error: -P: params.rat: no such input, did you mean 'rate'?",
        ),
        (("-pm", "train.py", "-P", "epochs"), "Error: -P: 'epochs' gives no value, expected NAME=VALUE"),
        (("-pm", "train.py", "-P", "=1"), "Error: -P: '=1' gives no value, expected NAME=VALUE"),
        (("-pm", "train.py", "-P", "epochs=1", "-P", "epochs=2"), "Error: -P: 'epochs' is given twice"),
        (("-pm", "train.py", "-P", "epochs=1", "-P", "epochs =2"), "Error: -P: 'epochs' is given twice"),
        (("-pm", "train.py", "-P", "epochs=1", "-n", "../x"), "Error: --name: name: invalid name '../x'"),
        (("-pm", "train.py", "-P", "epochs=1", "-p", "../x"), "Error: invalid project '../x'"),
        (("-pm", "train.py", "-f", "a.yml"), "Error: -f and -pm each name what to run: give one of them"),
        (("-f", "nowhere.yml"), "Error: nowhere.yml: no such file"),
        (("-f", "train.py:train"), "Error: train.py:train: a Python file, expected `-pm train.py:train`"),
        ((), "no Polyaxonfile, expected polyaxonfile.yaml, or -f FILE"),
        (("--projct", "x"), "Error: No such option '--projct'. Did you mean '--project'?"),
    ],
)
def test_a_mistake_takes_one_line_and_creates_nothing(
    polyaxon: Polyaxon, home: Path, words: tuple[str, ...], line: str
) -> None:
    told = polyaxon("run", *words)
    assert line in told.err
    assert (told.code, told.err.count("\n"), told.out, home.exists()) == (2, 1, "", False)


def test_a_file_that_raises_shows_its_traceback_and_none_of_ours(
    polyaxon: Polyaxon, folder: Path, home: Path
) -> None:
    (folder / "broken.py").write_text("def load():\n    raise ValueError('no digits')\nload()\n")
    told = polyaxon("run", "-pm", "broken.py")
    shown = [
        line for line in told.err.splitlines() if line.strip(" ~^")
    ]  # newer Pythons underline what raised
    assert shown == [
        "Traceback (most recent call last):",
        f'  File "{folder / "broken.py"}", line 3, in <module>',
        "    load()",
        f'  File "{folder / "broken.py"}", line 2, in load',
        "    raise ValueError('no digits')",
        "ValueError: no digits",
        "Error: broken.py: it raises ValueError: no digits",
    ]
    assert (told.code, home.exists()) == (2, False)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("kind: component\nrun: [1,\n", r"train.yml:3:1"),
        ("kind: component\nrun: {kind: job, container: {imgae: x}}\n", "did you mean 'image'?"),
        ("kind: component\nrun: {{ x }}\n", "train.yml:2"),
    ],
)
def test_a_malformed_file_is_told_with_its_place(
    polyaxon: Polyaxon, folder: Path, home: Path, text: str, line: str
) -> None:
    (folder / "train.yml").write_text(text)
    told = polyaxon("run", "-f", "train.yml")
    assert line in told.err
    assert "Traceback" not in told.err
    assert (told.code, home.exists()) == (2, False)


COMPONENT = """
kind: component
name: echo
inputs:
- {name: word, type: str}
- {name: often, type: int, value: 1}
run:
  kind: job
  container:
    image: busybox
    command: [echo]
    args: ["{{ params.as_args }}"]
""".replace('["{{ params.as_args }}"]', '"{{ params.as_args }}"')


def test_a_yaml_component_runs_here_and_its_image_is_ignored_in_one_line(
    polyaxon: Polyaxon, folder: Path
) -> None:
    (folder / "echo.yml").write_text(COMPONENT)
    told = polyaxon("run", "-f", "echo.yml", "-P", "word=grüße", "-l", COLUMNS="40")
    assert told.code == 0
    assert "--word=grüße --often=1\n" in told.out
    assert "ignored, since the command runs here as a process: image 'busybox'" in told.out


def test_an_input_that_a_yaml_component_lacks_warns_with_the_nearest(
    polyaxon: Polyaxon, folder: Path
) -> None:
    (folder / "echo.yml").write_text(COMPONENT)
    told = polyaxon("run", "-f", "echo.yml", "-P", "word=a", "-P", "oftn=2")
    assert told.code == 0
    assert "Warning: params.oftn: no input has this name" in told.err
    assert "did you mean 'often'?" in told.err


def test_the_polyaxonfile_of_the_folder_is_taken_by_default(polyaxon: Polyaxon, folder: Path) -> None:
    (folder / "polyaxonfile.yaml").write_text(COMPONENT)
    assert polyaxon("run", "-P", "word=a").code == 0


def test_a_functions_own_error_is_shown_from_its_own_frames_on(polyaxon: Polyaxon, folder: Path) -> None:
    (folder / "fails.py").write_text(
        "from polyaxon_sdk import component\n@component\ndef main(x: int = 1):\n    raise ValueError('no digits')\n"
    )
    told = polyaxon("run", "-pm", "fails.py", "-l")
    shown = told.out[told.out.index("Traceback") :].splitlines()
    assert shown[1:4] == [
        f'  File "{folder / "fails.py"}", line 4, in main',
        "    raise ValueError('no digits')",
        "ValueError: no digits",
    ]
    assert (told.code, shown[4].partition("s: ")[2]) == (1, "ValueError: no digits")


@pytest.mark.parametrize(
    ("body", "code", "message"),
    [
        ("raise SystemExit(3)", 1, "exit code 3"),
        ("raise SystemExit(0)", 0, ""),
        ("import os; os._exit(4)", 1, "exit code 4"),
        ("import os; os.kill(os.getpid(), 9)", 1, "killed by SIGKILL"),
        ("return 'high'", 1, "result: the function returned 'high', expected float"),
    ],
)
def test_the_way_a_function_ends_decides_the_run(
    polyaxon: Polyaxon, folder: Path, body: str, code: int, message: str
) -> None:
    (folder / "ends.py").write_text(
        f"from polyaxon_sdk import component\n@component\ndef main() -> float:\n    {body}\n"
    )
    told = polyaxon("run", "-pm", "ends.py")
    assert message in told.out
    assert told.code == code


def test_a_home_that_cannot_be_written_is_told_in_one_line(polyaxon: Polyaxon) -> None:
    told = polyaxon(*TRAIN, POLYAXON_HOME="/proc/polyaxon")
    assert "Error: the run can't be written to /proc/polyaxon: " in told.err
    assert (told.code, told.err.count("\n")) == (1, 1)


def test_two_runs_at_once_share_a_home(folder: Path, environment: dict[str, str], polyaxon: Polyaxon) -> None:
    command = [sys.executable, "-m", "polyaxon_sdk", *TRAIN]
    runs = [
        subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.DEVNULL) for _ in range(2)
    ]
    assert [run.wait(120) for run in runs] == [0, 0]
    assert json.loads(polyaxon("ops", "ls", "-o", "json").out)["count"] == 2


WAITS = """
import time
from polyaxon_sdk import component

@component
def main():
    try:
        print("ready", flush=True)
        time.sleep(60)
    finally:
        print("cleaned up", flush=True)
"""


def _start(folder: Path, environment: dict[str, str]) -> subprocess.Popen[str]:
    """A run of `waits.py` that has begun, in a session of its own."""
    run = subprocess.Popen(
        [sys.executable, "-m", "polyaxon_sdk", "run", "-pm", "waits.py", "-l"],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    while _line(run) != "ready\n":
        assert run.poll() is None
    return run


def _line(run: subprocess.Popen[str]) -> str:
    assert run.stdout is not None
    return run.stdout.readline()


def _interrupt(folder: Path, environment: dict[str, str], times: int) -> tuple[int, str]:
    shown = ""
    with _start(folder, environment) as run:
        for _ in range(times):
            os.killpg(run.pid, signal.SIGINT)
            shown += _line(run)
        assert run.stdout is not None
        shown += run.stdout.read()  # what `communicate` reads lacks what is buffered here already
    return run.returncode, shown


def test_ctrl_c_stops_the_run_which_may_clean_up(
    folder: Path, environment: dict[str, str], polyaxon: Polyaxon
) -> None:
    (folder / "waits.py").write_text(WAITS)
    code, shown = _interrupt(folder, environment, times=1)
    found = json.loads(polyaxon("ops", "get", "-o", "json").out)
    assert (code, found["status"], shown.count("cleaned up")) == (130, "stopped", 1)


def test_a_second_ctrl_c_kills_it(folder: Path, environment: dict[str, str], polyaxon: Polyaxon) -> None:
    stubborn = WAITS.replace(
        "import time\n", "import time, signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\n"
    )
    (folder / "waits.py").write_text(stubborn)
    code, shown = _interrupt(folder, environment, times=2)
    found = json.loads(polyaxon("ops", "get", "-o", "json").out)
    assert (code, found["status"], shown.count("cleaned up")) == (130, "stopped", 0)


def test_a_killed_runner_leaves_the_run_to_its_end(
    folder: Path, environment: dict[str, str], polyaxon: Polyaxon
) -> None:
    (folder / "waits.py").write_text(WAITS.replace("sleep(60)", "sleep(1)"))
    with _start(folder, environment) as run:
        run.kill()
    eventually(lambda: "cleaned up" in polyaxon("ops", "logs").out)
    assert polyaxon("ops", "logs").out.split() == ["ready", "cleaned", "up"]
