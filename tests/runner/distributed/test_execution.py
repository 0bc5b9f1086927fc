"""Distributed runs carried out, as real processes."""

from collections.abc import Callable
from pathlib import Path
from threading import Thread

import pytest

from polyaxon_sdk.runner.lifecycle import Outcome
from polyaxon_sdk.runner.plan import Plan
from polyaxon_sdk.runner.stop import stop
from polyaxon_sdk.runs.logs import read_logs
from polyaxon_sdk.runs.state import RunState, read_run
from tests.polling import eventually
from tests.runner.conftest import Memory
from tests.runner.distributed.conftest import MakeDistributed, pod

RunPlan = Callable[[Plan], Outcome]
FOR_EVER = "exec sleep 600"


def ended(outcome: Outcome) -> tuple[str, str]:
    """The status of a run, and why."""
    assert isinstance(outcome.state, RunState)
    return outcome.state.status, outcome.state.conditions[-1].message


def test_all_replicas_run_and_print_under_their_names(
    distributed: MakeDistributed, run_plan: RunPlan, watcher: Memory
) -> None:
    plan = distributed("pytorchjob", master=pod("echo $RANK"), worker=pod("echo $RANK", replicas=2))
    assert ended(run_plan(plan)) == ("succeeded", "")
    assert sorted(watcher.printed.splitlines()) == [b"master-0 | 0", b"worker-0 | 1", b"worker-1 | 2"]
    assert sorted((line.replica, line.text) for line in read_logs(plan.folder)) == [
        ("master-0", "0"),
        ("worker-0", "1"),
        ("worker-1", "2"),
    ]
    assert read_run(plan.folder).kind == "pytorchjob"


def test_one_that_fails_ends_the_others_and_the_run(
    distributed: MakeDistributed, run_plan: RunPlan, watcher: Memory
) -> None:
    script = 'if [ "$RANK" = 1 ]; then exit 3; fi; exec sleep 600'
    assert ended(run_plan(distributed("pytorchjob", master=pod(FOR_EVER), worker=pod(script)))) == (
        "failed",
        "worker-0: exit code 3",
    )
    assert watcher.told[-1] == "worker-0: exit code 3: master-0 is ended"


def test_parameter_servers_are_ended_once_the_chief_has_succeeded(
    distributed: MakeDistributed, run_plan: RunPlan, watcher: Memory
) -> None:
    plan = distributed("tfjob", chief=pod(), ps=pod(FOR_EVER, replicas=2))
    assert ended(run_plan(plan)) == ("succeeded", "")
    assert watcher.told[-1] == "the run has succeeded: ps-0, ps-1 are ended"


def test_workers_of_pytorch_go_on_to_their_end_after_the_master(
    distributed: MakeDistributed, run_plan: RunPlan
) -> None:
    plan = distributed("pytorchjob", master=pod(), worker=pod("sleep 1; echo through"))
    assert ended(run_plan(plan)) == ("succeeded", "")
    assert [line.text for line in read_logs(plan.folder)] == ["through"]


def test_they_are_ended_where_running_pods_are_cleaned(
    distributed: MakeDistributed, run_plan: RunPlan
) -> None:
    plan = distributed("pytorchjob", cleanPodPolicy="Running", master=pod(), worker=pod(FOR_EVER))
    assert ended(run_plan(plan)) == ("succeeded", "")


def test_all_workers_count_where_the_success_policy_says_so(
    distributed: MakeDistributed, run_plan: RunPlan
) -> None:
    script = 'case "$TF_CONFIG" in *\'"index": 1\'*) sleep 1; echo second;; esac'
    plan = distributed("tfjob", successPolicy="AllWorkers", worker=pod(script, replicas=2))
    assert ended(run_plan(plan)) == ("succeeded", "")
    assert [line.text for line in read_logs(plan.folder)] == ["second"]


def test_a_replica_is_started_again_as_its_restart_policy_says(
    distributed: MakeDistributed, run_plan: RunPlan, watcher: Memory, tmp_path: Path
) -> None:
    script = f"echo at {tmp_path} once; if mkdir {tmp_path}/tried 2>/dev/null; then exit 1; fi"
    plan = distributed("pytorchjob", worker=pod(script, restarts="OnFailure"), termination={"maxRetries": 2})
    assert ended(run_plan(plan)) == ("succeeded", "")
    assert watcher.told == ["worker-0: exit code 1; restart 1 of 2 in 1 s"]
    assert [line.text for line in read_logs(plan.folder)] == [f"at {tmp_path} once"] * 2


def test_an_exit_code_that_is_permanent_restarts_nothing(
    distributed: MakeDistributed, run_plan: RunPlan, watcher: Memory
) -> None:
    plan = distributed("tfjob", worker=pod("exit 2", restarts="ExitCode"))
    assert ended(run_plan(plan)) == ("failed", "worker-0: exit code 2")
    assert watcher.told == []


def test_without_a_restart_policy_the_run_is_tried_again_as_a_whole(
    distributed: MakeDistributed, run_plan: RunPlan, watcher: Memory, tmp_path: Path
) -> None:
    script = f"if [ $RANK = 0 ] && mkdir {tmp_path}/tried 2>/dev/null; then exit 1; fi"
    plan = distributed("pytorchjob", worker=pod(script, replicas=2), termination={"maxRetries": 1})
    assert ended(run_plan(plan)) == ("succeeded", "")
    assert watcher.told[-1] == "worker-0: exit code 1; retry 1 of 1 in 1 s"


def test_stop_ends_all_of_them_and_starts_none_again(distributed: MakeDistributed, run_plan: RunPlan) -> None:
    plan = distributed("pytorchjob", worker=pod(FOR_EVER, replicas=2, restarts="Always"))

    def stop_it() -> None:
        eventually(lambda: plan.folder.record.is_dir() and read_run(plan.folder).status == "running")
        stop(plan.folder)

    stopping = Thread(target=stop_it)
    stopping.start()
    outcome = run_plan(plan)
    stopping.join()
    assert ended(outcome)[0] == "stopped"


def test_its_time_is_over_for_all_of_them(distributed: MakeDistributed, run_plan: RunPlan) -> None:
    plan = distributed("pytorchjob", worker=pod(FOR_EVER, replicas=2), termination={"timeout": 1})
    assert ended(run_plan(plan)) == ("failed", "not over within 1 s")


def test_the_launcher_of_mpi_starts_the_processes(
    distributed: MakeDistributed, run_plan: RunPlan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "mpirun"
    program.write_text('#!/bin/sh\ncat "$OMPI_MCA_orte_default_hostfile"\nexec "$@"\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    plan = distributed("mpijob", launcher=pod("mpirun echo hi"), worker=pod(replicas=2))
    assert ended(run_plan(plan)) == ("succeeded", "")
    assert [line.text for line in read_logs(plan.folder) if line.replica == "launcher-0"] == [
        "localhost slots=2",
        "hi",
    ]


@pytest.mark.fit
def test_ranks_of_torch_add_up_and_are_one_run(
    distributed: MakeDistributed, run_plan: RunPlan, tmp_path: Path
) -> None:
    pytest.importorskip("torch.distributed")
    (tmp_path / "ddp.py").write_text(
        "import torch\nimport torch.distributed as ranks\nfrom polyaxon_sdk import tracking\n"
        "ranks.init_process_group('gloo')\n"
        "total = torch.ones(1) * (ranks.get_rank() + 1)\nranks.all_reduce(total)\n"
        "tracking.init()\ntracking.log_outputs(total=total.item())\nranks.destroy_process_group()\n"
    )
    container = {"container": {"command": ["python", "ddp.py"]}}
    outcome = run_plan(distributed("pytorchjob", master=container, worker=container))
    assert ended(outcome) == ("succeeded", "")
    assert outcome.state is not None
    assert outcome.state.outputs == {"total": 3.0}
