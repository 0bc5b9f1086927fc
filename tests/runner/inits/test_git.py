from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from polyaxon_sdk.runner.inits.git import GitStep
from polyaxon_sdk.runner.inits.repository import Access
from polyaxon_sdk.runner.inits.step import StepError, Work
from polyaxon_sdk.runner.plan import Plan
from tests.polling import eventually
from tests.runner.conftest import Memory
from tests.runner.inits.conftest import Prepare, RunInits, RunPlan, commit, git

pytestmark = pytest.mark.system

URL = "https://git.example.com/acme/train"


def cloned(target: Path, url: str, **step: Any) -> str:  # the fields of a step
    """What is checked out by a git step."""
    noted: list[object] = []
    work = Work(Event(), say=lambda line: None, note=lambda kind, /, **fields: noted.append(fields))
    GitStep(url=url, target=target / "train", **step).carry_out(work)
    return (target / "train" / "train.txt").read_text()


@pytest.mark.parametrize(
    ("revision", "text"), [(None, "second"), ("next", "third"), ("v1", "first"), ("main~1", "first")]
)
def test_a_branch_a_tag_or_a_commit_is_checked_out(
    repository: Path, tmp_path: Path, revision: str | None, text: str
) -> None:
    assert cloned(tmp_path, str(repository), revision=revision) == text


def test_a_commit_is_fetched_into_a_shallow_clone(repository: Path, tmp_path: Path) -> None:
    git(repository, "config", "uploadpack.allowAnySHA1InWant", "true")
    first, url = git(repository, "rev-parse", "v1"), f"file://{repository}"
    assert cloned(tmp_path, url, revision=first, flags=["--depth", "1"]) == "first"


def test_a_branch_is_a_branch_in_the_clone(repository: Path, tmp_path: Path) -> None:
    cloned(tmp_path, str(repository), revision="next")
    assert git(tmp_path / "train", "branch", "--show-current") == "next"


def test_submodules_come_along(repository: Path, tmp_path: Path) -> None:
    (library := tmp_path / "repositories" / "library").mkdir()
    git(library, "init", "-q", "-b", "main")
    commit(library, "net.txt", "net")
    git(repository, "submodule", "--quiet", "add", str(library), "inner/library")
    git(repository, "commit", "-q", "-m", "submodule")
    cloned(tmp_path, str(repository))
    assert (tmp_path / "train" / "inner" / "library" / "net.txt").read_text() == "net"


def test_the_clone_keeps_the_url_that_was_asked_for(repository: Path, tmp_path: Path) -> None:
    mirrors = {"https://git.example.com/acme/": f"{repository.parent}/"}
    assert cloned(tmp_path, URL, access=Access(mirrors=mirrors)) == "second"
    assert git(tmp_path / "train", "config", "remote.origin.url") == URL


def test_a_clone_of_the_attempt_before_is_made_anew(repository: Path, tmp_path: Path) -> None:
    cloned(tmp_path, str(repository), revision="v1")
    assert cloned(tmp_path, str(repository), revision="next") == "third"


def test_other_files_are_not_written_over(repository: Path, tmp_path: Path) -> None:
    (tmp_path / "train").mkdir()
    (tmp_path / "train" / "mine.txt").write_text("mine")
    with pytest.raises(StepError, match="train is there already"):
        cloned(tmp_path, str(repository))


def test_a_mirror_stands_in_for_a_url(
    repository: Path, run_inits: RunInits, watcher: Memory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POLYAXON_GIT_MIRRORS", f"https://git.example.com/acme/={repository.parent}/")
    run_inits({"git": {"url": URL}}, script="cat '{{ globals.artifacts_path }}/train/train.txt'")
    assert watcher.printed == b"second"


def test_the_run_says_which_commit_it_took_in(repository: Path, run_inits: RunInits) -> None:
    state = run_inits({"git": {"url": str(repository), "revision": "v1"}}).state
    assert state is not None
    summary = {"commit": git(repository, "rev-parse", "v1"), "url": str(repository), "branch": "v1"}
    assert state.artifacts["train", "coderef"]["summary"] == summary


def test_several_clones_of_a_repository_are_told_apart(repository: Path, run_inits: RunInits) -> None:
    inits = [
        {"git": {"url": str(repository), "revision": each}, "path": "{{ globals.artifacts_path }}/" + each}
        for each in ("v1", "next")
    ]
    state = run_inits(*inits).state
    assert state is not None
    for each in ("v1", "next"):
        commit = git(repository, "rev-parse", each)
        summary = {"commit": commit, "url": str(repository), "branch": each}
        assert state.artifacts[f"train@{each}", "coderef"]["summary"] == summary


def test_a_revision_that_is_not_there_fails_the_run(repository: Path, run_inits: RunInits) -> None:
    state = run_inits({"git": {"url": str(repository), "revision": "v9"}}).state
    assert state is not None
    last = state.conditions[-1]
    told = f"run.init[0]: git {repository} at v9: 'v9' is no branch, tag or commit of {repository}"
    assert (last.status, last.reason, last.message) == ("failed", "InitFailed", told)


def test_a_repository_that_is_not_there_fails_the_run(tmp_path: Path, run_inits: RunInits) -> None:
    state = run_inits({"git": {"url": str(tmp_path / "nowhere")}}).state
    assert state is not None
    assert f"repository '{tmp_path / 'nowhere'}' does not exist" in state.conditions[-1].message


def test_nothing_of_a_clone_that_failed_is_left(
    repository: Path, prepare: Prepare, run_plan: RunPlan
) -> None:
    plan = prepare({"git": {"url": str(repository), "revision": "v9"}})
    run_plan(plan)
    assert plan.context is not None
    assert [path.name for path in (plan.context / "artifacts").iterdir()] == [plan.folder.uuid]


def test_the_main_process_does_not_start_where_a_step_failed(
    tmp_path: Path, run_inits: RunInits, watcher: Memory
) -> None:
    run_inits({"git": {"url": str(tmp_path / "nowhere")}}, script="echo started")
    assert watcher.printed == b""


def test_what_the_steps_say_is_in_the_logs_of_the_run(
    repository: Path, prepare: Prepare, run_plan: RunPlan, logged: Callable[[Plan], list[str]]
) -> None:
    plan = prepare({"git": {"url": str(repository)}}, script="echo trained")
    run_plan(plan)
    assert eventually(lambda: f"git {repository}" in logged(plan) and "trained" in logged(plan), 60)
