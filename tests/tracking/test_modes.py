"""Every verb in every mode, in scripts of their own: none raises, and what they give can be used."""

import os
from pathlib import Path

import pytest

from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.state import read_run
from tests.scripts import Ended, Scripts

pytestmark = pytest.mark.system

QUIET = ["POLYAXON_TRACK_CODE", "POLYAXON_TRACK_ENV", "POLYAXON_COLLECT_RESOURCES"]
CALL_EACH = (Path(__file__).parent / "every_verb.py").read_text()
USABLE = {
    "init": "Run",
    "active_run": "Run",
    "get_or_create_run": "Run",
    "refresh_data": "RunState",
    "get_inputs": "dict",
    "get_outputs": "Outputs",
    "get_statuses": "tuple",
    "get_artifacts_path": "str",
    "get_outputs_path": "str",
    "get_tensorboard_path": "str",
    "promote_to_model_version": "Version",
    "promote_to_artifact_version": "Version",
    "pull_remote_run": "str",
    "load_offline_run": "RunState",
    "push_offline_run": "str",
}
"""What verbs give that don't give None."""


def call_each(scripts: Scripts, tmp_path: Path, **variables: str) -> Ended:
    (tmp_path / "tmp").mkdir()
    ended = scripts.run(CALL_EACH, TMPDIR=str(tmp_path / "tmp"), **dict.fromkeys(QUIET, "false"), **variables)
    assert ended.out.splitlines()[0] == "left out []"
    return ended


def raised(ended: Ended) -> list[str]:
    return [line for line in ended.out.splitlines() if " raised " in line]


def given(ended: Ended) -> dict[str, str]:
    """What each verb gave, by its type."""
    lines = [line.split(" ") for line in ended.out.splitlines()[1:]]
    return {verb: kind for verb, gave, kind, *_ in lines if gave == "gave" and kind != "NoneType"}


def test_every_verb_gives_something_usable_in_a_run_by_hand_in_the_offline_root(
    scripts: Scripts, tmp_path: Path
) -> None:
    ended = call_each(
        scripts, tmp_path, POLYAXON_IS_OFFLINE="true", POLYAXON_OFFLINE_ROOT=str(tmp_path / "root")
    )
    assert (raised(ended), given(ended)) == ([], USABLE)
    assert len(os.listdir(tmp_path / "root" / "runs")) == 2  # its own, and the one that it takes in
    assert not scripts.home.exists()


def test_every_verb_gives_something_usable_in_a_managed_run(
    scripts: Scripts, tmp_path: Path, folder: RunFolder
) -> None:
    ended = call_each(scripts, tmp_path, POLYAXON_IS_MANAGED="true", POLYAXON_RUN_UUID=folder.uuid)
    assert (raised(ended), given(ended)) == ([], USABLE)
    assert read_run(folder).name == "all"


def test_every_verb_gives_something_usable_and_leaves_nothing_where_nothing_is_tracked(
    scripts: Scripts, tmp_path: Path
) -> None:
    ended = call_each(scripts, tmp_path, POLYAXON_NO_OP="true")
    assert (raised(ended), given(ended)) == ([], USABLE)
    assert (ended.code, ended.err, scripts.home.exists()) == (0, "", False)
    assert [path.name for path in (tmp_path / "tmp").iterdir() if path.name.startswith("polyaxon-")] == []
