import os
from collections.abc import Callable
from contextlib import redirect_stderr
from io import StringIO

import numpy as np
import pytest

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.state import RunState, read_run
from polyaxon_sdk.tracking.place import Recorded
from polyaxon_sdk.tracking.run import Run
from tests.tracking.conftest import events_of


@pytest.fixture
def state(folder: RunFolder) -> Callable[[], RunState]:
    """The run as its record tells it now."""
    return lambda: read_run(folder)


State = Callable[[], RunState]


def test_inputs_outputs_and_meta_are_kept(run: Run, state: State) -> None:
    run.log_inputs(epochs=3, shape=(28, 28))
    run.log_outputs(score=np.float32(0.5))
    run.log_meta(has_events=True)
    assert (state().inputs, state().outputs) == ({"epochs": 3, "shape": [28, 28]}, {"score": 0.5})
    assert state().meta == {"has_events": True}


def test_an_input_may_be_called_like_a_parameter(run: Run, state: State) -> None:
    run.log_inputs(self="a", kind="b", values="c")
    assert state().inputs == {"self": "a", "kind": "b", "values": "c"}


def test_a_reset_forgets_the_outputs_of_before(run: Run, state: State) -> None:
    run.log_outputs(a=1)
    run.log_outputs(reset=True, b=2)
    assert state().outputs == {"b": 2}


@pytest.mark.parametrize("tags", ["cnn, digits", ["cnn", "digits"], ("cnn", " digits ", "")])
def test_tags_are_a_list_or_text_with_commas(run: Run, state: State, tags: list[str]) -> None:
    run.log_tags(tags)
    assert state().tags == ["cnn", "digits"]


def test_progress_in_small_steps_is_left_out(run: Run, folder: RunFolder) -> None:
    for value in (0.0, 0.01, 0.02, 0.03, 0.5, 0.51, 1.0, 1.0):
        run.log_progress(value)
    facts = (folder.record / os.listdir(folder.record)[0]).read_text()
    assert facts.count('"progress"') == 4
    assert read_run(folder).meta == {"progress": 1.0}


@pytest.mark.parametrize(
    "log",
    [
        lambda run: run.log_text("notes", "a", step=np.int64(1)),
        lambda run: run.log_text("notes", "a", step=1.0, timestamp=np.float32(7)),
    ],
)
def test_a_text_takes_whatever_is_a_step(run: Run, folder: RunFolder, log: Callable[[Run], None]) -> None:
    log(run)
    assert [(entry.kind, entry.name, entry.step, entry.value) for entry in events_of(folder)] == [
        ("text", "notes", 1, "a")
    ]


@pytest.mark.parametrize(
    "log",
    [
        lambda run: run.log_inputs(big=10**5000),
        lambda run: run.log_failed(message=ValueError("no digits")),
        lambda run: run.log_failed(reason=object()),
        lambda run: run.update(name=ValueError("x")),
        lambda run: run.update(name=[1, 2]),
        lambda run: run.log_progress("half"),
        lambda run: run.log_tags(5),
        lambda run: run.log_artifact("/etc/hostname", 5),
        lambda run: run.log_text(b"notes", "a"),
        lambda run: run.log_text("notes", "a", timestamp="noon"),
        lambda run: run.log_artifact("/nonexistent"),
        lambda run: run.log_artifact("/dev/null/x", step="x"),
        lambda run: run.log_metrics(**{"": "x"}),
    ],
)
def test_nothing_that_is_logged_raises_or_stops_what_comes_after(
    run: Run, state: State, log: Callable[[Run], None]
) -> None:
    log(run)
    run.log_inputs(after=1)
    assert state().inputs == {"after": 1}


def test_a_stderr_that_is_closed_is_no_reason_to_raise(run: Run, state: State) -> None:
    stderr = StringIO()
    stderr.close()
    with redirect_stderr(stderr):
        run.log_metric("loss", "high")  # type: ignore[arg-type]  # a person's mistake
    assert state().problems == ["metric 'loss' is left out: str 'high' is no number"]


def test_a_run_is_renamed_and_described(run: Run, state: State) -> None:
    run.update(name="digits", description="a cnn")
    run.update(description="two cnns")
    assert (state().name, state().description) == ("digits", "two cnns")


def test_the_outputs_so_far_can_be_asked_for(run: Run) -> None:
    run.log_outputs(best=0.5)
    assert run.outputs == {"best": 0.5}


@pytest.mark.parametrize("relative", ["../other", "a/../../b", "/etc"])
@pytest.mark.parametrize("path_of", [Run.get_outputs_path, Run.get_artifacts_path, Run.get_tensorboard_path])
def test_a_path_never_leads_out_of_the_run(
    run: Run, relative: str, path_of: Callable[[Run, str], str]
) -> None:
    with pytest.raises(InputError, match="leads out of the run"):
        path_of(run, relative)


@pytest.mark.parametrize("relative", ["a\0b", 5, b"a", "a\ud800"])
def test_what_is_no_path_is_told_to_be_none(run: Run, relative: str) -> None:
    with pytest.raises(InputError, match=r"rel_path: .* is no path.*, expected text"):
        run.get_outputs_path(relative)


def test_a_path_for_outputs_can_be_written_to_at_once(run: Run, folder: RunFolder) -> None:
    with open(run.get_outputs_path("deep/er/model.bin"), "w") as file:
        file.write("weights")
    assert (folder.outputs / "deep" / "er" / "model.bin").read_text() == "weights"


def test_a_folder_for_outputs_is_made(run: Run) -> None:
    assert os.path.isdir(run.get_outputs_path("images", is_dir=True))


def test_a_path_in_the_run_is_made_only_when_asked_for(run: Run, folder: RunFolder) -> None:
    assert run.get_artifacts_path("plots/a.png") == str(folder.path / "plots" / "a.png")
    assert not (folder.path / "plots").exists()


def test_a_folder_for_tensorboard_is_noted(run: Run, state: State) -> None:
    assert os.path.isdir(run.get_tensorboard_path())
    assert state().artifacts["tensorboard", "tensorboard"]["path"] == "outputs/tensorboard"
    assert state().meta == {"has_tensorboard": True}


@pytest.mark.parametrize(
    ("say", "status"),
    [
        (Run.log_failed, "failed"),
        (Run.log_stopped, "stopped"),
        (Run.log_succeeded, "succeeded"),
        (Run.end, "succeeded"),
    ],
)
def test_the_first_final_status_stays(
    run: Run, state: State, say: Callable[[Run], None], status: str
) -> None:
    say(run)
    run.log_failed(message="later")
    run.end()
    assert state().status == status


def test_what_is_logged_after_the_end_is_left_out_and_said_once(
    run: Run, state: State, capsys: pytest.CaptureFixture[str]
) -> None:
    run.end()
    for value in range(3):
        run.log_metric("loss", value)
        run.log_inputs(late=True)
        run.log_text("notes", "late")
    assert capsys.readouterr().err == "polyaxon: the run has ended: what is logged now is left out\n"
    assert (state().inputs, state().problems) == ({}, [])


def test_a_path_can_be_asked_for_after_the_end(run: Run, folder: RunFolder) -> None:
    run.end()
    assert run.get_outputs_path("model") == str(folder.outputs / "model")


def test_ending_twice_is_ending_once(run: Run, folder: RunFolder) -> None:
    run.end()
    size = sum(path.stat().st_size for path in folder.record.iterdir())
    run.end()
    assert sum(path.stat().st_size for path in folder.record.iterdir()) == size


def test_a_managed_run_leaves_the_final_status_to_its_runner(folder: RunFolder) -> None:
    Run(Recorded(folder), part="managed").end()
    assert read_run(folder).status == "unknown"


def test_a_managed_run_says_itself_that_it_failed(folder: RunFolder) -> None:
    with pytest.raises(KeyError, match="label"), Run(Recorded(folder), part="managed"):
        raise KeyError("label")
    assert read_run(folder).conditions[-1][:3] == ("failed", "ExitHandler", "KeyError: 'label'")


def test_a_run_is_shown_by_its_uuid(run: Run, folder: RunFolder) -> None:
    assert repr(run) == f"Run(uuid='{folder.uuid}')"
