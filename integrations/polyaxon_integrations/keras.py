"""Keras 3: log each epoch, the best model and checkpoints to a run."""

from __future__ import annotations

import glob
import math
import os
import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Literal

from polyaxon_integrations.extras import requires
from polyaxon_sdk import tracking
from polyaxon_sdk.exceptions import InputError

with requires("keras"):
    import keras

__all__ = ["PolyaxonKerasCallback", "PolyaxonKerasModelCheckpoint"]

Mode = Literal["auto", "min", "max"]
Logs = Mapping[str, float]

# The metrics of Keras that are better the larger they are, by a part of their names.
_RISING = re.compile(
    r"acc|auc|precision|recall|f1|fbeta|io_?u|r2|similarity|correlation|specificity|sensitivity"
)


class PolyaxonKerasCallback(keras.callbacks.Callback):  # type: ignore[misc]  # Keras ships no types
    """Log metrics and progress at the end of each epoch, and keep the best model (semantics, section 6).

    It logs the inputs `num_layers`, `optimizer_name`, `optimizer_lr` and `optimizer_epsilon`, the file
    `outputs/model_summary.txt`, the outputs `best_<monitor>` and `best_epoch`, and the model as
    `outputs/model.keras` whenever the monitored metric improves; where it never does, once at the end.

    Args:
        run: the run to log to; by default the active one, or a new one where none is active.
        metrics: the metrics to log; by default all.
        log_model: whether to keep the best model.
        save_weights_only: keep its weights alone.
        log_best_prefix: what the names of the two outputs begin with.
        mode: whether `monitor` is better low (`min`) or high (`max`); `auto` tells by its name.
        monitor: the metric that says which model is best.
        model_ext: the file ending, one that Keras can save; by default `.keras`, for weights `.weights.h5`.
        use_store_path: accepted for existing scripts: the model lies in the run, which is shipped.

    Attributes:
        filepath: where the best model lies.

    Raises:
        InputError: Keras can't save files of this ending.

    >>> model.fit(x, y, validation_split=0.2, callbacks=[PolyaxonKerasCallback(monitor="val_accuracy")])
    """

    def __init__(
        self,
        run: tracking.Run | None = None,
        *,
        metrics: Sequence[str] | None = None,
        log_model: bool = True,
        save_weights_only: bool = False,
        log_best_prefix: str = "best",
        mode: Mode = "auto",
        monitor: str = "val_loss",
        model_ext: str = "",
        use_store_path: bool = False,
    ) -> None:
        super().__init__()
        del use_store_path
        self.run = tracking.init() if run is None else run
        self.metrics = metrics
        self.log_model = log_model
        self.save_weights_only = save_weights_only
        self.log_best_prefix = log_best_prefix
        self.monitor = monitor
        self._rising = _is_rising(monitor) if mode == "auto" else mode == "max"
        self._file = f"model{_ending(model_ext, weights_only=save_weights_only)}"
        self.filepath: str = self.run.get_outputs_path(self._file)
        self._best: float | None = None
        self._kept = False

    def on_train_begin(self, logs: Logs | None = None) -> None:
        """Log what is known of the model, and take up the best value that the run has."""
        facts: dict[str, Any] = dict(_facts(self.model))
        self.run.log_inputs(**facts)
        self._log_summary()
        self._best = _number(self.run.outputs.get(f"{self.log_best_prefix}_{self.monitor}"))
        self._kept = False

    def on_epoch_end(self, epoch: int, logs: Logs | None = None) -> None:
        """Log the epoch's metrics and the progress; keep the model where it is the best so far."""
        logs = logs or {}
        for name in logs if self.metrics is None else [name for name in self.metrics if name in logs]:
            self.run.log_metric(name, logs[name], step=epoch)
        if self.params.get("epochs"):
            self.run.log_progress((epoch + 1) / self.params["epochs"])
        value = _number(logs.get(self.monitor))
        if value is not None and self._is_better(value):
            self._best = value
            prefix = self.log_best_prefix
            best: dict[str, Any] = {f"{prefix}_{self.monitor}": value, f"{prefix}_epoch": epoch}
            self.run.log_outputs(**best)
            self._keep()

    def on_train_end(self, logs: Logs | None = None) -> None:
        """Keep the last model where none was better than the others."""
        if not self._kept:
            self._keep()

    def _is_better(self, value: float) -> bool:
        if self._best is None:
            return True
        return value > self._best if self._rising else value < self._best

    def _keep(self) -> None:
        if not self.log_model:
            return
        self._kept = True
        try:
            path = self._save()
        except OSError as error:
            _told(f"the model is not kept: {error}")
        else:
            self.run.log_model(path, name="model", framework="keras")

    def _save(self) -> Path:
        path = Path(self.filepath)
        # Whoever reads or ships the best model while it is replaced gets a whole one.
        draft = Path(self.run.get_artifacts_path(f".{self._file}"))
        save = self.model.save_weights if self.save_weights_only else self.model.save
        try:
            save(draft, overwrite=True)
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)
        return path

    def _log_summary(self) -> None:
        lines: list[str] = []
        self.model.summary(print_fn=lines.append, line_length=100)
        try:
            path = Path(self.run.get_outputs_path("model_summary.txt"))
            path.write_text("\n".join(lines), encoding="utf-8")
        except OSError as error:
            _told(f"the model's summary is not kept: {error}")
        else:
            self.run.log_artifact(path, name="model_summary", kind="file")


class PolyaxonKerasModelCheckpoint(keras.callbacks.ModelCheckpoint):  # type: ignore[misc]  # Keras ships no types
    """Keras's ModelCheckpoint that saves into the run and logs each file it writes as a model.

    Args:
        run: the run to log to; by default the active one, or a new one where none is active.
        filepath: as in Keras; by default `outputs/checkpoint.keras`, or `.weights.h5` for weights alone.
        framework: what the logged models are said to be of.
        keep_best: how many of the files that a `filepath` with `{epoch}` makes are kept, those that are best by
            `monitor`; the others are deleted, in the store too. By default all are.

    All others are those of `keras.callbacks.ModelCheckpoint`.

    >>> model.fit(x, y, callbacks=[PolyaxonKerasModelCheckpoint(monitor="loss", save_best_only=True)])
    """

    def __init__(
        self,
        run: tracking.Run | None = None,
        *,
        filepath: str | os.PathLike[str] = "",
        framework: str = "keras",
        keep_best: int | None = None,
        monitor: str = "val_loss",
        verbose: int = 0,
        save_best_only: bool = False,
        save_weights_only: bool = False,
        mode: Mode = "auto",
        save_freq: Literal["epoch"] | int = "epoch",
        initial_value_threshold: float | None = None,
    ) -> None:
        self.run = tracking.init() if run is None else run
        self.framework = framework
        default = f"checkpoint{_ending('', weights_only=save_weights_only)}"
        super().__init__(
            os.fspath(filepath) or str(self.run.get_outputs_path(default)),
            monitor=monitor,
            verbose=verbose,
            save_best_only=save_best_only,
            save_weights_only=save_weights_only,
            mode=mode,
            save_freq=save_freq,
            initial_value_threshold=initial_value_threshold,
        )
        self._keep_best = keep_best
        self._mode = mode
        self._scores: dict[str, float] = {}
        self._seen: dict[str, tuple[int, int]] = {}

    def on_train_begin(self, logs: Logs | None = None) -> None:
        """Remember the files that are there already."""
        super().on_train_begin(logs)
        self._seen = dict(_versions(self.filepath))

    def on_train_batch_end(self, batch: int, logs: Logs | None = None) -> None:
        """Save as Keras does, and log what was saved."""
        super().on_train_batch_end(batch, logs)
        if self.save_freq != "epoch":
            self._log_saved()

    def on_epoch_end(self, epoch: int, logs: Logs | None = None) -> None:
        """Save as Keras does, and log what was saved."""
        super().on_epoch_end(epoch, logs)
        self._log_saved(logs)

    def _log_saved(self, logs: Logs | None = None) -> None:
        for file, version in _versions(self.filepath):
            if self._seen.get(file) != version:
                self._seen[file] = version
                self._score(file, (logs or {}).get(self.monitor))
                name = Path(file).name.removesuffix(".h5").removesuffix(".weights").removesuffix(".keras")
                self.run.log_model(file, name=name, framework=self.framework)
        self._delete_worst()

    def _score(self, file: str, value: object) -> None:
        """Note how good a file is; one of which that is not known stays."""
        if isinstance(value, float | int):
            is_rising = _is_rising(self.monitor) if self._mode == "auto" else self._mode == "max"
            self._scores[file] = float(value) if is_rising else -float(value)

    def _delete_worst(self) -> None:
        while self._keep_best is not None and len(self._scores) > max(1, self._keep_best):
            worst = min(self._scores, key=self._scores.__getitem__)
            del self._scores[worst]
            Path(worst).unlink(missing_ok=True)
            with suppress(ValueError):  # it lies elsewhere, and its copy in the run stays
                inside = Path(worst).resolve().relative_to(Path(self.run.get_outputs_path()).resolve())
                self.run.mirror_outputs(str(inside))


def _told(what: str) -> None:
    """Training goes on, whatever becomes of the files."""
    warnings.warn(what, stacklevel=3)


def _is_rising(metric: str) -> bool:
    return _RISING.search(metric) is not None and not metric.endswith(("loss", "error"))


def _ending(wanted: str, *, weights_only: bool) -> str:
    endings = [".weights.h5"] if weights_only else [".keras", ".h5"]
    if wanted and wanted not in endings:
        raise InputError(f"Keras can't save {wanted!r}", path="model_ext", expected=" or ".join(endings))
    return wanted or endings[0]


def _number(value: object) -> float | None:
    """A value that can be compared, or None: metrics may be missing, NaN or whole vectors."""
    return float(value) if isinstance(value, int | float) and not math.isnan(value) else None


def _facts(model: keras.Model) -> Iterator[tuple[str, str | int | float]]:
    yield "num_layers", len(model.layers)
    optimizer = getattr(model, "optimizer", None)
    if optimizer is None:
        return
    yield "optimizer_name", type(optimizer).__name__
    # A 32-bit rate of 0.01 is meant, not 0.009999999776482582.
    yield "optimizer_lr", float(f"{float(optimizer.learning_rate):.7g}")
    epsilon = getattr(optimizer, "epsilon", None)
    if epsilon is not None:
        yield "optimizer_epsilon", float(epsilon)


def _versions(template: str) -> Iterator[tuple[str, tuple[int, int]]]:
    """Each file that a template such as `model-{epoch:02d}.keras` can mean, with what each write changes."""
    pattern = "*".join(glob.escape(part) for part in re.split(r"\{[^{}]*\}", template))
    for file in sorted(glob.glob(pattern)):
        found = os.stat(file)
        yield file, (found.st_mtime_ns, found.st_size)
