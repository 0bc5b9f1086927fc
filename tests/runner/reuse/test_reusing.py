"""Runs that are taken from earlier ones."""

import shutil
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from attrs import evolve

from polyaxon_sdk.client.editing import invalidate
from polyaxon_sdk.polyflow import V1Cache
from polyaxon_sdk.runner.lifecycle import Outcome
from polyaxon_sdk.runner.plan import Plan
from polyaxon_sdk.runner.reuse.fingerprint import fingerprint_of
from polyaxon_sdk.runner.reuse.reusing import Reusing
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.record import RecordWriter
from polyaxon_sdk.runs.state import RunState
from polyaxon_sdk.settings import Settings
from tests.runner.conftest import MakePlan, shell
from tests.runner.reuse.conftest import Run, times_ran

pytestmark = pytest.mark.system

INPUT = [{"name": "rate", "type": "float"}]


def folder_of(settings: Settings, state: RunState) -> RunFolder:
    return RunFolder(settings.runs / state.uuid)


def test_it_has_what_came_of_the_earlier_run_and_says_so(run: Run, settings: Settings) -> None:
    log = "tracking.init(); tracking.log_outputs(loss=0.5); tracking.log_metrics(step=1, acc=0.9)"
    keep = "open('net.bin', 'w').write('x'); tracking.log_model('net.bin', name='net')"
    script = f'{sys.executable} -c "from polyaxon_sdk import tracking; {log}; {keep}"'
    first = run(script)
    second = run(script)
    assert (second.cloning_kind, second.original) == ("cache", first.uuid)
    assert [(edge.uuid, edge.kind) for edge in second.upstream] == [(first.uuid, "cache")]
    assert (second.outputs["loss"], second.outputs["acc"]) == (0.5, 0.9)
    path = str(second.artifacts["net", "model"]["path"])
    assert (folder_of(settings, second).path / path).read_text() == "x"
    last = second.conditions[-1]
    assert (last.status, last.reason) == ("succeeded", "CacheHit")
    assert last.message == f"as run {first.uuid[:12]}: same inputs, code and init"


def test_files_stay_where_the_earlier_run_is_deleted(run: Run, settings: Settings) -> None:
    script = "echo 1 >> ran; mkdir -p $POLYAXON_HOME/runs/$POLYAXON_RUN_UUID/outputs; "
    script += "echo x > $POLYAXON_HOME/runs/$POLYAXON_RUN_UUID/outputs/net"
    first, second = run(script), run(script)
    shutil.rmtree(folder_of(settings, first).path)
    assert (folder_of(settings, second).outputs / "net").read_text() == "x\n"
    assert run(script).reuse["reused"] is True


def test_another_input_is_told_with_what_it_was(run: Run, tmp_path: Path) -> None:
    first = run(inputs=INPUT, params={"rate": 0.1})
    second = run(inputs=INPUT, params={"rate": 0.2})
    assert second.reuse["why"] == f"input rate is 0.2, was 0.1 (run {first.uuid[:12]})"
    assert (second.reuse["against"], times_ran(tmp_path)) == (first.uuid, 2)


@pytest.mark.parametrize(
    ("before", "now", "told"), [("rate", "rate size", "is new"), ("rate size", "rate", "is gone")]
)
def test_an_input_that_was_added_or_left_out_is_told(run: Run, before: str, now: str, told: str) -> None:
    optional = {"type": "int", "isOptional": True}
    first, second = (
        run(name="fit", inputs=[{"name": name, **optional} for name in names.split()])
        for names in (before, now)
    )
    assert second.reuse["why"] == f"input size {told} (run {first.uuid[:12]})"


def test_a_function_whose_file_lies_elsewhere_is_the_same(plan_of: MakePlan, tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    for place in ("train.py", "kept/train.py"):
        (tmp_path / place).write_text("def train(): ...\n")
    entry = ["python", "-m", "polyaxon_sdk.authoring"]
    first, second = (
        fingerprint_of(plan_of({"command": entry, "args": [f"{place}:train"]}), V1Cache(), origin_of=str)
        for place in ("train.py", "kept/train.py")
    )
    assert (first.key, first.subject) == (second.key, second.subject)


def test_the_line_that_changed_is_told(run: Run, tmp_path: Path) -> None:
    (tmp_path / "script.py").write_text("def f(x):\n    y = x\n    return y\n\nprint(f(1))\n")
    first = run("python3 script.py; echo 1 >> ran")
    (tmp_path / "script.py").write_text("# said\ndef f(x):\n    y = x\n    return 2 * y\n\nprint(f(1))\n")
    second = run("python3 script.py; echo 1 >> ran")
    told = f"script.py:4 in f changed: return 2 * y (run {first.uuid[:12]})"
    assert (second.reuse["why"], times_ran(tmp_path)) == (told, 2)


def test_a_comment_in_a_script_is_no_reason(run: Run, tmp_path: Path) -> None:
    (tmp_path / "script.py").write_text("print(1)\n")
    run("python3 script.py; echo 1 >> ran")
    (tmp_path / "script.py").write_text("# said\nprint( 1 )\n")
    assert run("python3 script.py; echo 1 >> ran").reuse["reused"] is True
    assert times_ran(tmp_path) == 1


def test_settings_that_the_command_names_count_by_its_content(run: Run, tmp_path: Path) -> None:
    (tmp_path / "net.yml").write_text("1\n")
    run("cat net.yml >> ran")
    (tmp_path / "net.yml").write_text("2\n")
    assert "file net.yml changed" in str(run("cat net.yml >> ran").reuse["why"])


@pytest.mark.parametrize(
    ("cache", "again"),
    [
        (None, 2),
        (V1Cache(io=["size"]), 1),
        (V1Cache(io=["rate"]), 2),
        (V1Cache(io=["size"], disable=True), 2),
        (V1Cache(io=["size"], ttl=0), 2),
        (V1Cache(io=["size"], ttl=3600), 1),
    ],
)
def test_the_cache_section_says_which_inputs_count_and_for_how_long(
    run: Run, tmp_path: Path, cache: V1Cache | None, again: int
) -> None:
    for rate in (0.1, 0.2):
        run(inputs=[*INPUT, {"name": "size", "type": "int"}], params={"rate": rate, "size": 1}, cache=cache)
    assert times_ran(tmp_path) == again


def test_the_sections_that_count_can_be_chosen(run: Run, tmp_path: Path) -> None:
    for script in ("echo 1 >> ran", "echo 2 >> ran"):
        run(script, cache=V1Cache(sections=["init"]))
    assert times_ran(tmp_path) == 1


def test_a_run_that_failed_is_not_taken(run: Run) -> None:
    first = run("exit 1")
    second = run("exit 1")
    assert (second.status, second.reuse["reused"]) == ("failed", False)
    assert second.reuse["why"] == f"run {first.uuid[:12]}, made of the same, failed"


def test_a_run_that_was_invalidated_is_not_taken(run: Run, settings: Settings, tmp_path: Path) -> None:
    first = run()
    invalidate(settings, folder_of(settings, first))
    assert "was invalidated" in str(run().reuse["why"])
    assert (times_ran(tmp_path), folder_of(settings, first).record.is_dir()) == (2, True)


def test_invalidating_what_was_taken_invalidates_where_from(
    run: Run, settings: Settings, tmp_path: Path
) -> None:
    run()
    invalidate(settings, folder_of(settings, run()))
    run()
    assert times_ran(tmp_path) == 2


def test_a_run_that_was_resumed_is_not_taken(run: Run, settings: Settings, tmp_path: Path) -> None:
    record = RecordWriter(folder_of(settings, run()))
    record.append("resumed", is_managed=True)
    record.close()
    run()
    assert times_ran(tmp_path) == 2


def test_a_masked_input_matches_nothing(run: Run, tmp_path: Path) -> None:
    for _ in range(2):
        last = run(inputs=[{"name": "api_token", "type": "str"}], params={"api_token": "hunter2hunter2"})
    assert times_ran(tmp_path) == 2
    assert last.reuse["why"] == "input api_token is masked: nothing tells what it was before"


def test_what_one_pipeline_asks_for_twice_it_gets_twice(run: Run, tmp_path: Path) -> None:
    for _ in range(2):
        run(pipeline="0" * 32)
    run(pipeline="1" * 32)
    assert times_ran(tmp_path) == 2


def test_what_one_pipeline_asks_for_again_is_told_so(run: Run) -> None:
    inputs, rates = [{"name": "rate", "type": "float"}], (0.5, 0.95, 0.5)
    run(pipeline="1" * 32, inputs=inputs, params={"rate": 0.7})
    first, _, again = (run(pipeline="0" * 32, inputs=inputs, params={"rate": rate}) for rate in rates)
    assert again.reuse["why"] == (
        f"run {first.uuid[:12]}, made of the same, is of this pipeline too: what it asks for again is run again"
    )


def test_two_at_once_carry_it_out_once(run: Run, tmp_path: Path) -> None:
    with ThreadPoolExecutor() as pool:
        found = list(pool.map(lambda pipeline: run("sleep 1; echo 1 >> ran", pipeline=pipeline * 32), "123"))
    assert (times_ran(tmp_path), {state.status for state in found}) == (1, {"succeeded"})
    assert sorted(bool(state.reuse["reused"]) for state in found) == [False, True, True]


@pytest.mark.parametrize("lost", ["reuse", "reuse/whole"])
def test_what_is_derived_is_made_again(run: Run, settings: Settings, tmp_path: Path, lost: str) -> None:
    run()
    place = settings.home / lost
    shutil.rmtree(place) if place.is_dir() else place.unlink()
    run()
    assert times_ran(tmp_path) == 1


def test_what_is_derived_is_not_believed(run: Run, settings: Settings, tmp_path: Path) -> None:
    first = run()
    other = run("echo 2 >> ran")
    for file in (settings.home / "reuse").glob("??/*"):
        file.write_text(file.read_text().replace(first.uuid, other.uuid) + "torn")
    run()
    assert times_ran(tmp_path) == 3


def test_code_that_cannot_be_read_is_named(settings: Settings, plan_of: MakePlan) -> None:
    plan = plan_of(
        {"command": ["python", "-m", "polyaxon_sdk.authoring"], "args": ["gone.py:train", "--q=1"]}
    )
    told: list[str] = []

    def carry(planned: Plan) -> Outcome:
        told.append(str((planned.reuse or {})["why"]))
        return Outcome(None, None, is_shipped=False)

    Reusing(settings, carry=carry, tell=told.append).carry(plan)
    assert told[-1] == "its code can't be read: gone.py: No such file or directory"


def test_a_run_that_is_to_be_approved_is_not_taken_but_waits_again(
    run: Run, settings: Settings, plan_of: MakePlan
) -> None:
    run("true")
    plan = plan_of(shell("true"))
    plan = evolve(plan, operation=evolve(plan.operation, is_approved=False))
    carried: list[Plan] = []

    def carry(planned: Plan) -> Outcome:
        carried.append(planned)
        return Outcome(None, None, is_shipped=False)

    Reusing(settings, carry=carry, tell=lambda line: None).carry(plan)
    assert [(planned.reuse or {})["why"] for planned in carried] == ["it waits for approval each time"]
