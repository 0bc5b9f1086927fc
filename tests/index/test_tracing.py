from collections.abc import Callable
from itertools import pairwise
from time import process_time

import pytest
from sqlalchemy import Engine

from polyaxon_sdk.index.filling import Filler
from polyaxon_sdk.index.graph import Edge, Graph, Shared
from polyaxon_sdk.index.question import Question
from polyaxon_sdk.index.rows import rows_of_state
from polyaxon_sdk.index.store import Index
from polyaxon_sdk.index.tracing import trace
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.identity import state_of
from polyaxon_sdk.runs.record import RecordWriter
from polyaxon_sdk.runs.state import RunState, Upstream
from tests.index.conftest import AddRun

OpenIndex = Callable[[], Index]


def comes_from(downstream: RunFolder, upstream: RunFolder, kind: str = "run", *values: str) -> None:
    """Say that a run took values from another."""
    writer = RecordWriter(downstream)
    writer.append("edge", upstream=upstream.uuid, kind=kind, values=list(values))
    writer.close()


def handles(folder: RunFolder, name: str, contents: str, *, is_input: bool = False) -> None:
    """Say that a run made contents, or took them in."""
    writer = RecordWriter(folder)
    summary = {"hash": contents}
    writer.append(
        "lineage", artifact={"name": name, "kind": "data", "is_input": is_input, "summary": summary}
    )
    writer.close()


def levels(graph: Graph) -> dict[str | None, int]:
    """How far each run is away, by its name."""
    return {node.name: node.level for node in graph.nodes}


@pytest.fixture
def chain(add_run: AddRun) -> list[RunFolder]:
    """Runs that each come from the one before."""
    runs = [add_run(name) for name in "abcde"]
    for upstream, downstream in pairwise(runs):
        comes_from(downstream, upstream)
    return runs


def test_a_graph_goes_up_and_down_to_the_ends(open_index: OpenIndex, chain: list[RunFolder]) -> None:
    found = open_index().lineage(chain[1].uuid)
    assert levels(found) == {"b": 0, "a": -1, "c": 1, "d": 2, "e": 3}
    assert found.is_whole


@pytest.mark.parametrize(("depth", "names"), [(0, "c"), (1, "cbd"), (2, "cbdae")])
def test_a_depth_bounds_a_graph(
    open_index: OpenIndex, chain: list[RunFolder], depth: int, names: str
) -> None:
    assert set(levels(open_index().lineage(chain[2].uuid, depth))) == set(names)


def test_the_edges_of_a_graph_are_those_that_were_followed(
    open_index: OpenIndex, chain: list[RunFolder]
) -> None:
    uuids = [run.uuid for run in chain]
    assert set(open_index().lineage(uuids[2], 1).edges) == {
        Edge(uuids[1], uuids[2], "run"),
        Edge(uuids[2], uuids[3], "run"),
    }


def test_a_cycle_is_gone_round_once(open_index: OpenIndex, chain: list[RunFolder]) -> None:
    comes_from(chain[0], chain[-1])
    found = open_index().lineage(chain[0].uuid)
    assert (len(found.nodes), len(found.edges)) == (5, 5)


def test_a_run_that_says_it_comes_from_itself_has_no_edge(open_index: OpenIndex, add_run: AddRun) -> None:
    alone = add_run("alone")
    comes_from(alone, alone)
    RecordWriter(alone).append("update", original=alone.uuid)
    assert open_index().lineage(alone.uuid).edges == []


def test_what_was_taken_stands_on_the_edge(open_index: OpenIndex, add_run: AddRun) -> None:
    first, second = add_run("first"), add_run("second")
    comes_from(second, first, "join", "outputs.loss", "inputs.lr")
    (edge,) = open_index().lineage(first.uuid).edges
    assert (edge.kind, edge.values) == ("join", ("outputs.loss", "inputs.lr"))


def test_a_clone_comes_from_its_original(open_index: OpenIndex, add_run: AddRun) -> None:
    first, again = add_run("first"), add_run("again")
    RecordWriter(again).append("update", original=first.uuid, cloning_kind="restart")
    assert open_index().lineage(first.uuid).edges == [Edge(first.uuid, again.uuid, "restart")]


def test_an_output_of_one_that_is_an_input_of_another_links_them(
    open_index: OpenIndex, add_run: AddRun
) -> None:
    made, taken = add_run("made"), add_run("taken")
    handles(made, "digits", "0f")
    handles(taken, "numbers", "0f", is_input=True)
    state = state_of({"summary": {"hash": "0f"}})
    assert state is not None
    edge = Edge(made.uuid, taken.uuid, "artifact", (), (Shared("digits", "data", None, state),))
    assert open_index().lineage(made.uuid).edges == [edge]
    assert open_index().lineage(taken.uuid).edges == [edge]


def test_runs_that_took_in_the_same_are_not_linked(open_index: OpenIndex, add_run: AddRun) -> None:
    one, other = add_run("one"), add_run("other")
    handles(one, "digits", "0f", is_input=True)
    handles(other, "digits", "0f", is_input=True)
    assert open_index().lineage(one.uuid).edges == []


def test_a_shared_artifact_stands_on_the_edge_that_the_record_tells(
    open_index: OpenIndex, add_run: AddRun
) -> None:
    made, taken = add_run("made"), add_run("taken")
    handles(made, "digits", "0f")
    handles(taken, "numbers", "0f", is_input=True)
    comes_from(taken, made, "join")
    (edge,) = open_index().lineage(made.uuid).edges
    assert (edge.kind, [each.name for each in edge.artifacts]) == ("join", ["digits"])


def test_the_index_finds_runs_by_what_they_handled(open_index: OpenIndex, add_run: AddRun) -> None:
    handles(add_run("made"), "digits", "0f")
    add_run("other")
    state = state_of({"summary": {"hash": "0f"}})
    found = open_index().list(Question(f"artifacts.state:{state}"))
    assert [row.name for row in found.rows] == ["made"]


def test_a_run_that_is_not_in_the_home_has_a_graph_of_its_own(open_index: OpenIndex) -> None:
    assert len(open_index().lineage("0" * 32).nodes) == 1


def test_more_runs_than_anybody_looks_at_are_cut(engine: Engine) -> None:
    fill(engine, [RunState("root"), *(child("root", f"c{number}") for number in range(60))])
    with engine.connect() as connection:
        found = trace(connection, "root", None, most=50)
    assert (len(found.nodes), len(found.edges), found.is_whole) == (50, 49, False)


def test_two_levels_of_a_thousand_runs_are_quick(engine: Engine) -> None:
    middle = [child("root", f"m{number}") for number in range(30)]
    leaves = [child(f"m{number % 30}", f"l{number}") for number in range(970)]
    fill(engine, [RunState("root"), *middle, *leaves])
    began = process_time()
    with engine.connect() as connection:
        found = trace(connection, "root", 2)
    assert (len(found.nodes), process_time() - began < 1.0) == (1001, True)


def child(upstream: str, uuid: str) -> RunState:
    """A run that comes from another."""
    run = RunState(uuid)
    run.upstream = [Upstream(upstream, "run")]
    return run


def fill(engine: Engine, states: list[RunState]) -> None:
    """Put runs into an index, without a folder."""
    with engine.connect() as connection:
        Filler(1).replace(connection, [rows_of_state(state) for state in states])
        connection.commit()
