"""Hashes of what scripts copy into their runs: there once a run is finished, whoever does it."""

import json

import pytest

from polyaxon_sdk.runs.hashes import hash_of_path
from polyaxon_sdk.runs.state import read_run
from polyaxon_sdk.sidecar.launch import launch
from tests.polling import eventually
from tests.scripts import Scripts, read_line
from tests.system.no_processes import FORBID

LOG = """
import os, sys
from polyaxon_sdk import tracking
run = tracking.init()
with open(os.path.join(os.environ["POLYAXON_HOME"], "big"), "wb") as file:
    file.write(b"x" * (64 << 20))
run.log_artifact(file.name)
"""
BY_A_THREAD = f"{FORBID}\nforbid('execve')\n{LOG}"


def hashes(scripts: Scripts) -> tuple[object, str | None]:
    """The hash that the run knows of its file, and that of the file."""
    summary = read_run(scripts.the_run()).artifacts["big", "file"]["summary"]
    assert isinstance(summary, dict)
    return summary.get("hash"), hash_of_path(str(scripts.home / "big"))


@pytest.mark.parametrize("script", [LOG, BY_A_THREAD], ids=["sidecar", "thread"])
def test_a_run_that_is_finished_knows_its_hashes(scripts: Scripts, script: str) -> None:
    assert scripts.run(script).code == 0
    scripts.finished()
    known, computed = hashes(scripts)
    (artifact,) = [
        each for each in json.loads(scripts.the_run().lineages_view.read_text()) if each["name"] == "big"
    ]
    assert known == computed == artifact["summary"]["hash"]


def test_a_script_that_is_killed_over_it_has_its_hashes(scripts: Scripts) -> None:
    assert scripts.run(f"{LOG}os.kill(os.getpid(), 9)").code == -9
    scripts.finished()
    known, computed = hashes(scripts)
    assert known == computed


def test_a_hash_that_a_killed_sidecar_owed_is_computed_by_the_next_one(scripts: Scripts) -> None:
    process = scripts.start(f"{BY_A_THREAD}print('logged', flush=True)\nos.kill(os.getpid(), 9)")
    read_line(process)
    process.communicate()
    folder = scripts.the_run()
    eventually(lambda: launch(folder).wait(60))
    known, computed = hashes(scripts)
    assert known == computed
