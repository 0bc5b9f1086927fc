"""Plans of distributed kinds."""

from collections.abc import Callable

import pytest

from polyaxon_sdk.polyflow import V1Component, V1Operation, read
from polyaxon_sdk.runner.draft import Labels, draft
from polyaxon_sdk.runner.plan import Plan, make_plan
from polyaxon_sdk.settings import Settings, load
from tests.runner.conftest import shell

MakeDistributed = Callable[..., Plan]


def pod(
    script: str = "true", *, replicas: int = 1, restarts: str | None = None, **limits: int
) -> dict[str, object]:
    """A group of replicas that run a script of the shell."""
    container = {
        **shell(script),
        **({"resources": {"limits": {"nvidia.com/gpu": limits["gpus"]}}} if limits else {}),
    }
    environment = {"restartPolicy": restarts} if restarts else None
    return {"replicas": replicas, "container": container, "environment": environment}


@pytest.fixture
def distributed(settings: Settings) -> MakeDistributed:
    """The plan of a runtime of this kind, with these fields, in the home of the settings as they then are."""
    del settings

    def plan(kind: str, *, termination: object = None, **fields: object) -> Plan:
        written = {"kind": "component", "run": {"kind": kind, **fields}, "termination": termination}
        operation = V1Operation(component=read(V1Component, written))
        return make_plan(draft(operation, settings=load(), params={}, labels=Labels()))

    return plan
