import pytest

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyflow import V1CompiledOperation, V1Container, V1Job
from polyaxon_sdk.runner.room.limits import limits_of, wish_of
from polyaxon_sdk.runner.room.needs import Needs
from polyaxon_sdk.settings import Settings, load


def test_queues_are_a_mapping_of_the_configuration(settings: Settings) -> None:
    settings.home.mkdir()
    (settings.home / "config.yaml").write_text("queues: {gpu: 2, slow: 1}\n")
    assert load().queues == {"gpu": 2, "slow": 1}


@pytest.mark.parametrize("text", ["gpu", "gpu=", "gpu=0", "=2", "gpu=many"])
def test_a_queue_without_a_number_is_told(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv("POLYAXON_QUEUES", text)
    with pytest.raises(InputError, match=f"POLYAXON_QUEUES: '{text}' is no queue and its number"):
        _ = load().queues


@pytest.mark.parametrize(
    ("queue", "wished"), [(None, ""), ("gpu", "gpu"), ("agent/gpu", "gpu"), ("a/b", "a/b")]
)
def test_a_queue_may_be_named_with_its_agent(
    monkeypatch: pytest.MonkeyPatch, queue: str | None, wished: str
) -> None:
    monkeypatch.setenv("POLYAXON_QUEUES", "gpu=2, a/b=1")
    assert wish_of(V1CompiledOperation(queue=queue), load()).queue == wished


def test_a_run_asks_for_what_its_container_says(settings: Settings) -> None:
    container = V1Container(resources={"limits": {"cpu": 2}})
    wish = wish_of(V1CompiledOperation(run=V1Job(container=container)), settings)
    assert wish.needs == Needs(cpu=2.0)
    assert limits_of(settings, wish).kinds(wish) == {"cpu"}
