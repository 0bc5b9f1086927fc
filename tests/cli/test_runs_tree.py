from io import StringIO

from rich.console import Console

from polyaxon_sdk.cli.runs_tree import lineage_tree
from polyaxon_sdk.client.lineage import Artifact, Lineage
from polyaxon_sdk.index.graph import Edge, Graph, Node, Shared
from polyaxon_sdk.runs.state import RunState


def drawn(*edges: Edge) -> list[str]:
    """The lines of a tree around the run `a`, below its own."""
    names = dict.fromkeys(["a", *(uuid for edge in edges for uuid in edge[:2])])
    nodes = [Node(name, 0, name.upper(), "p", "job", "failed") for name in names]
    shown = StringIO()
    found = Lineage(RunState("a"), [], [], Graph(nodes, list(edges)))
    Console(file=shown, width=1000).print(lineage_tree(found))
    return shown.getvalue().splitlines()[1:]


def test_runs_hang_below_those_that_they_come_from() -> None:
    assert drawn(Edge("a", "b", "copy"), Edge("b", "c", "run"), Edge("a", "d", "join")) == [
        "└── made into",
        "    ├── copy  b  B  failed",
        "    │   └── run  c  C  failed",
        "    └── join  d  D  failed",
    ]


def test_runs_hang_below_those_that_come_from_them() -> None:
    assert drawn(Edge("b", "a", "copy"), Edge("c", "b", "run")) == [
        "└── made from",
        "    └── copy  b  B  failed",
        "        └── run  c  C  failed",
    ]


def test_an_edge_names_the_artifacts_that_flow_along_it() -> None:
    net, data = (Shared(name, "file", None, name) for name in ("net", "data"))
    assert drawn(Edge("a", "b", "join", (), (net, data)), Edge("a", "b", "run")) == [
        "└── made into",
        "    └── join, run  b  B  failed  by net, data",
    ]


def test_an_artifact_that_the_store_copied_says_of_what() -> None:
    summary = {"same_as": "0f/outputs/net"}
    artifact = Artifact(kind="model", name="net", path="outputs/net", summary=summary)
    shown = StringIO()
    found = Lineage(RunState("a"), [], [artifact], Graph([Node("a", 0, "A", "p", "job", "failed")], []))
    Console(file=shown, width=1000).print(lineage_tree(found))
    assert shown.getvalue().splitlines()[2] == "    └── model  net  outputs/net  the same as 0f/outputs/net"


def test_a_run_that_is_reached_twice_is_followed_once() -> None:
    lines = drawn(*(Edge(ends[0], ends[1], "run") for ends in ("ab", "ac", "bd", "cd", "de")))
    assert lines == [
        "└── made into",
        "    ├── run  b  B  failed",
        "    │   └── run  d  D  failed",
        "    │       └── run  e  E  failed",
        "    └── run  c  C  failed",
        "        └── run  d  D  failed  (again)",
    ]


def test_a_cycle_ends_where_it_closes() -> None:
    assert drawn(Edge("a", "b", "run"), Edge("b", "a", "run")) == [
        "├── made from",
        "│   └── run  b  B  failed",
        "│       └── run  a  A  failed  (a cycle)",
        "└── made into",
        "    └── run  b  B  failed",
        "        └── run  a  A  failed  (a cycle)",
    ]


def test_a_chain_without_end_is_drawn_as_far_as_a_person_reads() -> None:
    lines = drawn(*(Edge(_name(number), _name(number + 1), "run") for number in range(3000)))
    assert (len(lines), lines[-1].endswith("(and more: -o json)")) == (51, True)


def _name(number: int) -> str:
    return f"r{number}" if number else "a"
