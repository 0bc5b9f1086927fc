import pytest

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.runner.room.machine import check_fits, machine_of
from polyaxon_sdk.runner.room.needs import Needs
from polyaxon_sdk.settings import Settings, load
from tests.runner.conftest import MakePlan, shell

SMALL = {"MAX_CPU": "2", "MAX_MEMORY": "4Gi", "GPUS": "1"}


@pytest.fixture
def small(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Settings of a machine with 2 cpus, 4 GiB and a GPU."""
    for name, value in SMALL.items():
        monkeypatch.setenv(f"POLYAXON_{name}", value)
    return load()


def test_the_machine_is_what_the_kernel_says(settings: Settings) -> None:
    machine = machine_of(settings)
    assert machine.cpu > 0
    assert machine.memory > 1 << 20


@pytest.mark.parametrize(
    ("needs", "told"),
    [
        (Needs(gpus=8), "asked 8 GPUs, this machine has 1, expected fewer, or the setting gpus"),
        (
            Needs(cpu=3, least=(3, 0)),
            "asked 3 cpus, this machine has 2, expected fewer, or the setting max_cpu",
        ),
        (Needs(memory=5 << 30, least=(0, 5 << 30)), "asked 5Gi of memory, this machine has 4Gi"),
    ],
)
def test_what_can_never_run_is_refused_with_the_numbers(small: Settings, needs: Needs, told: str) -> None:
    with pytest.raises(InputError, match=told):
        check_fits(needs, small)


def test_a_limit_alone_may_be_more_than_the_machine_has(small: Settings) -> None:
    check_fits(Needs(cpu=64, memory=1 << 50, gpus=1), small)


def test_gpus_that_are_not_counted_are_not_missed(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POLYAXON_GPUS", "any")
    check_fits(Needs(gpus=8), load())


def test_gpus_that_this_process_may_use_are_those_of_its_runs(
    small: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "GPU-a,5")
    assert machine_of(small).gpus == ("GPU-a",)


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("GPUS", "all", "POLYAXON_GPUS: gpus: 'all' is no number of GPUs"),
        ("MAX_CPU", "two", "max_cpu: 'two' is no amount, expected such as 4 or 500m"),
        ("MAX_MEMORY", "16GB", "max_memory: '16GB' is no amount, expected such as 16Gi"),
    ],
)
def test_a_setting_that_is_no_amount_is_told(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, name: str, value: str, told: str
) -> None:
    monkeypatch.setenv(f"POLYAXON_{name}", value)
    with pytest.raises(InputError, match=told):
        machine_of(load())


def test_a_run_that_asks_too_much_is_refused_before_anything_is_created(
    small: Settings, plan_of: MakePlan
) -> None:
    asked = {"limits": {"nvidia.com/gpu": 1000}}
    with pytest.raises(InputError, match=r"run.container.resources: asked 1000 GPUs, this machine has"):
        plan_of({**shell("true"), "resources": asked})
    assert not small.runs.exists()
