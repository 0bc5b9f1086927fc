"""The Keras callbacks, with real fits of a small model."""

from pathlib import Path
from shutil import rmtree
from typing import Any

import keras
import numpy as np
import pytest

from polyaxon_integrations.keras import PolyaxonKerasCallback, PolyaxonKerasModelCheckpoint
from polyaxon_sdk import tracking
from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.runs.events import read
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.state import RunState, read_run
from polyaxon_sdk.sidecar.launch import Sidecar

Line = dict[str, np.ndarray]


def folder_of(run: tracking.Run) -> RunFolder:
    return RunFolder(run.get_artifacts_path())


def state_of(run: tracking.Run) -> RunState:
    return read_run(folder_of(run))


def models_of(run: tracking.Run) -> dict[str, object]:
    """The path of each logged model by its name."""
    logged = state_of(run).artifacts.items()
    return {name: artifact["path"] for (name, kind), artifact in logged if kind == "model"}


def series(run: tracking.Run, name: str) -> list[tuple[int | None, object]]:
    """The points of a metric of an ended run."""
    run.end()
    assert Sidecar(folder_of(run)).wait(30)
    return [
        (event.step, event.value) for event in read(folder_of(run).events / f"metric/{name}.plx", "metric")
    ]


def trained(callback: keras.callbacks.Callback, model: keras.Model, *epochs: dict[str, float]) -> None:
    """A fit whose epochs end with these logs."""
    callback.set_model(model)
    callback.set_params({"epochs": len(epochs)})
    callback.on_train_begin()
    for epoch, logs in enumerate(epochs):
        callback.on_epoch_end(epoch, logs)
    callback.on_train_end()


@pytest.mark.fit
def test_each_epoch_is_logged(run: tracking.Run, model: keras.Model, line: Line) -> None:
    history = model.fit(**line, epochs=3, callbacks=[PolyaxonKerasCallback()], verbose=0).history
    assert series(run, "mae") == list(enumerate(history["mae"]))


@pytest.mark.fit
def test_only_the_chosen_metrics_are_logged(run: tracking.Run, model: keras.Model, line: Line) -> None:
    model.fit(**line, callbacks=[PolyaxonKerasCallback(metrics=["loss", "absent"])], verbose=0)
    assert len(series(run, "loss")) == 1
    assert [path.stem for path in folder_of(run).events.glob("metric/*")] == ["loss"]


@pytest.mark.fit
def test_the_model_is_described(run: tracking.Run, model: keras.Model, line: Line) -> None:
    model.fit(**line, callbacks=[PolyaxonKerasCallback()], verbose=0)
    assert state_of(run).inputs == {"num_layers": 1, "optimizer_name": "SGD", "optimizer_lr": 0.01}
    assert "Total params: 2" in Path(run.get_outputs_path("model_summary.txt")).read_text(encoding="utf-8")


@pytest.mark.fit
def test_an_optimizer_with_epsilon_tells_it(run: tracking.Run, model: keras.Model, line: Line) -> None:
    model.compile(optimizer="adam", loss="mse")
    model.fit(**line, callbacks=[PolyaxonKerasCallback()], verbose=0)
    assert state_of(run).inputs["optimizer_epsilon"] == pytest.approx(1e-7)


@pytest.mark.fit
def test_a_schedule_tells_its_first_learning_rate(run: tracking.Run, model: keras.Model, line: Line) -> None:
    schedule = keras.optimizers.schedules.ExponentialDecay(0.5, decay_steps=1, decay_rate=0.1)
    model.compile(optimizer=keras.optimizers.SGD(schedule), loss="mse")
    model.fit(**line, callbacks=[PolyaxonKerasCallback()], verbose=0)
    assert state_of(run).inputs["optimizer_lr"] == 0.5


@pytest.mark.fit
def test_the_best_epoch_and_its_model_are_kept(run: tracking.Run, model: keras.Model, line: Line) -> None:
    model.compile(optimizer=keras.optimizers.SGD(1.2), loss="mse")
    callback = PolyaxonKerasCallback()
    history = model.fit(
        **line, validation_data=tuple(line.values()), epochs=4, callbacks=[callback], verbose=0
    )
    best = min(history.history["val_loss"])
    kept = keras.models.load_model(run.get_outputs_path("model.keras"))
    assert best < history.history["val_loss"][-1]
    assert run.outputs["best_val_loss"] == pytest.approx(best)
    assert history.history["val_loss"][int(str(run.outputs["best_epoch"]))] == best
    assert kept.evaluate(**line, verbose=0) == pytest.approx(best, rel=1e-4)


@pytest.mark.fit
def test_the_callback_says_where_its_model_lies(run: tracking.Run) -> None:
    assert PolyaxonKerasCallback(run).filepath == run.get_outputs_path("model.keras")


def test_without_the_monitored_metric_the_last_model_is_kept(
    run: tracking.Run, model: keras.Model, line: Line
) -> None:
    model.fit(**line, callbacks=[PolyaxonKerasCallback()], verbose=0)
    assert models_of(run) == {"model": "outputs/model.keras"}
    assert "best_epoch" not in run.outputs


@pytest.mark.fit
def test_weights_alone_can_be_kept(run: tracking.Run, model: keras.Model, line: Line) -> None:
    model.fit(**line, callbacks=[PolyaxonKerasCallback(save_weights_only=True)], verbose=0)
    kept = model.get_weights()
    model.set_weights([np.zeros_like(weight) for weight in kept])
    model.load_weights(run.get_outputs_path("model.weights.h5"))
    assert np.array_equal(model.get_weights()[0], kept[0])


def test_no_model_is_kept_where_none_is_wanted(run: tracking.Run, model: keras.Model) -> None:
    trained(PolyaxonKerasCallback(log_model=False), model, {"val_loss": 1.0})
    assert models_of(run) == {}


def test_zero_is_a_value(run: tracking.Run, model: keras.Model) -> None:
    trained(PolyaxonKerasCallback(log_model=False), model, {"val_loss": 0.0}, {"val_loss": 1.0})
    assert (run.outputs["best_val_loss"], run.outputs["best_epoch"]) == (0.0, 0)


def test_what_is_no_number_is_never_best(run: tracking.Run, model: keras.Model) -> None:
    trained(PolyaxonKerasCallback(log_model=False), model, {"val_loss": float("nan")}, {"val_loss": 9.0})
    assert run.outputs["best_epoch"] == 1


def test_a_resumed_run_goes_on_from_its_best(run: tracking.Run, model: keras.Model) -> None:
    trained(PolyaxonKerasCallback(log_model=False), model, {"val_loss": 0.5})
    trained(PolyaxonKerasCallback(log_model=False), model, {"val_loss": 0.9}, {"val_loss": 0.8})
    assert (run.outputs["best_val_loss"], run.outputs["best_epoch"]) == (0.5, 0)


@pytest.mark.parametrize("monitor", ["val_accuracy", "auc", "val_binary_io_u", "r2_score", "f1_score"])
def test_what_rises_is_known_by_its_name(run: tracking.Run, model: keras.Model, monitor: str) -> None:
    callback = PolyaxonKerasCallback(monitor=monitor, log_model=False)
    trained(callback, model, {monitor: 0.1}, {monitor: 0.9}, {monitor: 0.5})
    assert run.outputs["best_epoch"] == 1


@pytest.mark.parametrize("monitor", ["loss", "val_mae", "mean_squared_error", "accuracy_loss", "poisson"])
def test_what_falls_is_known_by_its_name(run: tracking.Run, model: keras.Model, monitor: str) -> None:
    callback = PolyaxonKerasCallback(monitor=monitor, log_model=False)
    trained(callback, model, {monitor: 0.9}, {monitor: 0.1}, {monitor: 0.5})
    assert run.outputs["best_epoch"] == 1


def test_a_mode_that_is_said_counts(run: tracking.Run, model: keras.Model) -> None:
    callback = PolyaxonKerasCallback(monitor="loss", mode="max", log_model=False, log_best_prefix="top")
    trained(callback, model, {"loss": 0.1}, {"loss": 0.9})
    assert (run.outputs["top_loss"], run.outputs["top_epoch"]) == (0.9, 1)


def test_progress_is_logged(run: tracking.Run, model: keras.Model) -> None:
    trained(PolyaxonKerasCallback(log_model=False), model, {"loss": 0.1}, {"loss": 0.9})
    assert state_of(run).meta["progress"] == 1.0


def test_a_model_that_cannot_be_kept_leaves_training_alone(run: tracking.Run, model: keras.Model) -> None:
    Path(run.get_outputs_path("model.keras")).mkdir()
    with pytest.warns(UserWarning, match="the model is not kept: .*directory"):
        trained(PolyaxonKerasCallback(), model, {"val_loss": 0.1})
    assert not Path(run.get_artifacts_path(".model.keras")).exists()


@pytest.mark.fit
def test_a_fit_goes_on_when_its_run_is_deleted(run: tracking.Run, model: keras.Model, line: Line) -> None:
    callbacks = [PolyaxonKerasCallback(), PolyaxonKerasModelCheckpoint()]
    rmtree(run.get_artifacts_path())
    assert model.fit(**line, epochs=2, callbacks=callbacks, verbose=0).epoch == [0, 1]


def test_an_ending_that_keras_cannot_save_is_refused(run: tracking.Run) -> None:
    with pytest.raises(InputError, match=r"model_ext: Keras can't save '\.pb', expected \.keras or \.h5"):
        PolyaxonKerasCallback(model_ext=".pb")


def test_a_callback_without_a_run_starts_one(home: Path, model: keras.Model) -> None:
    callback = PolyaxonKerasCallback(log_model=False)
    assert callback.run is tracking.active_run()
    callback.run.end()


CALLBACKS = [PolyaxonKerasCallback, PolyaxonKerasModelCheckpoint]


@pytest.mark.fit
@pytest.mark.parametrize("callback", CALLBACKS)
def test_a_fit_works_where_nothing_is_tracked(
    callback: Any, home: Path, model: keras.Model, line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POLYAXON_NO_OP", "true")
    with tracking.init():
        model.fit(**line, callbacks=[callback()], verbose=0)
    assert not home.exists()


@pytest.mark.fit
def test_a_checkpoint_is_saved_and_logged(run: tracking.Run, model: keras.Model, line: Line) -> None:
    model.fit(**line, callbacks=[PolyaxonKerasModelCheckpoint()], verbose=0)
    assert models_of(run) == {"checkpoint": "outputs/checkpoint.keras"}
    assert keras.models.load_model(run.get_outputs_path("checkpoint.keras")).count_params() == 2


@pytest.mark.fit
def test_checkpoints_of_weights_have_their_ending(run: tracking.Run, model: keras.Model, line: Line) -> None:
    model.fit(**line, callbacks=[PolyaxonKerasModelCheckpoint(save_weights_only=True)], verbose=0)
    assert models_of(run) == {"checkpoint": "outputs/checkpoint.weights.h5"}


@pytest.mark.fit
def test_each_file_of_a_template_is_logged(run: tracking.Run, model: keras.Model, line: Line) -> None:
    checkpoint = PolyaxonKerasModelCheckpoint(filepath=run.get_outputs_path("at-{epoch:02d}.keras"))
    model.fit(**line, epochs=2, callbacks=[checkpoint], verbose=0)
    assert models_of(run) == {"at-01": "outputs/at-01.keras", "at-02": "outputs/at-02.keras"}


@pytest.mark.fit
def test_the_best_checkpoints_are_kept_and_the_others_go_from_the_store_too(
    run: tracking.Run, model: keras.Model, line: Line
) -> None:
    path = run.get_outputs_path("at-{epoch}.keras")
    checkpoint = PolyaxonKerasModelCheckpoint(filepath=path, monitor="loss", mode="max", keep_best=2)
    losses = model.fit(**line, epochs=4, callbacks=[checkpoint], verbose=0).history["loss"]
    ranked = [f"at-{epoch}.keras" for _, epoch in sorted((loss, at) for at, loss in enumerate(losses, 1))]
    assert sorted(each.name for each in Path(path).parent.glob("at-*")) == sorted(ranked[2:])
    assert sorted(state_of(run).mirrored) == sorted(f"outputs/{name}" for name in ranked[:2])


@pytest.mark.fit
def test_checkpoints_within_an_epoch_are_logged(run: tracking.Run, model: keras.Model, line: Line) -> None:
    checkpoint = PolyaxonKerasModelCheckpoint(filepath=run.get_outputs_path("b{batch}.keras"), save_freq=2)
    model.fit(**line, batch_size=4, callbacks=[checkpoint], verbose=0)
    assert set(models_of(run)) == {"b2", "b4"}


@pytest.mark.fit
def test_a_file_of_before_is_not_logged(run: tracking.Run, model: keras.Model, line: Line) -> None:
    path = Path(run.get_outputs_path("checkpoint.keras"))
    path.write_text("older", encoding="utf-8")
    checkpoint = PolyaxonKerasModelCheckpoint(
        monitor="loss", save_best_only=True, initial_value_threshold=-1.0
    )
    model.fit(**line, callbacks=[checkpoint], verbose=0)
    assert models_of(run) == {}


@pytest.mark.fit
def test_a_checkpoint_outside_the_run_is_copied_into_it(
    run: tracking.Run, model: keras.Model, line: Line, tmp_path: Path
) -> None:
    checkpoint = PolyaxonKerasModelCheckpoint(filepath=tmp_path / "mine.keras")
    model.fit(**line, callbacks=[checkpoint], verbose=0)
    assert Path(run.get_outputs_path("mine.keras")).read_bytes() == (tmp_path / "mine.keras").read_bytes()


@pytest.mark.fit
def test_both_callbacks_keep_their_own_file(run: tracking.Run, model: keras.Model, line: Line) -> None:
    model.fit(**line, callbacks=[PolyaxonKerasCallback(), PolyaxonKerasModelCheckpoint()], verbose=0)
    assert models_of(run) == {"model": "outputs/model.keras", "checkpoint": "outputs/checkpoint.keras"}
