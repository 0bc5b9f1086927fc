import pytest

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyflow import V1Operation
from polyaxon_sdk.runner.draft import Labels, draft
from polyaxon_sdk.runner.plan import make_plan
from polyaxon_sdk.settings import Settings, load
from tests.runner.conftest import MakePlan, component_of, shell


def test_what_a_process_has_no_use_for_is_named_in_one_line(plan_of: MakePlan) -> None:
    container = {**shell("true"), "image": "busybox", "resources": {"limits": {"google.com/tpu": 1}}}
    notes = plan_of(container, namespace="team").notes
    told = "ignored, since the command runs here as a process: image 'busybox', resources, namespace"
    assert notes == (told,)


def test_what_is_counted_is_not_ignored(plan_of: MakePlan) -> None:
    container = {**shell("true"), "resources": {"limits": {"cpu": 1, "memory": "1Mi"}}}
    assert plan_of(container, queue="agent/q").notes == ()


def test_nothing_to_ignore_takes_no_line(plan_of: MakePlan) -> None:
    assert plan_of(shell("true")).notes == ()


def test_without_a_command_there_is_nothing_to_run(plan_of: MakePlan) -> None:
    with pytest.raises(InputError, match=r"run.container: no command: what an image runs by itself"):
        plan_of({"image": "busybox"})


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        (
            {"run": {"kind": "raycluster", "head": {"container": shell("true")}}},
            "run.kind: raycluster can't run here, expected job",
        ),
        ({"conditions": "true"}, "conditions: not carried out here"),
        (
            {"schedule": {"kind": "interval", "frequency": 60}},
            "schedule: not carried out here: a local run is one job that starts at once",
        ),
    ],
)
def test_what_would_change_the_run_is_refused(
    plan_of: MakePlan, fields: dict[str, object], problem: str
) -> None:
    with pytest.raises(InputError, match=problem):
        plan_of(shell("true"), **fields)


@pytest.mark.parametrize("image", ["acme/train", "acme/train:v2", "acme/train@sha256:ab"])
def test_what_an_image_runs_by_itself_is_known_by_a_setting(
    settings: Settings, image: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POLYAXON_IMAGE_COMMANDS", "acme/train=echo 'two words'")
    component = component_of({"image": image, "args": ["more"]})
    drafted = draft(V1Operation(component=component), settings=load(), params={}, labels=Labels())
    assert (settings.home, make_plan(drafted).task.words) == (load().home, ("echo", "two words", "more"))
