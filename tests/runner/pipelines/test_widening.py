"""How many runs of a pipeline go on at once, changed while it goes on."""

from collections.abc import Callable
from pathlib import Path
from threading import Thread

import pytest

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.runner.pipelines.widening import widen
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.record import RecordWriter
from polyaxon_sdk.runs.state import RunState, read_run
from polyaxon_sdk.settings import Settings
from tests.polling import eventually
from tests.runner.pipelines.conftest import RunPipeline

Widened = Callable[..., RunState]

TPE: dict[str, object] = {
    "kind": "tpe",
    "concurrency": 1,
    "numRuns": 1,
    "maxIterations": 4,
    "metric": {"name": "loss", "optimization": "minimize"},
    "params": {"number": {"kind": "range", "value": "0:9:1"}},
}
GRID: dict[str, object] = {
    "kind": "grid",
    "concurrency": 1,
    "params": {"number": {"kind": "choice", "value": [1, 2, 3]}},
}


@pytest.fixture
def widened(run_pipeline: RunPipeline, settings: Settings) -> Widened:
    """Carry out a search of a script, which may have three runs at once as soon as it has begun; the search then."""

    def carry(
        matrix: dict[str, object],
        script: str,
        *,
        begun: Callable[[], object],
        then: Callable[[], object] = lambda: None,
    ) -> RunState:
        def help_it() -> None:
            eventually(begun)
            pipelines = [RunFolder(path) for path in settings.runs.iterdir()]
            widen(next(each for each in pipelines if read_run(each).kind == "matrix"), 3)
            then()

        helper = Thread(target=help_it)
        helper.start()
        pipeline, _ = run_pipeline(
            matrix=matrix,
            inputs=[{"name": "number", "type": "int"}],
            run={"kind": "job", "container": {"command": ["/bin/sh", "-c"], "args": [script]}},
        )
        helper.join()
        return pipeline

    return carry


@pytest.mark.system
def test_a_search_that_goes_on_takes_more_runs_at_once(widened: Widened, tmp_path: Path) -> None:
    """Each run waits until all three are there, which one at once would never be."""
    there = f"[ $(ls {tmp_path}/at.* | wc -l) = 3 ]"
    script = f"touch {tmp_path}/at.{{{{ number }}}}; for i in $(seq 600); do {there} && exit; sleep 0.1; done; false"
    search = widened(GRID, script, begun=lambda: list(tmp_path.glob("at.*")))
    assert (search.status, search.meta["concurrency"]) == ("succeeded", 3)


@pytest.mark.system
def test_a_search_whose_rounds_have_one_run_takes_more_runs_at_once(widened: Widened, tmp_path: Path) -> None:
    """The first run ends once the pipeline has looked at the change; the others wait for each other."""
    others = f"touch {tmp_path}/late.{{{{ number }}}}; [ $(ls {tmp_path}/late.* | wc -l) = 3 ] && exit"
    first = f"while [ ! -e {tmp_path}/wide ]; do sleep 0.1; done; sleep 1.5; exit"
    script = (
        f"mkdir {tmp_path}/first && {{ {first}; }}; for i in $(seq 200); do {others}; sleep 0.1; done; false"
    )
    search = widened(TPE, script, begun=(tmp_path / "first").is_dir, then=(tmp_path / "wide").touch)
    assert (search.status, len(list(tmp_path.glob("late.*")))) == ("succeeded", 3)
    assert "runs failed" not in str(search.conditions[-1].message)


@pytest.mark.parametrize(
    ("kind", "status", "width", "line"),
    [
        ("job", "running", 2, "is a job, expected a dag or a search"),
        ("dag", "succeeded", 2, "is over: it is succeeded"),
        ("dag", "running", 0, "0 runs at once, expected 1 or more"),
    ],
)
def test_what_can_t_be_changed_is_told(
    kind: str, status: str, width: int, line: str, folder: RunFolder
) -> None:
    record = RecordWriter(folder)
    record.append("created", kind=kind)
    record.append("status", status=status, reason="", message="")
    record.close()
    with pytest.raises(InputError, match=line):
        widen(folder, width)
