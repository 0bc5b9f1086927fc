"""Runs for hypothesis, put into an index, and the same question asked of the index and of plain Python."""

from collections.abc import Sequence
from contextlib import closing

from hypothesis import strategies as st
from sqlalchemy import Engine, delete, insert

from polyaxon_sdk.index import tables
from polyaxon_sdk.index.database import writing
from polyaxon_sdk.index.filling import Filler
from polyaxon_sdk.index.listing import list_runs
from polyaxon_sdk.index.question import Question
from polyaxon_sdk.index.record import record_of, series_of
from polyaxon_sdk.index.rows import rows_of_state
from polyaxon_sdk.index.sources import forget, source_number
from polyaxon_sdk.query import in_order, parse_query, parse_sort, predicate
from polyaxon_sdk.runs.identity import state_of
from polyaxon_sdk.runs.run_state import RunState, Summary, Upstream
from polyaxon_sdk.runs.status import Condition

__all__ = ["NOW", "asked", "expected", "states"]

NOW = 12 * 86_400.0
LAST = {"id": 1_000_000, "source": -1, "uuid": "f" * 32, "status": "created", "is_managed": "false"}
"""The newest of many runs, which lies elsewhere."""
TEXTS = st.sampled_from(
    ["adam", "Adam", "sgd", "failed", "0", "1", "0.50", "true", "", "ÄDÄM", "a%d_m", "\\a"]
)
VALUES = st.one_of(
    TEXTS,
    st.booleans(),
    st.integers(-2, 10),
    st.sampled_from([0.5, 1.0, float("nan"), float("-inf"), 1e300, 2**53 + 1, 10**400]),
    st.just({"a": 1}),
)
KEYED: st.SearchStrategy[dict[str, object]] = st.dictionaries(
    st.sampled_from("xy"), st.none() | VALUES | st.lists(st.none() | VALUES, max_size=2)
)
UUIDS = st.integers(0, 3).map("{:032x}".format)
SUMMARY = st.fixed_dictionaries(
    {}, optional={"framework": st.sampled_from(["torch", "adam"]), "commit": TEXTS, "hash": TEXTS}
)
ARTIFACT = st.fixed_dictionaries(
    {
        "name": TEXTS,
        "kind": st.sampled_from(["model", "data", "coderef"]),
        "is_input": st.booleans(),
        "summary": SUMMARY,
        "path": st.none() | TEXTS,
    }
)
SUMMARIES: st.SearchStrategy[dict[str, Summary]] = st.dictionaries(
    st.sampled_from(["adam", "x", "train__adam"]),
    st.fixed_dictionaries({"last": st.just(0.5)}, optional={"name": st.just("train/adam"), "path": TEXTS}),
    max_size=2,
)
EDGE = st.builds(Upstream, UUIDS, st.sampled_from(["run", "pipeline", "join"]))


@st.composite
def states(draw: st.DrawFn) -> list[RunState]:
    """Up to six runs of different ages."""
    return [_state(number, draw) for number in range(draw(st.integers(0, 6)))]


def _state(number: int, draw: st.DrawFn) -> RunState:
    state = RunState(f"{number:032x}")
    state.created_at = state.updated_at = float(draw(st.integers(0, 10 * 86_400)))
    statuses = draw(st.sampled_from([["failed"], ["running"], ["running", "succeeded"], ["queued"]]))
    state.conditions = [
        Condition(status, "", "", state.created_at + 1 + draw(st.integers(0, 4000))) for status in statuses
    ]
    state.conditions.sort(key=lambda condition: condition.time)
    state.name, state.description, state.user = (draw(st.none() | TEXTS) for _ in range(3))
    state.owner, state.project = draw(st.sampled_from(["default", "adam"])), draw(TEXTS)
    state.tags = draw(st.lists(TEXTS, max_size=2))
    state.inputs, state.logged, state.meta = draw(KEYED), draw(KEYED), draw(KEYED)
    state.is_managed = draw(st.booleans())
    state.original = draw(st.none() | UUIDS)
    queues = st.sampled_from(["adam", "a/adam", "a/b"])
    state.start = draw(
        st.fixed_dictionaries({}, optional={"queue": queues, "connections": st.lists(TEXTS, max_size=2)})
    )
    state.cloning_kind = draw(st.none() | st.sampled_from(["copy", "restart"]))
    state.upstream = draw(st.lists(EDGE, max_size=2, unique=True))
    for artifact in draw(st.lists(ARTIFACT, max_size=2)):
        state.artifacts[str(artifact["name"]), str(artifact["kind"])] = artifact
    state.summaries = draw(SUMMARIES)
    state.other_series = draw(st.dictionaries(TEXTS, st.sampled_from(["image/adam", "text/a/b"]), max_size=1))
    return state


def asked(
    engine: Engine, runs: Sequence[RunState], question: Question, *, among_many: bool = False
) -> list[str]:
    """What the index answers: uuids in order; with `among_many` as where it holds thousands of runs."""
    source = source_number(engine, "somewhere")
    forget(engine, source)
    with writing(engine) as connection:
        connection.execute(delete(tables.runs).where(tables.runs.c.id == LAST["id"]))
        if among_many:
            connection.execute(insert(tables.runs), [LAST])
        Filler(source).replace(connection, [rows_of_state(state) for state in runs])
    with closing(engine.connect()) as connection:
        return [row.uuid for row in list_runs(connection, source, question).rows]


def expected(runs: Sequence[RunState], question: Question) -> list[str]:
    """What the language means."""
    names = {state.uuid: state.name for state in runs}
    records = [_known(state, runs, names, question.me) for state in runs]
    newest = in_order(records, parse_sort("-created_at,uuid"))
    wanted = predicate(parse_query(question.query), now=question.now) if question.query else bool
    return [str(record["uuid"]) for record in in_order(filter(wanted, newest), parse_sort(question.sort))]


def _known(
    state: RunState, runs: Sequence[RunState], names: dict[str, str | None], me: str | None
) -> dict[str, object]:
    """A record with what other runs know: their names, and which of them come from this one."""
    below = [run.uuid for run in runs if state.uuid in {each.uuid for each in run.upstream}]
    told: dict[str, Sequence[str | None]] = {
        "original": [state.original],
        "upstream": [each.uuid for each in state.upstream],
        "pipeline": [each.uuid for each in state.upstream if each.kind == "pipeline"],
        "downstream": below,
    }
    linked = {
        field: [{"uuid": uuid, "name": names.get(uuid or "")} for uuid in uuids]
        for field, uuids in told.items()
    }
    artifacts = [{**each, "state": state_of(each)} for each in state.artifacts.values()] + series_of(state)
    return {**record_of(state, me=me), **linked, "artifacts": artifacts}
