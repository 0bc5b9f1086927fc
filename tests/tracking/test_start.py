"""Starting to track, in scripts that start no sidecar: attached to a run, with nothing to track, or refused."""

from pathlib import Path

import pytest

from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.record import read_facts
from polyaxon_sdk.runs.series import read_series
from polyaxon_sdk.runs.state import read_run
from tests.scripts import Scripts

LOG = "tracking.log_metric('loss', 0.5, step=1)\n"
INIT = "from polyaxon_sdk import tracking\ntracking.init()\n"


def managed(folder: RunFolder) -> dict[str, str]:
    return {"POLYAXON_RUN_UUID": folder.uuid, "POLYAXON_IS_MANAGED": "true"}


def test_a_script_attaches_to_the_run_it_was_started_for(scripts: Scripts, folder: RunFolder) -> None:
    scripts.run(INIT + LOG, **managed(folder))
    assert len(read_series(folder)["loss"]) == 1
    assert [fact.kind for fact in read_facts(folder)] == ["writer", "joined", "left"]


@pytest.mark.parametrize("form", ["{0}-{1}", "{0}{1}"])
def test_a_uuid_may_be_written_in_either_form(scripts: Scripts, folder: RunFolder, form: str) -> None:
    uuid = form.format(folder.uuid[:8], folder.uuid[8:]).upper()
    scripts.run(INIT + LOG, POLYAXON_RUN_UUID=uuid, POLYAXON_IS_MANAGED="true")
    assert read_run(folder).conditions == []
    assert len(read_series(folder)["loss"]) == 1


def test_a_run_is_attached_to_by_its_instance(scripts: Scripts, folder: RunFolder) -> None:
    instance = f"default.digits.runs.{folder.uuid}"
    scripts.run(INIT + LOG, POLYAXON_RUN_INSTANCE=instance, POLYAXON_IS_MANAGED="true")
    assert len(read_series(folder)["loss"]) == 1


def test_verbs_can_be_imported_before_init(scripts: Scripts, folder: RunFolder) -> None:
    text = "from polyaxon_sdk.tracking import init, log_inputs, log_metric\ninit()\n"
    assert scripts.run(f"{text}log_metric('loss', 0.5)\nlog_inputs(a=1)", **managed(folder)).err == ""
    assert len(read_series(folder)["loss"]) == 1
    assert read_run(folder).inputs == {"a": 1}


def test_a_second_init_gives_the_same_run(scripts: Scripts, folder: RunFolder) -> None:
    text = f"{INIT}print(tracking.init() is tracking.init(name='digits') is tracking.active_run())"
    assert scripts.run(text, **managed(folder)).out == "True\n"
    assert read_run(folder).name == "digits"


def test_nothing_is_tracked_without_init_which_is_said_once(scripts: Scripts, home: Path) -> None:
    text = (
        INIT.replace("tracking.init()", "")
        + LOG
        + LOG
        + "tracking.log_inputs(a=1)\ntracking.log_text('a', 'b')"
    )
    ended = scripts.run(text)
    assert (ended.code, ended.err) == (0, "polyaxon: nothing is tracked: call tracking.init() first\n")
    assert not home.exists()


def test_after_the_end_nothing_is_tracked_which_is_said_once(scripts: Scripts, folder: RunFolder) -> None:
    text = f"{INIT}tracking.end()\n{LOG}{LOG}print(tracking.active_run())"
    ended = scripts.run(text, **managed(folder))
    said = "polyaxon: nothing is tracked any more: the run has ended, tracking.init() begins another\n"
    assert (ended.out, ended.err, read_series(folder)) == ("None\n", said, {})


NO_OP = f"""{INIT}{LOG}
import os, tempfile
tracking.log_inputs(a=1)
tracking.log_artifact("x")
tracking.log_progress(0.5)
"""


def test_a_no_op_run_takes_everything_and_leaves_nothing(
    scripts: Scripts, home: Path, tmp_path: Path
) -> None:
    (tmp_path / "tmp").mkdir()
    ended = scripts.run(
        NO_OP + "tracking.end()\nprint(tracking.active_run())",
        POLYAXON_NO_OP="1",
        TMPDIR=str(tmp_path / "tmp"),
    )
    assert (ended.out, ended.err, home.exists()) == ("None\n", "", False)
    assert list((tmp_path / "tmp").iterdir()) == []


def test_a_no_op_run_gives_paths_that_can_be_written_to(scripts: Scripts, home: Path, tmp_path: Path) -> None:
    (tmp_path / "tmp").mkdir()
    text = f"""{NO_OP}
open(tracking.get_outputs_path("a/model"), "w").write("x")
print(os.path.isdir(tracking.get_tensorboard_path()))"""
    ended = scripts.run(text, POLYAXON_NO_OP="1", TMPDIR=str(tmp_path / "tmp"))
    assert (ended.out, ended.err) == ("True\n", "")
    assert (home.exists(), list((tmp_path / "tmp").iterdir())) == (False, [])


@pytest.mark.parametrize("uuid", ["digits", "0f", "../../etc", "0g" * 16])
def test_a_malformed_uuid_is_refused(scripts: Scripts, home: Path, uuid: str) -> None:
    ended = scripts.run(INIT, POLYAXON_RUN_UUID=uuid)
    assert f"{uuid!r} is no run uuid" in ended.err.splitlines()[-1]
    assert not home.exists()


def test_a_home_that_can_only_be_read_is_told_in_one_line(locked_disk: Path) -> None:
    ended = Scripts(locked_disk / "home").run(INIT + LOG)
    assert ended.code == 1
    assert "the run folder can't be written: Read-only file system" in ended.err.splitlines()[-1]


def test_an_exception_of_a_managed_script_is_told_to_its_run(scripts: Scripts, folder: RunFolder) -> None:
    scripts.run(f"{INIT}raise ValueError('no digits')", **managed(folder))
    assert read_run(folder).conditions[-1][:3] == ("failed", "ExitHandler", "ValueError: no digits")


CHILDREN = """
import multiprocessing, os, sys
def log(step):
    tracking.log_metric("loss", 0.5, step=step)
with multiprocessing.get_context("fork").Pool(3) as pool:
    pool.map(log, range(500))
if os.fork() == 0:
    log(500)
    sys.exit(3)
os.wait()
log(501)
"""


def test_forked_children_log_into_the_run_and_do_not_end_it(scripts: Scripts, folder: RunFolder) -> None:
    assert scripts.run(INIT + CHILDREN, **managed(folder)).code == 0
    assert sorted(point.step or 0 for point in read_series(folder)["loss"]) == list(range(502))
    assert read_run(folder).conditions == []


def test_an_excepthook_of_before_is_still_called(scripts: Scripts, folder: RunFolder) -> None:
    text = (
        "import sys\nsys.excepthook = lambda *error: print('mine', error[1])\n"
        + INIT
        + "raise ValueError('x')"
    )
    assert scripts.run(text, **managed(folder)).out == "mine x\n"


def test_importing_tracking_imports_nothing_of_others(scripts: Scripts) -> None:
    text = """
import sys
from polyaxon_sdk import tracking
heavy = {"dataclasses", "inspect", "subprocess", "asyncio", "logging", "socket", "csv", "yaml", "attrs"}
print(sorted(heavy & sys.modules.keys()))
"""
    assert scripts.run(text).out == "[]\n"
