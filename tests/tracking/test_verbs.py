import inspect
from pathlib import Path

import pytest

from polyaxon_sdk import tracking
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.state import read_run
from polyaxon_sdk.tracking.nowhere import Nowhere
from polyaxon_sdk.tracking.run import Run
from polyaxon_sdk.tracking.verbs.charts import ChartVerbs
from polyaxon_sdk.tracking.verbs.curves import CurveVerbs
from polyaxon_sdk.tracking.verbs.descriptions import DescriptionVerbs
from polyaxon_sdk.tracking.verbs.media import MediaVerbs
from polyaxon_sdk.tracking.verbs.references import ReferenceVerbs
from polyaxon_sdk.tracking.verbs.traces import TraceVerbs
from polyaxon_sdk.tracking.verbs.versions import VersionVerbs

GROUPS = (ChartVerbs, CurveVerbs, DescriptionVerbs, MediaVerbs, ReferenceVerbs, TraceVerbs, VersionVerbs)
VERBS = sorted(name for group in GROUPS for name in vars(group) if not name.startswith("_"))


class Rude:
    """Raises whatever is asked of it."""

    def __getattr__(self, name: str) -> object:
        raise RuntimeError(f"no {name}")

    def __iter__(self) -> object:
        raise KeyError("iter")

    def __str__(self) -> str:
        raise ZeroDivisionError

    def __fspath__(self) -> str:
        raise OSError("no path")


RUBBISH = {
    "nothing": None,
    "object": object(),
    "rude": Rude(),
    "number": 3,
    "surrogate": "a\ud800",
    "bytes": b"\xff",
    "ragged": [[1], 2],
    "mapping": {"a": Rude()},
}


def needed(verb: str) -> int:
    """How many arguments a verb can't do without."""
    parameters = inspect.signature(getattr(Run, verb)).parameters.values()
    return len([each for each in parameters if each.default is each.empty]) - 1


@pytest.mark.parametrize("verb", VERBS)
def test_a_verb_of_the_run_is_one_of_the_module(verb: str) -> None:
    assert verb in tracking.__all__
    assert getattr(tracking, verb).__doc__ == getattr(Run, verb).__doc__


@pytest.mark.parametrize("value", RUBBISH.values(), ids=RUBBISH)
@pytest.mark.parametrize("verb", VERBS)
def test_no_verb_raises_or_stops_the_run_whatever_it_is_given(
    run: Run, folder: RunFolder, verb: str, value: object
) -> None:
    getattr(run, verb)(*[value] * needed(verb))
    run.log_inputs(after=1)
    assert read_run(folder).inputs["after"] == 1


@pytest.mark.parametrize("verb", VERBS)
def test_a_run_that_is_nowhere_takes_everything_and_keeps_nothing(verb: str, home: Path) -> None:
    run = Run(Nowhere("nothing is kept"))
    getattr(run, verb)(*[object()] * needed(verb))
    assert ([*home.rglob("*")], [*Path(run.folder).rglob("*.jsonl")]) == ([], [])


def test_trouble_takes_one_short_line(run: Run, folder: RunFolder) -> None:
    run.log_curve("own", ["a\nb" * 1000], [1])
    (problem,) = read_run(folder).problems
    assert (len(problem) < 300, "\n" in problem) == (True, False)


def test_a_full_disk_is_told(run: Run, capsys: pytest.CaptureFixture[str], folder: RunFolder) -> None:
    (folder.path / "assets").write_text("in the way")
    run.log_audio([0.5], "tone")
    assert "audio 'tone' is left out: " in capsys.readouterr().err
