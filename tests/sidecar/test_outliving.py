"""Where a sidecar does not outlive its script."""

from pathlib import Path

import pytest

from polyaxon_sdk.settings import load
from polyaxon_sdk.sidecar.outliving import end_of_all, patience


@pytest.mark.parametrize(
    ("environ", "what"),
    [
        ({"KUBERNETES_SERVICE_HOST": "10.0.0.1"}, "Kubernetes"),
        ({"SLURM_JOB_ID": "12"}, "Slurm"),
        ({"RAY_JOB_ID": "01000000"}, "Ray"),
        ({"CI": "true"}, "continuous integration"),
        ({"CI": "false"}, ""),
        ({}, ""),
    ],
)
def test_a_place_that_ends_all_with_a_job_tells_by_its_variables(environ: dict[str, str], what: str) -> None:
    assert end_of_all(environ, pid=4000, parent=3999) == what


def test_all_ends_with_the_first_process_of_a_container() -> None:
    assert end_of_all({}, pid=1, parent=0) == "a container"


@pytest.mark.parametrize(
    ("groups", "what"),
    [("0::/kubepods/pod1\n", "a container"), ("0::/init.scope\n", "")],
)
def test_a_child_of_the_first_process_ends_all_in_a_container_alone(
    tmp_path: Path, groups: str, what: str
) -> None:
    (tmp_path / "proc" / "1").mkdir(parents=True)
    (tmp_path / "proc" / "1" / "cgroup").write_text(groups)
    assert end_of_all({}, pid=7, parent=1, root=f"{tmp_path}/") == what


def test_a_mark_in_its_root_tells_a_container(tmp_path: Path) -> None:
    (tmp_path / ".dockerenv").touch()
    assert end_of_all({}, pid=7, parent=1, root=f"{tmp_path}/") == "a container"
    assert end_of_all({}, pid=7, parent=6, root=f"{tmp_path}/") == ""


@pytest.mark.parametrize("seconds", ["0", "90"])
def test_a_setting_goes_before_what_the_place_tells(tmp_path: Path, seconds: str) -> None:
    settings = load({"POLYAXON_HOME": str(tmp_path), "POLYAXON_SHIP_WAIT": seconds})
    assert patience(settings) == float(seconds)


def test_a_setting_that_is_no_number_counts_as_none(tmp_path: Path) -> None:
    home = {"POLYAXON_HOME": str(tmp_path)}
    assert patience(load({**home, "POLYAXON_SHIP_WAIT": "30s"})) == patience(load(home))
