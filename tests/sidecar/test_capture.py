import os
import subprocess
import sys
from pathlib import Path

import pytest

from polyaxon_sdk.sidecar.capture import CodeRef, capture_code, capture_environment


def git(folder: Path, *arguments: str) -> str:
    """Git as a person has it who configured nothing."""
    who = ("-c", "user.name=Ada", "-c", "user.email=ada@example.org", "-c", "init.defaultBranch=main")
    done = subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True, text=True)
    return done.stdout.strip()


@pytest.fixture
def code(tmp_path: Path) -> Path:
    """A repository with one commit."""
    folder = tmp_path / "code"
    folder.mkdir()
    git(folder, "init", "-q")
    (folder / "train.py").write_text("epochs = 1\n")
    (folder / ".gitignore").write_text("*.log\n")
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "begin")
    return folder


def captured(folder: Path) -> CodeRef:
    found = capture_code(str(folder))
    assert found is not None
    return found


def test_a_clean_tree_is_its_commit(code: Path) -> None:
    commit = git(code, "rev-parse", "HEAD")
    assert captured(code) == CodeRef("", "main", commit, dirty=False, diff="", untracked=(), note="")


def test_the_remote_s_url_comes_without_credentials(code: Path) -> None:
    git(code, "remote", "add", "upstream", "https://example.org/theirs.git")
    git(code, "remote", "add", "origin", "https://me:secret@example.org/mine.git")
    assert captured(code).url == "https://example.org/mine.git"


def test_a_remote_of_another_name_is_found(code: Path) -> None:
    git(code, "remote", "add", "upstream", "git@example.org:theirs.git")
    assert captured(code).url == "git@example.org:theirs.git"


@pytest.mark.parametrize("encoding", ["utf-8", "latin-1"])
def test_the_diff_makes_the_tree_of_the_run_from_the_commit(
    code: Path, tmp_path: Path, encoding: str
) -> None:
    (code / "train.py").write_text("epochs = 2\n")
    git(code, "add", ".")
    (code / "train.py").write_bytes("epochs = 3\nname = 'naïve'\n".encode(encoding))
    git(tmp_path, "clone", "-q", str(code), "again")
    (tmp_path / "changes.diff").write_bytes(captured(code).diff.encode("utf-8", "surrogateescape"))
    git(tmp_path / "again", "apply", str(tmp_path / "changes.diff"))
    assert (tmp_path / "again/train.py").read_bytes() == (code / "train.py").read_bytes()


def test_a_changed_tree_is_dirty(code: Path) -> None:
    (code / "train.py").write_text("epochs = 2\n")
    found = captured(code)
    assert (found.dirty, found.untracked) == (True, ())


def test_untracked_files_are_listed_and_make_the_tree_dirty(code: Path) -> None:
    (code / "ünused file.py").write_text("")
    (code / "data").mkdir()
    (code / "data/a.csv").write_text("")
    (code / "ignored.log").write_text("")
    found = captured(code)
    assert (found.dirty, found.diff, found.untracked) == (True, "", ("data/", "ünused file.py"))


def test_a_renamed_file_is_a_change_whatever_its_name_was(code: Path) -> None:
    (code / "? odd.py").write_text("epochs = 1\n" * 10)
    git(code, "add", ".")
    git(code, "commit", "-q", "-m", "odd")
    git(code, "mv", "? odd.py", "even.py")
    found = captured(code)
    assert (found.dirty, found.untracked, "even.py" in found.diff) == (True, (), True)


def test_many_untracked_files_are_counted(code: Path) -> None:
    for number in range(1003):
        (code / f"{number}.txt").touch()
    found = captured(code)
    assert (len(found.untracked), found.note) == (1000, "3 more untracked files")


def test_a_large_diff_is_cut_at_a_line_and_says_so(code: Path) -> None:
    (code / "train.py").write_text("x = 1234567890\n" * 1_000_000)
    found = captured(code)
    assert (len(found.diff) <= 5_000_000, found.diff.endswith("x = 1234567890\n")) == (True, True)
    assert found.note == "the diff is larger than 5,000,000 bytes and is cut"


def test_a_detached_head_has_no_branch(code: Path) -> None:
    git(code, "checkout", "-q", "--detach")
    found = captured(code)
    assert (found.branch, found.commit) == ("", git(code, "rev-parse", "HEAD"))


def test_a_repository_without_a_commit_has_a_branch(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    (tmp_path / "train.py").write_text("")
    assert captured(tmp_path) == CodeRef(
        "", "main", "", dirty=True, diff="", untracked=("train.py",), note=""
    )


def test_the_whole_tree_counts_from_a_folder_inside(code: Path) -> None:
    (code / "deep").mkdir()
    (code / "train.py").write_text("epochs = 2\n")
    assert captured(code / "deep") == captured(code)


def test_a_script_elsewhere_tells_where_the_code_is(code: Path, tmp_path: Path) -> None:
    found = capture_code(str(tmp_path), script=str(code / "train.py"))
    assert found == captured(code)


@pytest.mark.parametrize("folder", ["", "gone"])
def test_no_repository_is_no_code(tmp_path: Path, folder: str) -> None:
    assert capture_code(str(tmp_path / folder)) is None


def test_nothing_is_written_and_no_program_of_the_repository_runs(code: Path, tmp_path: Path) -> None:
    trap = tmp_path / "trap"
    for name in ("core.fsmonitor", "diff.external", "diff.py.textconv", "core.pager"):
        git(code, "config", name, f"touch {trap}; cat")
    (code / ".gitattributes").write_text("*.py diff=py\n")
    (code / "train.py").write_text("epochs = 2\n")
    before = (code / ".git/index").stat()
    assert "+epochs = 2" in captured(code).diff
    after = (code / ".git/index").stat()
    assert (trap.exists(), after.st_ino, after.st_mtime_ns) == (False, before.st_ino, before.st_mtime_ns)


@pytest.mark.system
def test_a_git_that_hangs_gives_what_it_had(
    code: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = subprocess.run(["which", "git"], check=True, capture_output=True, text=True).stdout.strip()
    slow = tmp_path / "bin" / "git"
    slow.parent.mkdir()
    slow.write_text(f'#!/bin/sh\ncase "$*" in *porcelain*) exec sleep 300;; esac\nexec {real} "$@"\n')
    slow.chmod(0o755)
    monkeypatch.setenv("PATH", str(slow.parent), prepend=":")
    found = capture_code(str(code), seconds=4)
    assert found is not None
    assert (found.branch, found.dirty, "no answer in time" in found.note) == ("main", True, True)


def test_the_environment_tells_of_this_interpreter_and_machine() -> None:
    found = capture_environment()
    assert found["python"] == ".".join(map(str, sys.version_info[:3]))
    assert isinstance(found["packages"], dict)
    assert found["packages"]["pytest"] == pytest.__version__
    assert (found["cpu_count"], found["executable"]) == (os.cpu_count(), sys.executable)


def test_no_variable_of_the_environment_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MY_TOKEN", "very-secret-value")
    assert "very-secret-value" not in str(capture_environment())


@pytest.mark.system
def test_another_interpreter_is_asked_by_itself(tmp_path: Path) -> None:
    link = tmp_path / "python"
    link.symlink_to(sys.executable)
    found = capture_environment(str(link))
    assert (found["python"], found["executable"]) == (capture_environment()["python"], str(link))


@pytest.mark.parametrize("executable", ["/bin/false", "/bin/echo", "/no/such/python"])
def test_an_interpreter_that_does_not_answer_is_noted(executable: str) -> None:
    found = capture_environment(executable)
    assert f"{executable} could not be asked" in str(found["note"])
    assert (found["executable"], "packages" in found, "hostname" in found) == (executable, False, True)
