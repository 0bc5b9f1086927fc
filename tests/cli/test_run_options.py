"""Every option of the public `polyaxon run` (semantics 7.1): it works, or says in one line why not."""

import json
from pathlib import Path

import click
import pytest

from polyaxon_sdk.cli.elsewhere import REASONS
from polyaxon_sdk.cli.run import run
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.state import read_run
from tests.cli.conftest import Polyaxon
from tests.cli.inside import polyaxon
from tests.polling import eventually

__all__ = ["polyaxon"]

PUBLIC = [
    "-p", "--project", "-f", "--file", "-pm", "--python-module", "--url", "--hub", "--image", "--cmd",
    "--env", "--cpu", "--memory", "--gpu", "--ports", "--sandbox", "-n", "--name", "--description",
    "--tags", "-P", "--param", "--strict-params", "--no-strict-params", "-HP", "--hparam", "--matrix-kind",
    "--matrix-concurrency", "--matrix-num-runs", "--presets", "--profile", "-q", "--queue", "-ns",
    "--namespace", "--cache", "--nocache", "-ap", "--approved", "-aa", "--approve-after", "--git-preset",
    "--git-revision", "--ignore-template", "-l", "--logs", "-w", "--watch", "-s", "--shell", "-u",
    "--upload", "-u-from", "--upload-from", "-u-to", "--upload-to", "-m", "--mount", "--symlink-mode",
    "--symlink-report-limit", "--local", "-exc", "--executor", "-o", "--output",
]  # fmt: skip

WAITING = """
kind: operation
isApproved: false
component:
  inputs: [{name: size, type: int}]
  run: {kind: job, container: {command: [sh, -c], args: ["echo size {{ size }}"]}}
"""
TEMPLATE = """
kind: component
template: {description: Say which data., fields: [cmd]}
cmd: echo whole
"""


@pytest.mark.parametrize("option", PUBLIC)
def test_an_option_of_the_public_command_is_known(option: str) -> None:
    known = {word for each in run.params for word in (*each.opts, *each.secondary_opts)}
    assert option in known


@pytest.mark.parametrize("names", REASONS)
def test_an_option_that_means_nothing_here_says_why_in_one_line(names: tuple[str, ...]) -> None:
    words = [names[0]] if names[-1] in ("--shell", "--sandbox") else [names[0], "1"]
    with pytest.raises(click.UsageError, match=f"^{names[-1]} means nothing here: [^\n]+$"):
        run.make_context("run", words)


def test_another_executor_than_processes_means_nothing_here() -> None:
    with pytest.raises(click.UsageError, match="--executor docker means nothing here: a run is a process"):
        run.make_context("run", ["-exc", "docker"])


def test_a_command_of_the_shell_needs_no_file(polyaxon: Polyaxon) -> None:
    words = ("--cmd", "echo $GREETING", "--cmd", "echo there", "--env", "GREETING=hi", "--queue", "slow")
    more = (
        "--cpu",
        "100m..1",
        "--memory",
        "64Mi",
        "--image",
        "busybox",
        "--local",
        "-exc",
        "process",
        "-l",
        "-o",
        "json",
    )
    told = polyaxon("run", *words, *more)
    found = json.loads(told.out)
    operation = json.loads(RunFolder(found["path"]).operation.read_text())
    assert (found["status"], operation["queue"], "hi\nthere\n" in told.err) == ("succeeded", "slow", True)
    assert operation["run"]["container"]["resources"] == {
        "requests": {"cpu": "100m", "memory": "64Mi"},
        "limits": {"cpu": "1"},
    }


def test_runs_are_found_by_their_queue_and_connections(polyaxon: Polyaxon, folder: Path) -> None:
    (folder / "config.yaml").write_text("connections: [{name: data, kind: host_path, schema: {hostPath: /}}]")
    (folder / "job.yaml").write_text(
        "{kind: component, run: {kind: job, connections: [data], container: {command: ['true']}}}"
    )
    assert polyaxon("run", "-f", "job.yaml", "-q", "farm/slow", "-n", "slow").code == 0
    assert polyaxon("run", "--cmd", "true", "-n", "other").code == 0
    queries = ("queue:slow", "queue:farm/slow", "agent:farm", "connections:data", "queue.name:slow")
    found = [polyaxon("ops", "ls", "-q", query, "-c", "name", "-o", "json") for query in queries]
    assert [[row["name"] for row in json.loads(each.out)["results"]] for each in found] == [["slow"]] * 5


def test_fields_are_laid_over_a_file(polyaxon: Polyaxon, folder: Path) -> None:
    (folder / "waiting.yaml").write_text(WAITING)
    told = polyaxon(
        "run", "-f", "waiting.yaml", "-P", "size=3", "-ap", "--cmd", "echo other {{ size }}", "-l"
    )
    assert (told.code, "other 3" in told.out) == (0, True)


def test_a_param_that_is_no_input_is_refused_where_that_is_asked_for(
    polyaxon: Polyaxon, folder: Path
) -> None:
    (folder / "waiting.yaml").write_text(WAITING)
    told = polyaxon("run", "-f", "waiting.yaml", "-P", "size=3", "-P", "sise=3", "--strict-params")
    assert (told.code, "sise" in told.err) == (2, True)


def test_a_template_is_refused_unless_that_is_ignored(polyaxon: Polyaxon, folder: Path) -> None:
    (folder / "template.yaml").write_text(TEMPLATE)
    refused = polyaxon("run", "-f", "template.yaml")
    told = polyaxon("run", "-f", "template.yaml", "--ignore-template", "-l")
    assert (refused.code, refused.err) == (
        2,
        "Error: template: a template, which wants to be edited first (Say which data.): cmd, "
        "expected the file without `template`, or --ignore-template\n",
    )
    assert (told.code, "whole" in told.out) == (0, True)


def test_an_input_goes_before_an_option_of_its_name(polyaxon: Polyaxon, folder: Path) -> None:
    (folder / "load.py").write_text(
        "from polyaxon_sdk import component\n\n\n@component\ndef main(queue: str, gpu: int) -> None:\n"
        "    print(queue, gpu + 1)\n"
    )
    told = polyaxon("run", "-pm", "load.py", "--queue", "left", "--gpu", "1", "-l")
    assert (told.code, "left 2" in told.out) == (0, True)


def test_a_file_without_f_is_told_how_to_be_named(polyaxon: Polyaxon, folder: Path) -> None:
    (folder / "waiting.yaml").write_text(WAITING)
    told = [polyaxon("run", name).err for name in ("waiting.yaml", "train.py", "none.yaml")]
    assert told == [
        "Error: Got unexpected extra argument (waiting.yaml); did you mean -f waiting.yaml?\n",
        "Error: Got unexpected extra argument (train.py); did you mean -pm train.py?\n",
        "Error: Got unexpected extra argument (none.yaml)\n",
    ]


def test_w_shows_each_status(polyaxon: Polyaxon) -> None:
    told = polyaxon("run", "--cmd", "true", "-w")
    shown = [line.split()[1] for line in told.out.splitlines() if line.startswith("polyaxon: ")]
    assert shown == ["created", "compiled", "scheduled", "starting", "running", "succeeded"]


def test_a_detached_run_goes_on_by_itself(polyaxon: Polyaxon, home: Path) -> None:
    told = polyaxon("run", "--cmd", "sleep 600", "--detach")
    [path] = (home / "runs").iterdir()
    assert (told.code, told.out.splitlines()[0]) == (0, f"run {path.name} goes on by itself")
    assert f"polyaxon ops logs -uid {path.name[:12]}" in told.out
    eventually(lambda: read_run(RunFolder(path)).status == "running")
    stopped = polyaxon("ops", "stop", "-uid", path.name[:12])
    assert (stopped.code, read_run(RunFolder(path)).status) == (0, "stopped")


def test_a_detached_run_takes_files_along_and_is_followed_to_its_end(
    polyaxon: Polyaxon, folder: Path
) -> None:
    (folder / "data.txt").write_text("some data\n")
    command = "cat {{ globals.run_artifacts_path }}/uploads/data.txt; exit 3"
    told = polyaxon("run", "--cmd", command, "--detach", "-u", "-l", "-w")
    assert (told.code, "\nsome data\n" in told.out, "\nfailed  ExitCode: exit code 3\n" in told.out) == (
        1,
        True,
        True,
    )


def test_a_detached_run_says_too_what_a_person_should_know_first(polyaxon: Polyaxon) -> None:
    told = polyaxon("run", "--cmd", "true", "--image", "python", "--detach")
    assert "  ignored, since the command runs here as a process: image 'python'\n" in told.out


def test_a_schedule_that_names_no_time_is_refused_in_one_line(polyaxon: Polyaxon, folder: Path) -> None:
    (folder / "nightly.yaml").write_text(
        "{kind: operation, schedule: {kind: cron, cron: 61 2 * * *}, "
        "component: {run: {kind: job, container: {command: ['true']}}}}"
    )
    told = polyaxon("run", "-f", "nightly.yaml")
    assert (told.code, told.err.count("\n")) == (2, 1)
    assert told.err.startswith("Error: schedule.cron: '61 2 * * *' is no cron line, expected minute")
    assert polyaxon("ops", "ls", "-o", "json").out.count('"uuid"') == 0


def test_a_port_that_no_machine_has_is_refused(polyaxon: Polyaxon) -> None:
    told = polyaxon("run", "--cmd", "true", "--ports", "8000,99999")
    assert (told.code, told.err.count("\n")) == (2, 1)
    assert told.err.startswith("Error: --ports: '99999' is no port")
