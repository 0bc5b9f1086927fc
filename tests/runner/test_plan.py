import os
import sys
from pathlib import Path

import pytest

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.runs.alias_path import ALIAS_FOLDER
from tests.runner.conftest import MakePlan, shell


def test_python_is_this_python(plan_of: MakePlan) -> None:
    assert plan_of({"command": ["python3", "-c", "pass"]}).task.words == (sys.executable, "-c", "pass")


def test_the_task_starts_where_the_person_stands(plan_of: MakePlan) -> None:
    assert plan_of(shell("true")).task.folder == Path.cwd()


def test_the_working_dir_goes_before_that(plan_of: MakePlan, tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    assert plan_of({**shell("true"), "workingDir": "inner"}).task.folder == tmp_path / "inner"


def test_a_working_dir_that_is_not_there_is_refused(plan_of: MakePlan) -> None:
    with pytest.raises(InputError, match=r"run.container.workingDir: no folder '.*/nowhere'"):
        plan_of({**shell("true"), "workingDir": "nowhere"})


@pytest.mark.parametrize("program", ["no-such-program", "./no-such-program"])
def test_a_program_that_is_not_there_is_refused(plan_of: MakePlan, program: str) -> None:
    with pytest.raises(InputError, match=r"command\[0\]: no program '.*no-such-program' on this machine"):
        plan_of({"command": [program]})


def test_a_program_of_the_working_dir_is_found(plan_of: MakePlan, tmp_path: Path) -> None:
    script = tmp_path / "train.sh"
    script.write_text("#!/bin/sh\n")
    script.chmod(0o755)
    assert plan_of({"command": ["./train.sh"]}).task.words == ("./train.sh",)


def test_programs_beside_this_ones_python_are_found_last(
    plan_of: MakePlan, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "/usr/bin:/bin")
    plan = plan_of({"command": ["polyaxon"]})
    assert plan.task.environment["PATH"] == f"/usr/bin:/bin:{os.path.dirname(sys.executable)}"


def test_the_run_and_its_home_are_in_the_environment(
    plan_of: MakePlan, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PYTHONPATH", raising=False)
    plan = plan_of({**shell("true"), "env": [{"name": "SEED", "value": "7"}]})
    uuid = plan.folder.uuid
    assert plan.task.environment == {
        "SEED": "7",
        "POLYAXON_RUN_UUID": uuid,
        "POLYAXON_HOME": os.environ["POLYAXON_HOME"],
        "POLYAXON_RUN_INSTANCE": f"default.default.runs.{uuid}",
        "POLYAXON_IS_MANAGED": "true",
        "POLYAXON_RUN_PROCESS": "",
        "PATH": os.pathsep.join(
            dict.fromkeys([*os.environ["PATH"].split(os.pathsep), os.path.dirname(sys.executable)])
        ),
        "PYTHONUNBUFFERED": "1",
        "PYTHONPATH": ALIAS_FOLDER,
    }


def test_what_the_person_and_the_container_put_on_the_path_of_python_comes_first(
    plan_of: MakePlan, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", "/mine")
    own = [{"name": "PYTHONPATH", "value": "/lib:/more"}]
    paths = [plan_of(shell("true")), plan_of({**shell("true"), "env": own})]
    assert [plan.task.environment["PYTHONPATH"] for plan in paths] == [
        f"/mine:{ALIAS_FOLDER}",
        f"/lib:/more:{ALIAS_FOLDER}",
    ]


def test_a_container_cannot_pose_as_another_run(plan_of: MakePlan) -> None:
    plan = plan_of({**shell("true"), "env": [{"name": "POLYAXON_RUN_UUID", "value": "x"}]})
    assert plan.task.environment["POLYAXON_RUN_UUID"] == plan.folder.uuid


def test_a_context_is_made_only_for_those_who_refer_to_it(plan_of: MakePlan) -> None:
    without, with_ = plan_of(shell("true")), plan_of(shell("ls {{ globals.artifacts_path }}"))
    assert (without.context, with_.context is not None) == (None, True)
