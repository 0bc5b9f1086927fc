"""A folder of public files, and what stands for the repository, the hub and the images that they name."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

REPOSITORY = "https://github.com/polyaxon/"
FILES = "https://raw.githubusercontent.com/polyaxon/polyaxon-quick-start/master/"
MODEL = """
import argparse
from polyaxon import tracking

parser = argparse.ArgumentParser()
for name in ("conv1_size", "conv2_size", "hidden1_size", "epochs"):
    parser.add_argument(f"--{name}", type=int, default=1)
for name in ("dropout", "learning_rate", "log_learning_rate"):
    parser.add_argument(f"--{name}", type=float, default=0.1)
for name in ("optimizer", "conv_activation", "dense_activation"):
    parser.add_argument(f"--{name}", default="relu")
args = parser.parse_args()
tracking.init()
loss = 0.02 + abs(args.learning_rate - 0.02) + args.dropout / 100
for epoch in range(args.epochs):
    tracking.log_metrics(step=epoch, loss=loss, accuracy=1 - loss)
tracking.log_outputs(loss=loss, accuracy=1 - loss)
"""
BEST = """
import argparse
from polyaxon.client import RunClient

parser = argparse.ArgumentParser()
parser.add_argument("--project")
parser.add_argument("--top", type=int)
args = parser.parse_args()
answer = RunClient(project=args.project).list(query="kind:job, metrics.loss:<1", sort="metrics.loss", limit=args.top)
for run in answer.results:
    print("best", run.uuid, run.inputs, run.outputs)
"""
MESSAGE = "import sys\nprint(*(word.partition('=')[2] for word in sys.argv[1:]))\n"
SIMULATION = """
import sys
from polyaxon import tracking

tracking.init()
tracking.log_outputs(words=sys.argv[1:])
"""
BUILD = """
kind: component
name: build
inputs: [{name: context, type: str, isOptional: true, value: ""}, {name: destination, type: image}]
outputs: [{name: destination, type: image, value: "{{ destination }}"}]
run: {kind: job, container: {command: [echo, "{{ destination }}"]}}
"""
BOARD = """
kind: component
name: tensorboard
inputs:
- {name: uuid, type: uuid, isOptional: true}
- {name: uuids, type: uuid, isList: true, isOptional: true}
run: {kind: job, container: {command: [echo, board, "{{ uuid }}", "{{ uuids }}"]}}
"""
NOTICE = """
kind: component
name: slack
run: {kind: job, container: {command: [echo, told]}}
"""


class Ran(NamedTuple):
    """What came of a file."""

    code: int
    told: str
    document: dict[str, Any]


class Place:
    """A home whose settings say where what public files name lies.

    Args:
        root: a folder that nobody else uses.
        files: the public files.
        documents: what their URLs mean; by default the same.
    """

    def __init__(self, root: Path, files: Path, documents: Path | None = None) -> None:
        self.home, self.files = root / "home", files
        self.repository = root / "mirror" / "polyaxon-quick-start"
        for path, text in {
            "scheduling/model.py": MODEL,
            "tracking/simulate_dl_experiment.py": SIMULATION,
            "scheduling/best_models.py": BEST,
            "model.py": MODEL,
            "best_models.py": BEST,
            "passing-params/args-python/message.py": MESSAGE,
            "passing-params/args-python/messages.py": MESSAGE,
        }.items():
            (self.repository / path).parent.mkdir(parents=True, exist_ok=True)
            (self.repository / path).write_text(text)
        self._commit()
        hub = {
            "kaniko/latest": BUILD,
            "dokerizer/latest": BUILD,
            "tensorboard/latest": BOARD,
            "slack/latest": NOTICE,
        }
        hub |= {"demo/tensorboard/multi-runs": BOARD, "acme/kaniko/latest": BUILD}
        for name, text in hub.items():
            (self.home / "hub" / name).parent.mkdir(parents=True, exist_ok=True)
            (self.home / "hub" / f"{name}.yaml").write_text(text)
        (self.home / "config.yaml").write_text(
            f"git_mirrors: {REPOSITORY}={self.repository.parent}/\n"
            f"url_mirrors: {FILES}={documents or files}/\n"
            f"image_commands: polyaxon/polyaxon-quick-start={sys.executable} model.py\n"
            "gpus: any\n"
            "connections:\n"
            + "".join(
                f"- {{name: {name}, kind: {kind}, schema: {{url: 'https://registry.example.com'}}}}\n"
                for name, kind in (
                    ("docker-connection", "registry"),
                    ("private_docker_connection", "registry"),
                    ("slack-notification", "slack"),
                )
            )
        )

    def run(self, *files: str, words: tuple[str, ...] = (), **variables: str) -> Ran:
        """Run a public file, with others laid over it, in the folder of the repository."""
        given = [word for file in files for word in ("-f", str(self.files / file))]
        return self.type("run", *given, *words, "--yes", "-l", "-o", "json", **variables)

    def type(self, *words: str, **variables: str) -> Ran:
        """Type a command in the folder of the repository."""
        ended = subprocess.run(
            [sys.executable, "-m", "polyaxon_sdk", *words],
            cwd=self.repository,
            env={**os.environ, "POLYAXON_HOME": str(self.home), "HOME": str(self.home), **variables},
            capture_output=True,
            text=True,
            timeout=600,
            check=False,
        )
        document = json.loads(ended.stdout) if ended.stdout.startswith("{") else {}
        return Ran(ended.returncode, ended.stderr, document)

    def _commit(self) -> None:
        who = ("-c", "user.name=a", "-c", "user.email=a@example.com")
        origin = ("remote", "add", "origin", f"{REPOSITORY}{self.repository.name}")
        for words in (("init", "-q"), ("add", "-A"), (*who, "commit", "-qm", "first"), origin):
            subprocess.run(["git", *words], cwd=self.repository, check=True)
