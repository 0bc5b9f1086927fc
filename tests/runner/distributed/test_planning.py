"""What each replica is told: the variables that its operator sets."""

import json
from pathlib import Path

import pytest

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.runner.plan import Plan
from tests.runner.distributed.conftest import MakeDistributed, pod


def told(plan: Plan, *names: str) -> list[list[str | None]]:
    """The values of some variables, replica by replica."""
    assert plan.crew is not None
    return [[task.environment.get(name) for name in names] for task in plan.crew.tasks]


def configs(plan: Plan) -> dict[str, dict[str, object]]:
    """TF_CONFIG of each replica, by its name, without the numbers of the ports."""
    assert plan.crew is not None
    found = {task.replica: json.loads(task.environment["TF_CONFIG"]) for task in plan.crew.tasks}
    for config in found.values():
        for group, addresses in config["cluster"].items():
            config["cluster"][group] = [address.partition(":")[0] for address in addresses]
    return found


def test_replicas_of_pytorch_know_their_rank(distributed: MakeDistributed) -> None:
    plan = distributed("pytorchjob", master=pod(), worker=pod(replicas=2))
    assert told(plan, "RANK", "WORLD_SIZE", "LOCAL_RANK", "LOCAL_WORLD_SIZE", "MASTER_ADDR") == [
        ["0", "3", "0", "3", "127.0.0.1"],
        ["1", "3", "1", "3", "127.0.0.1"],
        ["2", "3", "2", "3", "127.0.0.1"],
    ]
    assert plan.ports is not None
    assert {port for [port] in told(plan, "MASTER_PORT")} == {str(plan.ports.numbers[0])}


def test_a_replica_with_gpus_of_its_own_is_alone_with_them(
    distributed: MakeDistributed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POLYAXON_GPUS", "4")
    plan = distributed("pytorchjob", worker=pod(replicas=2, gpus=2))
    assert told(plan, "RANK", "LOCAL_RANK") == [["0", "0"], ["1", "0"]]


def test_each_replica_sees_the_gpus_that_it_asks_for(
    distributed: MakeDistributed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POLYAXON_GPUS", "4")
    plan = distributed("pytorchjob", master=pod(), worker=pod(replicas=2, gpus=2))
    assert plan.crew is not None
    placed = plan.crew.at(("0", "1", "2", "3"), ())
    assert [task.environment.get("CUDA_VISIBLE_DEVICES") for task in placed.tasks] == [None, "0,1", "2,3"]


def test_more_gpus_than_there_are_are_refused_with_the_numbers(
    distributed: MakeDistributed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POLYAXON_GPUS", "4")
    with pytest.raises(InputError, match="asked 6 GPUs, this machine has 4"):
        distributed("pytorchjob", worker=pod(replicas=3, gpus=2))


def test_torchrun_is_told_of_the_nodes_and_their_processes(distributed: MakeDistributed) -> None:
    plan = distributed("pytorchjob", nProcPerNode=2, master=pod(), worker=pod())
    names = ("PET_NNODES", "PET_NODE_RANK", "PET_NPROC_PER_NODE", "WORLD_SIZE", "LOCAL_RANK")
    assert told(plan, *names) == [["2", "0", "2", "4", None], ["2", "1", "2", "4", None]]


def test_an_elastic_torchrun_is_told_where_nodes_meet(distributed: MakeDistributed) -> None:
    policy = {"minReplicas": 1, "maxReplicas": 3, "maxRestarts": 2, "rdvzBackend": "c10d"}
    plan = distributed("pytorchjob", elasticPolicy=policy, worker=pod(replicas=2))
    assert told(plan, "PET_NNODES", "PET_RDZV_BACKEND", "PET_RDZV_ID", "PET_MAX_RESTARTS")[1] == [
        "1:3",
        "c10d",
        plan.folder.uuid,
        "2",
    ]


def test_replicas_of_tensorflow_know_the_cluster_and_their_task(distributed: MakeDistributed) -> None:
    plan = distributed("tfjob", chief=pod(), ps=pod(), worker=pod(replicas=2), evaluator=pod())
    cluster = {"chief": ["127.0.0.1"], "ps": ["127.0.0.1"], "worker": ["127.0.0.1", "127.0.0.1"]}
    found = configs(plan)
    assert found["worker-1"] == {
        "cluster": cluster,
        "task": {"type": "worker", "index": 1},
        "environment": "cloud",
    }
    assert found["evaluator-0"]["cluster"] == cluster


def test_the_ports_of_a_cluster_differ(distributed: MakeDistributed) -> None:
    plan = distributed("tfjob", worker=pod(replicas=3))
    assert plan.ports is not None
    assert len(set(plan.ports.numbers)) == 3


def test_one_replica_of_tensorflow_is_told_nothing(distributed: MakeDistributed) -> None:
    assert told(distributed("tfjob", worker=pod()), "TF_CONFIG") == [[None]]


def test_workers_that_come_and_go_know_the_parameter_servers(distributed: MakeDistributed) -> None:
    plan = distributed("tfjob", enableDynamicWorker=True, ps=pod(), worker=pod(replicas=2))
    [config] = told(plan, "TF_CONFIG")[-1:]
    sparse = json.loads(str(config[0]))["sparseCluster"]
    assert (list(sparse["worker"]), len(sparse["ps"])) == (["1"], 1)


def test_what_the_operator_says_goes_before_what_a_container_says(distributed: MakeDistributed) -> None:
    group = pod()
    container = {"command": ["true"], "env": [{"name": "RANK", "value": "7"}, {"name": "A", "value": "1"}]}
    plan = distributed("pytorchjob", worker={**group, "container": container})
    assert told(plan, "RANK", "A") == [["0", "1"]]


def test_the_launcher_of_mpi_finds_this_machine_with_a_slot_a_process(
    distributed: MakeDistributed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "mpirun"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    plan = distributed("mpijob", slotsPerWorker=2, launcher=pod("mpirun true"), worker=pod(replicas=3))
    assert plan.crew is not None
    [step] = plan.steps
    assert (getattr(step, "text", ""), [task.replica for task in plan.crew.tasks]) == (
        "localhost slots=6\n",
        ["launcher-0"],
    )
    assert told(plan, "OMPI_MCA_orte_default_hostfile") == [[str(getattr(step, "target", ""))]]


def test_mpi_that_is_not_there_is_told(
    distributed: MakeDistributed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "sh").symlink_to("/bin/sh")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(
        InputError, match=r"^run.kind: no MPI on this machine: mpirun isn't there, expected Open MPI"
    ):
        distributed("mpijob", launcher=pod("mpirun true"), worker=pod())


@pytest.mark.parametrize(
    ("kind", "groups", "line"),
    [
        ("pytorchjob", {}, "run: no replicas, expected master or worker"),
        ("mpijob", {"worker": pod()}, "run.launcher: nothing starts the processes, expected a command"),
        (
            "tfjob",
            {"worker": {"container": {"image": "tf"}}},
            "run.worker.container: no command: what an image runs by itself isn't known here",
        ),
    ],
)
def test_what_can_never_run_is_refused(
    kind: str, groups: dict[str, object], line: str, distributed: MakeDistributed
) -> None:
    with pytest.raises(InputError, match=f"^{line}"):
        distributed(kind, **groups)


def test_less_than_no_replicas_are_refused(distributed: MakeDistributed) -> None:
    with pytest.raises(InputError, match=r"^run\.worker\.replicas: -1 is not allowed, expected 0 or more$"):
        distributed("pytorchjob", master=pod(), worker=pod(replicas=-1))
