import pytest

from polyaxon_sdk.polyflow import V1Container
from polyaxon_sdk.runner.room.needs import Needs, needs_of


@pytest.mark.parametrize(
    ("resources", "needs"),
    [
        (None, Needs()),
        ({"requests": {"cpu": 1}}, Needs(cpu=1, least=(1, 0))),
        ({"limits": {"cpu": "1500m"}, "requests": {"cpu": 1}}, Needs(cpu=1.5, least=(1, 0))),
        ({"limits": {"memory": "2Gi"}}, Needs(memory=2 << 30)),
        ({"limits": {"nvidia.com/gpu": "2"}, "requests": {"nvidia.com/gpu": 2}}, Needs(gpus=2)),
        ({"limits": {"amd.com/gpu": 0}}, Needs(gpus=0)),
        ({"limits": {"cpu": "{{ cpus }}", "google.com/tpu": 8}}, Needs()),
        ("{{ resources }}", Needs()),
    ],
)
def test_a_run_needs_its_limits_or_what_it_requests(resources: object, needs: Needs) -> None:
    assert needs_of(V1Container(resources=resources)) == needs  # type: ignore[arg-type]  # also what is none
