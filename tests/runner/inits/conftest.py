"""Git repositories, and runs that begin with init steps."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from attrs import evolve

from polyaxon_sdk.polyflow import V1Component, V1Operation, read
from polyaxon_sdk.runner.draft import Labels, draft
from polyaxon_sdk.runner.lifecycle import Outcome
from polyaxon_sdk.runner.plan import Plan, make_plan
from polyaxon_sdk.runs.logs import read_logs
from polyaxon_sdk.settings import load

Init = dict[str, object]
Prepare = Callable[..., Plan]
RunInits = Callable[..., Outcome]
RunPlan = Callable[[Plan], Outcome]


def git(folder: Path, *words: str) -> str:
    """What git prints in `folder`."""
    person = {"GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@b", "GIT_COMMITTER_NAME": "a"}
    done = subprocess.run(
        ["git", "-c", "protocol.file.allow=always", "-C", str(folder), *words],
        env={**os.environ, **person, "GIT_COMMITTER_EMAIL": "a@b"},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def commit(folder: Path, name: str, text: str) -> str:
    """Commit a file with this text; the commit."""
    (folder / name).write_text(text)
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", text)
    return git(folder, "rev-parse", "HEAD")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository `train` of two commits on `main`, the first with the tag `v1`, and of a branch `next`."""
    folder = tmp_path / "repositories" / "train"
    folder.mkdir(parents=True)
    git(folder, "init", "-q", "-b", "main")
    commit(folder, "train.txt", "first")
    git(folder, "tag", "v1")
    commit(folder, "train.txt", "second")
    git(folder, "checkout", "-q", "-b", "next")
    commit(folder, "train.txt", "third")
    git(folder, "checkout", "-q", "main")
    return folder


@pytest.fixture
def prepare(settings: object) -> Prepare:
    """The plan of a job that begins with these steps, in the home as it is set up now."""

    def plan(
        *inits: Init,
        script: str = "true",
        inputs: object = None,
        params: object = None,
        joins: object = None,
    ) -> Plan:
        container = {"command": ["/bin/sh", "-c"], "args": [script]}
        run = {"kind": "job", "init": list(inits), "container": container}
        component = read(V1Component, {"kind": "component", "inputs": inputs or [], "run": run})
        given = params if isinstance(params, dict) else {}
        operation = evolve(read(V1Operation, {"joins": joins}), component=component)
        return make_plan(draft(operation, settings=load(), params=given, labels=Labels()))

    return plan


@pytest.fixture
def run_inits(prepare: Prepare, run_plan: RunPlan) -> RunInits:
    """Carry out a job that begins with these steps."""
    return lambda *inits, **options: run_plan(prepare(*inits, **options))


@pytest.fixture
def logged() -> Callable[[Plan], list[str]]:
    """The lines of a run's logs."""
    return lambda plan: [line.text for line in read_logs(plan.folder)]
