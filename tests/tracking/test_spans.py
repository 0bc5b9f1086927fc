from datetime import UTC, datetime

import pytest

from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.state import read_run
from polyaxon_sdk.runs.views import run_view
from polyaxon_sdk.tracking.run import Run
from polyaxon_sdk.tracking.spans import Span
from tests.tracking.logged import problem_of, value_in, values_in


class Told:
    """A span of another library's."""

    def to_dict(self) -> dict[str, object]:
        return {"name": "foreign", "kind": "tool", "children": [Span(name="own")]}


def test_a_span_is_an_event_of_the_series_of_its_name(run: Run, folder: RunFolder) -> None:
    moment = datetime(2026, 1, 2, tzinfo=UTC)
    run.log_trace(Span(name="answer", kind="llm", uuid="a", started_at=moment, tags=["t"]), step=3)
    expected = {"uuid": "a", "name": "answer", "tags": ["t"], "started_at": moment.isoformat(), "kind": "llm"}
    assert value_in(folder, "span", "answer") == expected


def test_the_keys_of_a_span_have_their_order(run: Run, folder: RunFolder) -> None:
    run.log_trace(Span(name="a", kind="chain", inputs={"q": 1}, children=[Span(name="b")]))
    assert list(value_in(folder, "span", "a")) == ["uuid", "name", "inputs", "children", "kind"]


def test_inputs_and_outputs_of_a_span_are_the_runs(run: Run, folder: RunFolder) -> None:
    run.log_inputs(rate=0.1)
    run.log_trace(Span(name="a", inputs={"q": "why"}, outputs={"tokens": 7}))
    state = read_run(folder)
    assert (state.inputs, state.outputs) == ({"rate": 0.1, "q": "why"}, {"tokens": 7})


def test_a_run_with_spans_says_so(run: Run, folder: RunFolder) -> None:
    run.log_trace({"name": "a"})
    assert run_view(read_run(folder))["meta_info"] == {"has_traces": True}


def test_spans_lie_in_one_another_as_deep_as_they_are(run: Run, folder: RunFolder) -> None:
    deep = {"name": "0"}
    for level in range(1, 40):
        deep = {"name": str(level), "children": [deep]}  # type: ignore[dict-item]  # nested as it is
    run.log_trace(deep)
    assert str(value_in(folder, "span", "39")).count("children") == 39


def test_whatever_tells_its_fields_is_a_span(run: Run, folder: RunFolder) -> None:
    run.log_trace(Told())  # type: ignore[arg-type]  # as existing scripts do
    value = value_in(folder, "span", "foreign")
    assert (value["kind"], value["children"][0]["name"]) == ("tool", "own")  # type: ignore[index]  # a list


def test_a_block_notes_when_and_how_it_went() -> None:
    with Span(name="answer") as span, span.child("call", kind="llm"):
        pass
    assert span.started_at <= span.children[0].finished_at <= span.finished_at  # type: ignore[operator]  # moments
    assert (span.status, span.children[0].kind) == ("succeeded", "llm")


def test_a_block_that_raises_failed() -> None:
    span = Span(name="answer")
    with pytest.raises(ZeroDivisionError, match="division"), span:
        _ = 1 / 0
    assert span.status == "failed"


def test_several_spans_of_a_name_are_a_series(run: Run, folder: RunFolder) -> None:
    for step in range(3):
        run.log_trace(Span(name="answer", uuid=str(step)), step=step)
    assert [value["uuid"] for value in values_in(folder, "span", "answer")] == ["0", "1", "2"]


@pytest.mark.parametrize(("span", "said"), [({}, "it has no name"), (3, "int is no span")])
def test_what_is_no_span_is_told(span: object, said: str, run: Run, folder: RunFolder) -> None:
    run.log_trace(span)  # type: ignore[arg-type]  # that is the test
    assert problem_of(folder) == f"trace is left out: {said}"
