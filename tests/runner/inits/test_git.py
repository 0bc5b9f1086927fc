from collections.abc import Callable
from pathlib import Path

import pytest

from polyaxon_sdk.runner.plan import Plan
from tests.polling import eventually
from tests.runner.conftest import Memory
from tests.runner.inits.conftest import Prepare, RunInits, RunPlan, commit, git

pytestmark = pytest.mark.system

SHOW = "cat '{{ globals.artifacts_path }}/train/train.txt'"


def printed(run_inits: RunInits, watcher: Memory, script: str = SHOW, **step: object) -> str:
    """What the main process prints after one git step."""
    outcome = run_inits({"git": step}, script=script)
    assert outcome.state is not None
    assert (outcome.state.status, outcome.state.conditions[-1].message) == ("succeeded", "")
    return watcher.printed.decode()


@pytest.mark.parametrize(
    ("revision", "text"), [(None, "second"), ("next", "third"), ("v1", "first"), ("main~1", "first")]
)
def test_a_branch_a_tag_or_a_commit_is_checked_out(
    repository: Path, run_inits: RunInits, watcher: Memory, revision: str | None, text: str
) -> None:
    assert printed(run_inits, watcher, url=str(repository), revision=revision) == text


def test_a_commit_is_fetched_into_a_shallow_clone(
    repository: Path, run_inits: RunInits, watcher: Memory
) -> None:
    git(repository, "config", "uploadpack.allowAnySHA1InWant", "true")
    first = git(repository, "rev-parse", "v1")
    url = f"file://{repository}"
    assert printed(run_inits, watcher, url=url, revision=first, flags=["--depth", "1"]) == "first"


def test_a_branch_is_a_branch_in_the_clone(repository: Path, run_inits: RunInits, watcher: Memory) -> None:
    script = "git -C '{{ globals.artifacts_path }}/train' branch --show-current"
    assert printed(run_inits, watcher, script, url=str(repository), revision="next") == "next\n"


def test_submodules_come_along(
    repository: Path, tmp_path: Path, run_inits: RunInits, watcher: Memory
) -> None:
    (library := tmp_path / "repositories" / "library").mkdir()
    git(library, "init", "-q", "-b", "main")
    commit(library, "net.txt", "net")
    git(repository, "submodule", "--quiet", "add", str(library), "inner/library")
    git(repository, "commit", "-q", "-m", "submodule")
    script = "cat '{{ globals.artifacts_path }}/train/inner/library/net.txt'"
    assert printed(run_inits, watcher, script, url=str(repository)) == "net"


def test_a_mirror_stands_in_for_a_url(
    repository: Path, run_inits: RunInits, watcher: Memory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POLYAXON_GIT_MIRRORS", f"https://git.example.com/acme/={repository.parent}/")
    assert printed(run_inits, watcher, url="https://git.example.com/acme/train") == "second"


def test_the_clone_keeps_the_url_that_was_asked_for(
    repository: Path, run_inits: RunInits, watcher: Memory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POLYAXON_GIT_MIRRORS", f"https://git.example.com/acme/={repository.parent}/")
    script = "git -C '{{ globals.artifacts_path }}/train' config remote.origin.url"
    url = "https://git.example.com/acme/train"
    assert printed(run_inits, watcher, script, url=url) == f"{url}\n"


def test_the_run_says_which_commit_it_took_in(repository: Path, run_inits: RunInits) -> None:
    state = run_inits({"git": {"url": str(repository), "revision": "v1"}}).state
    assert state is not None
    summary = {"commit": git(repository, "rev-parse", "v1"), "url": str(repository), "branch": "v1"}
    assert state.artifacts["train", "coderef"]["summary"] == summary


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
    eventually(lambda: f"git {repository}" in logged(plan) and "trained" in logged(plan), 60)
