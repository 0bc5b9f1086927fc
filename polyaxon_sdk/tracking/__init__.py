"""Tracking, inside the training process: start with `init()`, then log (semantics, section 5).

>>> from polyaxon_sdk import tracking
>>> tracking.init()  # doctest: +SKIP
>>> tracking.log_metrics(step=1, loss=0.25, accuracy=0.9)  # doctest: +SKIP

Every function here but `init` and `active_run` is the verb of the same name of the run that is active when it
is called; importing one by name before `init()` works. Where no run is active nothing is kept, which is said
once on stderr.
"""

from __future__ import annotations

from polyaxon_sdk.tracking.active import ACTIVE, verb
from polyaxon_sdk.tracking.metrics import log_metric_of, log_metrics_of
from polyaxon_sdk.tracking.run import Run
from polyaxon_sdk.tracking.start import init

__all__ = [
    "Run",
    "active_run",
    "end",
    "get_artifacts_path",
    "get_outputs_path",
    "get_tensorboard_path",
    "init",
    "log_artifact",
    "log_failed",
    "log_inputs",
    "log_meta",
    "log_metric",
    "log_metrics",
    "log_model",
    "log_outputs",
    "log_progress",
    "log_stopped",
    "log_succeeded",
    "log_tags",
    "log_text",
    "update",
]

log_metric = log_metric_of(ACTIVE)
log_metrics = log_metrics_of(log_metric)

end = verb(Run.end)
get_artifacts_path = verb(Run.get_artifacts_path)
get_outputs_path = verb(Run.get_outputs_path)
get_tensorboard_path = verb(Run.get_tensorboard_path)
log_artifact = verb(Run.log_artifact)
log_failed = verb(Run.log_failed)
log_inputs = verb(Run.log_inputs)
log_meta = verb(Run.log_meta)
log_model = verb(Run.log_model)
log_outputs = verb(Run.log_outputs)
log_progress = verb(Run.log_progress)
log_stopped = verb(Run.log_stopped)
log_succeeded = verb(Run.log_succeeded)
log_tags = verb(Run.log_tags)
log_text = verb(Run.log_text)
update = verb(Run.update)


def active_run() -> Run | None:
    """The run that the functions of this module mean, or None before `init()` and after `end()`."""
    return None if ACTIVE.is_none else ACTIVE.run
