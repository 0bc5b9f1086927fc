"""Init steps that clone a git repository."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from pathlib import Path
from threading import Event

from attrs import field, frozen

from polyaxon_sdk.runner.inits.program import Ended, run_program
from polyaxon_sdk.runner.inits.repository import Access, repository_name, secrets_of, settings_of
from polyaxon_sdk.runner.inits.step import StepError, Work
from polyaxon_sdk.runs.masking import masker_here
from polyaxon_sdk.settings import inherited
from polyaxon_sdk.sidecar.remotes import without_credentials

__all__ = ["GitStep", "check_repository"]

_OF_ANOTHER = frozenset(
    f"GIT_{name}"
    for name in ("DIR", "WORK_TREE", "INDEX_FILE", "OBJECT_DIRECTORY", "COMMON_DIR", "NAMESPACE", "PREFIX")
)
"""What would make git work in the repository that the person stands in."""


@frozen(kw_only=True)
class GitStep:
    """Clones one repository with its submodules, and checks a revision out.

    Args:
        url: where from; a mirror of `access` may stand in its place.
        target: the folder that it gets, which is not there yet or empty.
        revision: a branch, a tag or a commit; by default the repository's own branch.
        flags: options of `git clone`.
        access: how it is reached.
        name: what the run's lineage calls it; by default as the repository.
    """

    url: str
    target: Path
    revision: str | None = None
    flags: Sequence[str] = ()
    access: Access = field(factory=Access)
    name: str | None = None

    @property
    def title(self) -> str:
        """What it puts in place."""
        at = f" at {self.revision}" if self.revision else ""
        return f"git {without_credentials(self.url) or repository_name(self.url)}{at}"

    def carry_out(self, work: Work) -> None:
        """Clone, check out, fetch submodules; then let the folder appear."""
        if self.target.exists() and not (self.target / ".git").exists() and not _is_empty(self.target):
            raise StepError(f"{self.target} is there already")
        draft = self.target.with_name(f".{self.target.name}.{os.getpid()}.part")
        draft.parent.mkdir(parents=True, exist_ok=True)
        try:
            commit = self._clone(_Git(self, draft, work))
            shutil.rmtree(self.target, ignore_errors=True)  # of the attempt before, where a run is resumed
            draft.rename(self.target)
        finally:
            shutil.rmtree(draft, ignore_errors=True)
        summary = {"commit": commit, "url": without_credentials(self.url), "branch": self.revision or ""}
        name = self.name or repository_name(self.url)
        work.note("lineage", artifact={"name": name, "kind": "coderef", "is_input": True, "summary": summary})

    def _clone(self, git: _Git) -> str:
        git.clone(*self.flags)
        if self.revision:
            git.check_out(self.revision)
        if git.has_submodules and "--no-recurse-submodules" not in self.flags:
            git.ask("submodule", "update", "--init", "--recursive")
        git.ask("remote", "set-url", "origin", without_credentials(self.url) or self.url)
        return git.ask("rev-parse", "HEAD")


def _is_empty(folder: Path) -> bool:
    return folder.is_dir() and not any(folder.iterdir())


class _Git:
    """Git at work on the draft of one clone."""

    def __init__(self, step: GitStep, draft: Path, work: Work) -> None:
        self._step = step
        self._draft = draft
        self._work = work
        self._environment = environment_for(step.url, step.access)

    @property
    def has_submodules(self) -> bool:
        """Whether what is checked out has submodules."""
        return (self._draft / ".gitmodules").is_file()

    def clone(self, *flags: str) -> None:
        """Clone; nothing is checked out where a revision is to be."""
        words = [*flags, "--no-checkout"] if self._step.revision else [*flags]
        self._told("clone", *words, "--", self._step.url, str(self._draft), folder=self._draft.parent)

    def check_out(self, revision: str) -> None:
        """Check out a branch of the repository, a tag or a commit, fetched where a shallow clone lacks it."""
        if self._run("show-ref", "--verify", "--quiet", f"refs/remotes/origin/{revision}") is not None:
            self.ask("checkout", "-B", revision, f"refs/remotes/origin/{revision}", "--")
            return
        if not self._has(revision):
            if revision.startswith("-") or self._run("fetch", "--tags", "origin", revision) is None:
                raise StepError(
                    f"{revision!r} is no branch, tag or commit of {without_credentials(self._step.url)}"
                )
            revision = "FETCH_HEAD"
        self.ask("checkout", "--detach", revision, "--")

    def ask(self, *words: str) -> str:
        """What git prints in the clone."""
        return self._told(*words, folder=self._draft).strip()

    def _has(self, revision: str) -> bool:
        words = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
        return self._run(*words) is not None

    def _run(self, *words: str) -> str | None:
        ended = run_program(
            ["git", *words], folder=self._draft, environment=self._environment, given_up=self._work.given_up
        )
        return ended.output if ended.code == 0 else None

    def _told(self, *words: str, folder: Path) -> str:
        ended = run_program(
            ["git", *words], folder=folder, environment=self._environment, given_up=self._work.given_up
        )
        if ended.code != 0:
            raise StepError(_why(ended, words[0]))
        return ended.output


def check_repository(url: str, access: Access) -> None:
    """See whether a repository can be read, without cloning it.

    Raises:
        StepError: it can't; the message says why, in one line.
    """
    words = ["git", "ls-remote", "--quiet", "--", url]
    environment = environment_for(url, access)
    ended = run_program(words, folder=Path("/"), environment=environment, given_up=Event())
    if ended.code != 0:
        raise StepError(_why(ended, words[1]))


def environment_for(url: str, access: Access) -> dict[str, str]:
    """The variables of a git that reaches a repository as `access` says, and asks nobody."""
    settings = settings_of(url, access)
    before = inherited({})
    first = int(before.get("GIT_CONFIG_COUNT", "0"))
    variables = {
        "GIT_CONFIG_COUNT": str(first + len(settings)),
        "GIT_TERMINAL_PROMPT": "0",
        "LC_ALL": "C",
    }
    for number, (name, value) in enumerate(settings.items(), first):
        variables |= {f"GIT_CONFIG_KEY_{number}": name, f"GIT_CONFIG_VALUE_{number}": value}
    kept = {name: value for name, value in before.items() if name not in _OF_ANOTHER}
    return {**kept, **variables, **access.environment, **secrets_of(access)}


def _why(ended: Ended, command: str) -> str:
    """Why git failed, as it says."""
    lines = [line for line in ended.output.splitlines() if line.strip()]
    told = next((line for line in lines if line.startswith("fatal: ")), lines[-1] if lines else "")
    why = masker_here().text(told.removeprefix("fatal: ")) or f"git {command} failed"
    return f"{why} (git {command}, exit code {ended.code})"
