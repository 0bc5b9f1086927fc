from pathlib import Path
from threading import Event

import pytest

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyflow import V1DockerfileType, V1FileType
from polyaxon_sdk.runner.inits.dockerfile import dockerfile_text
from polyaxon_sdk.runner.inits.step import Work
from polyaxon_sdk.runner.inits.written import file_step
from tests.runner.conftest import Memory
from tests.runner.inits.conftest import Prepare, RunInits


@pytest.mark.system
def test_a_file_is_there_before_the_process_starts(run_inits: RunInits, watcher: Memory) -> None:
    step = {"file": {"filename": "a/hello.sh", "content": "echo hello", "chmod": "+x"}}
    run_inits(step, script="{{ globals.artifacts_path }}/a/hello.sh")
    assert watcher.printed == b"hello\n"


@pytest.mark.system
def test_steps_are_carried_out_in_their_order(run_inits: RunInits, watcher: Memory) -> None:
    steps = [{"file": {"filename": "a.txt", "content": each}} for each in ("first", "second")]
    run_inits(*steps, script="cat '{{ globals.artifacts_path }}/a.txt'")
    assert watcher.printed == b"second"


@pytest.mark.system
def test_an_input_becomes_a_step_before_the_others(run_inits: RunInits, watcher: Memory) -> None:
    inputs = [{"name": "code", "type": "file", "toInit": True, "value": {"filename": "a", "content": "in"}}]
    step = {"file": {"filename": "a", "content": "own"}}
    run_inits(step, inputs=inputs, script="cat '{{ globals.artifacts_path }}/a'")
    assert watcher.printed == b"own"


@pytest.mark.system
def test_a_step_may_write_into_the_run_itself(run_inits: RunInits, watcher: Memory) -> None:
    step = {"file": {"filename": "a", "content": "kept"}, "path": "{{ globals.run_outputs_path }}"}
    run_inits(step, script="cat '{{ globals.run_outputs_path }}/a'")
    assert watcher.printed == b"kept"


@pytest.mark.system
def test_the_run_says_which_file_it_took_in(run_inits: RunInits) -> None:
    state = run_inits({"file": {"filename": "a.csv", "content": "x", "kind": "csv"}}).state
    assert state is not None
    assert state.artifacts["a.csv", "csv"]["is_input"] is True


@pytest.mark.parametrize(
    ("chmod", "mode"), [("755", 0o755), ("0600", 0o600), ("u+x,g+w", 0o764), ("a+x", 0o755)]
)
def test_a_file_gets_its_mode(tmp_path: Path, chmod: str, mode: int) -> None:
    step = file_step(V1FileType(content="a", chmod=chmod), tmp_path / "a", path="file")
    step.carry_out(Work(given_up=Event(), say=lambda line: None, note=lambda kind, **fields: None))
    assert (tmp_path / "a").stat().st_mode & 0o7777 == mode


def test_a_mode_that_is_none_is_refused(prepare: Prepare) -> None:
    with pytest.raises(InputError, match=r"run.init\[0\].file.chmod: invalid mode 'x\+u', expected such as"):
        prepare({"file": {"content": "a", "chmod": "x+u"}})


@pytest.mark.parametrize("path", ["../../a", "/etc", "a/../../../b"])
def test_a_path_out_of_the_run_is_refused(prepare: Prepare, path: str) -> None:
    with pytest.raises(InputError, match=r"run.init\[0\].file.filename: .* leads out of the run"):
        prepare({"file": {"filename": "a", "content": "a"}, "path": path})


def test_a_dockerfile_has_its_lines_in_their_order() -> None:
    given = V1DockerfileType(
        image="python:3.11",
        env={"TZ": "UTC"},
        copy=[["requirements.txt", "/code/requirements.txt"]],
        run=["pip install -r requirements.txt"],
        post_run_copy=["train.py"],
        lang_env="en_US.UTF-8",
        uid=1000,
        gid=100,
        username="me",
        workdir_path="src",
    )
    assert dockerfile_text(given).splitlines() == [
        "FROM python:3.11",
        'SHELL ["/bin/bash", "-c"]',
        'ENV LC_ALL="en_US.UTF-8"',
        'ENV LANG="en_US.UTF-8"',
        'ENV LANGUAGE="en_US.UTF-8"',
        'ENV TZ="UTC"',
        "WORKDIR /code",
        'COPY ["requirements.txt", "/code/requirements.txt"]',
        "RUN pip install -r requirements.txt",
        "RUN groupadd -o -g 100 me && useradd -o -m -u 1000 -g 100 me",
        'COPY ["train.py", "train.py"]',
        'COPY ["src", "/code"]',
        "USER 1000:100",
    ]
