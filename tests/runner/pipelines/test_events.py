"""Operations of a dag that start because of what happens while others run."""

import pytest

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyflow import V1Operation, read
from polyaxon_sdk.runner.pipelines.events import Awaited, statuses_of
from polyaxon_sdk.runs.state import RunState
from polyaxon_sdk.runs.status import Condition
from tests.runner.pipelines.conftest import RunPipeline, dag, step


def waiting(*kinds: str) -> V1Operation:
    return read(
        V1Operation,
        {"kind": "operation", "name": "board", "events": [{"ref": "ops.train", "kinds": [*kinds]}]},
    )


def seen(*statuses: str) -> RunState:
    state = RunState(uuid="0f" * 16)
    state.conditions.extend(Condition(status, "", "", float(at)) for at, status in enumerate(statuses))
    return state


@pytest.mark.parametrize(
    ("statuses", "ended", "judged"),
    [
        ((), {}, "wait"),
        (("created", "scheduled"), {}, "wait"),
        (("created", "running"), {}, "come"),
        (("created", "running", "failed"), {"train": "failed"}, "come"),
        (("created", "failed"), {"train": "failed"}, "never"),
        ((), {"train": "skipped"}, "never"),
    ],
)
def test_an_operation_waits_until_another_has_had_a_status(
    statuses: tuple[str, ...], ended: dict[str, str], judged: str
) -> None:
    awaited = Awaited({"board": waiting("run_status_running")})
    awaited.saw("train", seen(*statuses))
    assert awaited.judged("board", ended) == judged


def test_a_run_that_was_reused_counts_as_one_that_ran() -> None:
    awaited, state = Awaited({"board": waiting("run_status_running")}), seen("created", "compiled")
    state.conditions.append(Condition("succeeded", "CacheHit", "as run 0f", 2.0))
    awaited.saw("train", state)
    assert awaited.judged("board", {"train": "succeeded"}) == "come"


def test_what_nobody_here_tells_is_refused() -> None:
    with pytest.raises(InputError, match="connection_git_commit is told by nobody here"):
        statuses_of(waiting("connection_git_commit"))


@pytest.mark.system
def test_an_operation_starts_while_the_one_that_it_watches_runs(run_pipeline: RunPipeline) -> None:
    train = step("until test -e seen; do sleep 0.1; done", name="train")
    board = step(
        "echo {{ uuid }} > seen",
        name="board",
        inputs=[{"name": "uuid", "type": "str"}],
        params={"uuid": {"ref": "ops.train", "value": "globals.uuid"}},
        events=[{"ref": "ops.train", "kinds": ["run_status_running"]}],
    )
    pipeline, runs = run_pipeline(run=dag(train, board))
    assert pipeline.status == "succeeded"
    assert runs["board"][0].inputs == {"uuid": runs["train"][0].uuid}


@pytest.mark.system
def test_an_operation_is_left_out_where_what_it_waits_for_never_comes(run_pipeline: RunPipeline) -> None:
    board = step("true", name="board", events=[{"ref": "ops.train", "kinds": ["run_status_stopped"]}])
    _, runs = run_pipeline(run=dag(step("true", name="train"), board))
    assert runs["board"][0].status == "upstream_failed"
