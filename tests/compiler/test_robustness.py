"""Whatever a document says, it is answered: with what it means, or with a person's mistake."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from polyaxon_sdk.compiler.contract import answer_compile

JOB: dict[str, Any] = {
    "kind": "job",
    "container": {"image": "a", "args": ["{{ lr }}"], "env": [{"name": "A"}]},
}
TRAIN: dict[str, Any] = {
    "name": "train",
    "inputs": [{"name": "lr", "type": "float", "value": 0.1}],
    "run": JOB,
}
DOCUMENTS: list[dict[str, Any]] = [
    {"kind": "component", **TRAIN, "termination": {"timeout": 60}, "plugins": {"collectLogs": True}},
    {
        "kind": "operation",
        "params": {"lr": {"value": 1}},
        "matrix": {"kind": "random", "numRuns": 2, "params": {"lr": {"kind": "uniform", "value": "0:1"}}},
        "component": TRAIN,
        "runPatch": {"container": {"resources": {"limits": {"cpu": 1}}}},
    },
    {
        "kind": "component",
        "run": {
            "kind": "dag",
            "components": [TRAIN],
            "operations": [
                {"name": "a", "dagRef": "train"},
                {"name": "b", "component": TRAIN, "params": {"lr": {"ref": "ops.a", "value": "inputs.lr"}}},
            ],
        },
    },
]
STRANGE = st.sampled_from(
    [
        None,
        [["x"]],
        {"x": {"y": 1}},
        12,
        -1,
        0,
        True,
        "",
        "text",
        "{{ nothing }}",
        "{{ globals }}",
        "{{",
        [],
        {},
        "5",
    ]
)


def places(document: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The paths of everything in a document."""
    items = (
        document.items()
        if isinstance(document, dict)
        else enumerate(document)
        if isinstance(document, list)
        else ()
    )
    return [found for key, item in items for found in [(*path, key), *places(item, (*path, key))]]


def changed(document: Any, path: tuple[Any, ...], value: object) -> Any:
    """The document with another value at a path."""
    if not path:
        return value
    copy = document.copy()
    copy[path[0]] = changed(document[path[0]], path[1:], value)
    return copy


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_document_with_a_strange_value_is_answered(data: st.DataObject, tmp_path: Path) -> None:
    document = data.draw(st.sampled_from(DOCUMENTS))
    mutated = changed(document, data.draw(st.sampled_from(places(document))), data.draw(STRANGE))
    path = tmp_path / "a.json"
    path.write_text(json.dumps(mutated))
    assert answer_compile({"files": [str(path)]})["valid"] in (True, False)
