"""Secrets that are planted everywhere are nowhere in the home and the store, and hashes are."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.secrets.samples import TOKENS
from tests.system.consoles import Consoles
from tests.system.planted import found_in
from tests.terminal import Terminal

PASSWORD = "x9-hunter2-x9"
PLANTED = {**TOKENS, "password": PASSWORD, "by hand": "correct-horse-77"}
HASHES = ("0f5a8b1c2d3e4f5061728394a5b6c7d8", "8f0e1d2c-3b4a-4968-8786-95a4b3c2d1e0", "ab12" * 16)
SCRIPT = """
import os, subprocess, sys, time
from polyaxon_sdk import tracking
planted, hashes = {planted!r}, {hashes!r}
run = tracking.init(name="name " + planted["github"], description="password=" + planted["password"])
tracking.log_inputs(db_password=planted["password"], url="postgres://me:" + planted["password"] + "@db/x", lr=0.1)
tracking.log_inputs(args=["--token", planted["wandb"], "--lr", "0.1"], sha=hashes[0])
tracking.log_env(content=dict(os.environ))
tracking.set_readme("token: " + planted["stripe"])
tracking.log_meta(note="Authorization: Bearer " + planted["jwt"])
for name, secret in planted.items(): print(name, "is", secret) if name not in ("password", "by hand") else None
print("export DB_PASSWORD=" + planted["password"], {{"api_key": planted["by hand"]}}, *hashes)
print(os.environ["TEAM_SECRET"], flush=True)
print("curl -u me:" + planted["password"], "https://h/", ["curl", "-u", "me:" + planted["by hand"] + "9"])
print("the passwd is " + planted["password"] + ", hello")
print("Cookie: session=" + planted["password"] + "; theme=dark")
tracking.log_metric("loss of " + planted["gitlab"] + " at " + hashes[0], 0.5, step=1)
tracking.log_text("said by " + planted["slack"], "text")
tracking.log_image([[[0, 1], [1, 0]]], "drawn with " + planted["openai"])
open("note.txt", "w").write("x")
tracking.log_artifact("note.txt", name="code of " + planted["npm"])
tracking.log_inputs(headers={{"Cookie": "session=" + planted["password"]}})
tracking.log_inputs(command=["curl", "-u", "me:" + planted["password"]])
half = len(planted["openai"]) // 2
os.write(2, planted["openai"][:half].encode()); time.sleep(0.7); os.write(2, planted["openai"][half:].encode() + b"\\n")
subprocess.run(["sh", "-c", "echo password: " + planted["password"] + " >&2"])
raise ValueError("can't log in with password=" + planted["password"] + " and " + planted["github"])
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A repository whose remote holds a password, with a change that holds others."""
    folder = tmp_path / "project"
    folder.mkdir()
    (folder / "train.ipynb").write_text("{}\n")
    for command in (
        ["init", "-q"],
        ["remote", "add", "origin", f"https://me:{PASSWORD}@example.org/team/code.git"],
        ["add", "."],
        ["-c", "user.name=x", "-c", "user.email=x@y", "commit", "-q", "-m", "x"],
    ):
        subprocess.run(["git", *command], cwd=folder, check=True)
    lines = [f'"os.environ[\\"API_KEY\\"] = \\"{PASSWORD}\\"\\n"', *TOKENS.values(), *HASHES]
    (folder / "train.ipynb").write_text("\n".join(lines) + "\n")
    return folder


def test_nothing_planted_by_hand_is_kept(tmp_path: Path, project: Path) -> None:
    consoles, store = Consoles(tmp_path / "home"), tmp_path / "store"
    variables = {"POLYAXON_ARTIFACTS_STORE": f"file://{store}", "TEAM_SECRET": PLANTED["by hand"]}
    text = SCRIPT.format(planted=PLANTED, hashes=HASHES)
    (project / "script.py").write_text(text)
    subprocess.run(
        [sys.executable, "script.py"],
        cwd=project,
        env={**consoles.environment, **variables},
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert len(consoles.kept()) > len(TOKENS)
    assert found_in(tmp_path / "home", [*PLANTED.values()]) == set()
    assert found_in(store, [*PLANTED.values()]) == set()
    assert found_in(tmp_path / "home", [*HASHES]) == set(HASHES)


OPERATION = """
kind: component
name: planted
inputs:
- {{name: db_password, type: str}}
- {{name: lr, type: float, value: 0.1}}
- {{name: sha, type: str, value: {sha}}}
run:
  kind: job
  container:
    command: [python, script.py]
    args: ["--password", "{{{{ db_password }}}}", "--url=redis://:{{{{ db_password }}}}@db"]
    env:
    - {{name: TEAM_SECRET, value: {by_hand}}}
"""


@pytest.fixture
def terminal(tmp_path: Path, project: Path) -> Terminal:
    check = f"import sys; assert sys.argv[2] == {PASSWORD!r}, sys.argv\n"
    (project / "script.py").write_text(check + SCRIPT.format(planted=PLANTED, hashes=HASHES))
    (project / "op.yml").write_text(OPERATION.format(sha=HASHES[0], by_hand=PLANTED["by hand"]))
    return Terminal(project, tmp_path / "home")


def test_nothing_planted_in_an_operation_is_kept(tmp_path: Path, terminal: Terminal) -> None:
    store = tmp_path / "store"
    ended = terminal.type(
        f"polyaxon run -f op.yml -P db_password={PASSWORD} -l", POLYAXON_ARTIFACTS_STORE=f"file://{store}"
    )
    assert "ValueError: can't log in with password=[masked]" in ended.stdout
    assert found_in(tmp_path / "home", [*PLANTED.values()]) == set()
    assert found_in(store, [*PLANTED.values()]) == set()
    assert found_in(tmp_path / "home", [*HASHES]) == set(HASHES)


def test_a_masked_run_is_not_rerun_by_mistake(tmp_path: Path, terminal: Terminal) -> None:
    terminal.type(f"polyaxon run -f op.yml -P db_password={PASSWORD}")
    (recorded,) = (tmp_path / "home").rglob("operation.plx.json")
    told = terminal.type(f"polyaxon run -f {recorded}")
    assert told.stderr.count("\n") == 1
    assert "masked when they were written down: db_password" in told.stderr


def test_a_function_gets_the_real_value(tmp_path: Path) -> None:
    text = "from polyaxon_sdk import component\n@component\ndef main(api_key: str) -> int:\n    return len(api_key)\n"
    (tmp_path / "train.py").write_text(text)
    terminal = Terminal(tmp_path, tmp_path / "home")
    terminal.type(f"polyaxon run -pm train.py -P api_key={PASSWORD}")
    run = terminal.last_run()
    assert (run["inputs"], len(PASSWORD) in run["outputs"].values()) == ({"api_key": "[masked]"}, True)
