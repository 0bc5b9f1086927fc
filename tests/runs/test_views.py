import json

import pytest

from polyaxon_sdk.runs.fact import Fact
from polyaxon_sdk.runs.state import RunState, fold
from polyaxon_sdk.runs.views import lineages_view, run_view
from polyaxon_sdk.types import Json

NAMES = (
    "uuid name description tags owner project created_at started_at finished_at wait_time duration managed_by"
)
OTHERS = "is_managed status meta_info kind runtime inputs outputs status_conditions"


def told(*facts: tuple[str, dict[str, Json]]) -> RunState:
    return fold(
        "0f", [Fact(n, "w", n, float(n), kind, dict(fields)) for n, (kind, fields) in enumerate(facts)]
    )


def test_a_run_view_has_the_keys_that_polyaxon_reads() -> None:
    assert set(f"{NAMES} {OTHERS}".split()) <= run_view(told()).keys()


def test_a_condition_has_polyaxons_form() -> None:
    run = told(("status", {"status": "failed", "reason": "ExitHandler", "message": "ValueError: x"}))
    moment = "1970-01-01T00:00:00.000000+00:00"
    assert run_view(run)["status_conditions"] == [
        {
            "type": "failed",
            "status": True,
            "reason": "ExitHandler",
            "message": "ValueError: x",
            "last_update_time": moment,
            "last_transition_time": moment,
        }
    ]


@pytest.mark.parametrize(
    ("fact", "flag"),
    [
        (("series", {"summaries": {"loss": {"last": 1.0}}}), "has_metrics"),
        (("lineage", {"artifact": {"name": "net", "kind": "model"}}), "has_model"),
        (("lineage", {"artifact": {"name": "tb", "kind": "tensorboard"}}), "has_tensorboard"),
    ],
)
def test_flags_tell_what_a_run_holds(fact: tuple[str, dict[str, Json]], flag: str) -> None:
    assert run_view(told(fact))["meta_info"] == {flag: True}


def test_a_series_is_a_lineage_with_its_summary() -> None:
    summary: Json = {"name": "val loss", "path": "p", "count": 2, "last": 0.5, "step": {"count": 2}}
    run = told(("series", {"summaries": {"val-loss": summary}}))
    (lineage,) = lineages_view(run, {"events/metric/val-loss.plx": "metric/val loss"})
    assert (lineage["name"], lineage["kind"], lineage["path"]) == (
        "val-loss",
        "metric",
        "events/metric/val-loss.plx",
    )
    assert lineage["summary"] == {
        "is_event": True,
        "step": {"count": 2},
        "metric": {"count": 2, "last": 0.5},
        "name": "val loss",
    }


def test_the_same_artifact_has_the_same_state_in_each_run() -> None:
    artifact: Json = {"name": "net", "kind": "model", "path": "outputs/net", "summary": {"hash": "a"}}
    (one,), (other,) = (lineages_view(told(("lineage", {"artifact": artifact})), {}) for _ in "ab")
    assert one["state"] == other["state"]


def test_an_artifact_that_the_store_copied_says_where_from() -> None:
    artifact: dict[str, Json] = {"name": "net", "kind": "model", "path": "outputs/net"}
    logged = told(("lineage", {"artifact": artifact}))
    run = told(
        ("lineage", {"artifact": artifact}),
        ("shipped", {"values": {"outputs/net": {"same_as": "0f/outputs/net"}}}),
    )
    (before,), (after,) = lineages_view(logged, {}), lineages_view(run, {})
    assert (after["summary"], after["state"]) == ({"same_as": "0f/outputs/net"}, before["state"])


def test_views_are_json_even_with_nan_and_lone_surrogates() -> None:
    run = told(("created", {"name": "\ud800"}), ("outputs", {"values": {"loss": float("nan")}}))
    assert json.loads(json.dumps(run_view(run)))["name"] == "\ud800"


def test_a_problem_that_is_over_is_told_apart() -> None:
    view = run_view(told(("problem", {"what": "full"}), ("mended", {"problems": ["full"]})))
    since = "1970-01-01T00:00:01.000000+00:00"
    assert (view["problems"], view["mended_problems"]) == ([], [{"what": "full", "over_since": since}])
