from math import nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polyaxon_sdk.runs.fact import Fact
from polyaxon_sdk.runs.state import RunState, fold
from polyaxon_sdk.types import Json


def told(*facts: tuple[str, dict[str, Json]]) -> RunState:
    """A run of which these facts are told, a second apart."""
    return fold(
        "0f",
        [
            Fact(number, "w", number, float(number), kind, dict(fields))
            for number, (kind, fields) in enumerate(facts)
        ],
    )


def status(name: str) -> tuple[str, dict[str, Json]]:
    return "status", {"status": name}


def test_a_run_without_facts_is_unknown() -> None:
    assert (told().status, told().is_done, told().duration) == ("unknown", False, None)


def test_times_come_from_the_statuses() -> None:
    run = told(("created", {}), ("meta", {}), status("running"), ("meta", {}), status("succeeded"))
    assert (run.created_at, run.started_at, run.finished_at) == (0.0, 2.0, 4.0)
    assert (run.wait_time, run.duration) == (2.0, 2.0)


def test_a_resumed_run_is_timed_from_its_last_attempt() -> None:
    run = told(status("running"), status("failed"), status("resuming"), status("running"))
    assert (run.status, run.started_at, run.finished_at) == ("running", 3.0, None)


@pytest.mark.parametrize(
    ("facts", "tags"),
    [
        ([["a"], ["b"]], ["a", "b"]),
        ([["a", "b"], ["a"]], ["a", "b"]),
        ([[1, None]], ["1", "None"]),
        ([5], []),
    ],
)
def test_tags_are_gathered_once_each(facts: list[Json], tags: list[str]) -> None:
    assert told(*(("tags", {"values": values}) for values in facts)).tags == tags


def test_a_reset_forgets_the_tags_of_before() -> None:
    assert told(("tags", {"values": ["a"]}), ("tags", {"values": ["b"], "reset": True})).tags == ["b"]


def test_later_inputs_win_and_others_stay() -> None:
    run = told(("inputs", {"values": {"a": 1, "b": 2}}), ("inputs", {"values": {"b": 3}}))
    assert run.inputs == {"a": 1, "b": 3}


def test_a_reset_forgets_the_inputs_of_before() -> None:
    assert told(("inputs", {"values": {"a": 1}}), ("inputs", {"values": {"b": 3}, "reset": True})).inputs == {
        "b": 3
    }


def test_kinds_of_later_versions_are_left_alone() -> None:
    run = told(("created", {"name": "digits", "favourite": True}), ("dream", {"of": "sheep"}))
    assert (run.name, run.updated_at) == ("digits", 0.0)


def test_outputs_are_what_was_logged_above_the_last_metrics() -> None:
    run = told(
        ("series", {"summaries": {"loss": {"last": 0.5}, "accuracy": {"last": 0.9}}}),
        ("outputs", {"values": {"loss": 1, "accuracy": None, "score": None}}),
    )
    assert run.outputs == {"loss": 1, "accuracy": 0.9, "score": None}


def test_a_metric_whose_last_value_is_nan_stays_nan() -> None:
    assert repr(told(("series", {"summaries": {"loss": {"last": nan}}})).outputs) == "{'loss': nan}"


def test_artifacts_of_one_name_and_two_kinds_are_two() -> None:
    file, model = (dict[str, Json](name="net", kind=kind) for kind in ("file", "model"))
    assert len(told(("lineage", {"artifact": file}), ("lineage", {"artifact": model})).artifacts) == 2


def test_a_problem_is_kept_once() -> None:
    full: tuple[str, dict[str, Json]] = ("problem", {"what": "full"})
    assert told(full, full, ("problem", {"what": "late"})).problems == ["full", "late"]


def problem(what: str, **more: Json) -> tuple[str, dict[str, Json]]:
    return "problem", {"what": what, **more}


def test_a_problem_that_is_over_is_kept_with_the_time_since_when() -> None:
    run = told(problem("full"), problem("late"), ("mended", {"problems": ["full"]}))
    assert (run.problems, run.mended) == (["late"], {"full": 2.0})


def test_a_problem_that_comes_again_is_over_no_more() -> None:
    run = told(problem("full"), ("mended", {"problems": ["full"]}), problem("full"))
    assert (run.problems, run.mended) == (["full"], {})


@pytest.mark.parametrize("problems", [None, 5, "full", ["other"], [None, {"what": "full"}]])
def test_what_was_no_problem_is_not_over(problems: Json) -> None:
    run = told(problem("full"), ("mended", {"problems": problems}))
    assert (run.problems, run.mended) == (["full"], {})


def test_problems_of_shipping_are_known_as_such_in_records_of_earlier_versions_too() -> None:
    run = told(problem("a: a link", about="shipping"), problem("store s3://b: full"), problem("late"))
    assert run.unshipped_for == {"a: a link": 0.0, "store s3://b: full": 1.0}


SAID = st.tuples(st.sampled_from(["problem", "mended"]), st.sampled_from(["full", "late", "store /s: busy"]))


@given(st.lists(SAID, max_size=12))
def test_a_problem_stands_or_is_over_as_was_said_last(said: list[tuple[str, str]]) -> None:
    run = told(*((kind, dict[str, Json](what=what, problems=[what])) for kind, what in said))
    last = {what: kind for kind, what in said}
    standing = {what for what, kind in last.items() if kind == "problem"}
    known = {what for kind, what in said if kind == "problem"}
    assert (set(run.problems), set(run.mended)) == (standing, known - standing)
    assert [*run.unshipped_for] == [what for what in run.problems if what.startswith("store")]


def test_an_update_renames_and_leaves_the_rest() -> None:
    run = told(("created", {"name": "a", "project": "p"}), ("update", {"name": "b"}))
    assert (run.name, run.project) == ("b", "p")
