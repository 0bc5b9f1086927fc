"""The public traceml 1.5, in an environment of its own, reads every kind of event file that is written here."""

import json
import math
import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import NamedTuple, TypeAlias

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest

from polyaxon_sdk.runs.events import read
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.names import new_uuid
from polyaxon_sdk.tracking.place import Recorded
from polyaxon_sdk.tracking.run import Run
from polyaxon_sdk.tracking.spans import Span
from tests.sidecar.draining import drain

pytestmark = [pytest.mark.system, pytest.mark.timeout(900)]  # installing takes minutes on a slow mirror

PACKAGES = ["traceml==1.5.0", "polyaxon==2.18.0", "pandas", "plotly"]
PROGRAM = """
import json, sys
from pathlib import Path
from traceml.events import V1Events

for path in sorted(Path(sys.argv[1]).glob("*/*.plx")):
    kind = path.parent.name
    events = V1Events.read(kind=kind, name=path.stem, data=str(path))
    for index in range(len(events.df)):
        if kind != "file":  # traceml writes this kind and has no class for it
            events.get_event_at(index).get_value(dump=True)
        row = events.df.iloc[index].to_dict()
        step = None if row["step"] is None or row["step"] != row["step"] else int(row["step"])
        print(json.dumps([kind, path.stem, step, row["timestamp"].isoformat(), row[kind]]))
"""
ODD = ["confusion/odd", "curve/odd", "histogram/odd"]
"""Series with numbers that JSON hasn't: traceml leaves their spelling as it is."""
FILES = [
    "audio/tone",
    "chart/bars",
    "chart/vega",
    "confusion/matrix",
    "curve/own",
    "curve/roc",
    "dataframe/table",
    "file/notes",
    "histogram/weights",
    "html/page",
    "image/digit",
    "metric/loss",
    "model/net",
    "span/answer",
    "span/flat",
    "text/note",
    "video/clip",
]
Value: TypeAlias = "tuple[object, datetime, object]"


class Read(NamedTuple):
    """What traceml read, by `<kind>/<name>`, and where."""

    folder: RunFolder
    events: dict[str, list[Value]]


@pytest.fixture(scope="module")
def traceml(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The interpreter of an environment that has traceml; it can't share ours, whose names it takes."""
    folder = tmp_path_factory.mktemp("traceml")
    python = folder / "bin" / "python"
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    install: list[str | Path] = [
        python,
        "-m",
        "pip",
        "--disable-pip-version-check",
        "install",
        "-q",
        *PACKAGES,
    ]
    done = subprocess.run(install, capture_output=True, text=True, check=False)
    if done.returncode:
        assert os.environ.get("POLYAXON_TEST_REQUIRE") != "all", done.stderr
        pytest.skip("traceml can't be installed here")
    return python


@pytest.fixture(scope="module")
def reading(traceml: Path, tmp_path_factory: pytest.TempPathFactory) -> Read:
    """A run with a series of every kind, as traceml reads it."""
    home = tmp_path_factory.mktemp("home")
    folder = RunFolder(home / "runs" / new_uuid()).create()
    log_everything(Run(Recorded(folder)), home)
    drain(folder)
    done = subprocess.run(
        [traceml, "-c", PROGRAM, folder.events], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, list[Value]] = {}
    for kind, name, step, time, value in map(json.loads, done.stdout.splitlines()):
        found.setdefault(f"{kind}/{name}", []).append(
            (step, datetime.fromisoformat(time), decoded(kind, value))
        )
    return Read(folder, found)


def log_everything(run: Run, scratch: Path) -> None:
    """Log something of every kind, three times or once without a step."""
    (scratch / "notes.txt").write_text("notes")
    for step, value in enumerate([0.25, math.inf, -1e-7]):
        run.log_metric("loss", value, step=step)
        run.log_text("note", f"a | b\n{step} ü", step=step)
        run.log_html("page", f"<b class='x'>a|b</b>\n{step}", step=step)
        run.log_image(np.full((3, 4, 5), step / 3), "digit", step=step)
        run.log_curve("own", [1, 2.5], [0, 1e-9], annotation=f'"a|b" {step}', step=step)
        run.log_histogram("weights", [1, 2, 2, 5], bins=3, step=step)
        run.log_artifact(scratch / "notes.txt", step=step)
    run.log_video(np.zeros((2, 3, 4, 5)), "clip")
    run.log_audio(np.zeros((2, 100)), "tone", sample_rate=8000)
    run.log_roc_auc_curve("roc", [0, 1], [0, 1], auc=0.5)
    run.log_confusion_matrix("matrix", ["a|b", "c"], ["a|b", "c"], [[1, 2], [3, 4]])
    run.log_dataframe(pd.DataFrame({"a": [1]}), "table", "html")
    run.log_curve("odd", [1, math.nan], [math.inf, -math.inf])
    run.log_np_histogram("odd", [1, 2], [math.nan])
    run.log_confusion_matrix("odd", ["a"], ["a"], [[math.nan]])
    run.log_model(scratch / "notes.txt", "net", "torch", step=1)
    run.log_plotly_chart("bars", go.Figure(go.Bar(x=["a|b"], y=[1])))
    run.log_altair_chart("vega", {"mark": "bar", "data": {"values": [1, "a|b"]}})
    with Span(name="answer", kind="chain", tags=["a|b"], inputs={"why": "a|b"}, metadata={"n": 1}) as span:
        span.child("call", kind="llm", inputs={"tokens": 7}).outputs = {"text": "because\nü"}
    run.log_trace(span)
    run.log_trace({"name": "flat", "kind": "tool", "outputs": {"loss": math.nan}}, step=2)
    run.end()


def decoded(kind: str, value: object) -> object:
    """A value as it was before it became JSON text."""
    return json.loads(value) if kind not in {"metric", "text", "html"} and isinstance(value, str) else value


@pytest.mark.parametrize("file", FILES)
def test_traceml_reads_what_was_written(reading: Read, file: str) -> None:
    kind, _, name = file.partition("/")
    events = read(reading.folder.events / kind / f"{name}.plx", kind)
    expected = [(event.step, datetime.fromisoformat(event.timestamp), event.value) for event in events]
    assert reading.events[file] == expected


def test_every_kind_was_written(reading: Read) -> None:
    assert sorted(reading.events) == sorted([*FILES, *ODD])
