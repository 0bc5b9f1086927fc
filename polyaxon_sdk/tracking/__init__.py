"""Tracking, inside the training process: start with `init()`, then log (semantics, section 5).

>>> from polyaxon_sdk import tracking
>>> tracking.init()  # doctest: +SKIP
>>> tracking.log_metrics(step=1, loss=0.25, accuracy=0.9)  # doctest: +SKIP

Every function here but `init`, `active_run` and `get_or_create_run` is the verb of the same name of the run that is
active when it is called; importing one by name before `init()` works. Where no run is active nothing is kept, which is
said once on stderr. `TRACKING_RUN` is the active run, as `active_run()` gives it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from polyaxon_sdk.tracking.active import verb_of
from polyaxon_sdk.tracking.metrics import log_metric_of, log_metrics_of
from polyaxon_sdk.tracking.run import Run
from polyaxon_sdk.tracking.start import ACTIVE, init

if TYPE_CHECKING:
    TRACKING_RUN: Run | None

__all__ = [
    "TRACKING_RUN",
    "Run",
    "active_run",
    "end",
    "get_artifacts_path",
    "get_artifacts_store_connection",
    "get_connections_catalog",
    "get_inputs",
    "get_or_create_run",
    "get_outputs",
    "get_outputs_path",
    "get_statuses",
    "get_tensorboard_path",
    "init",
    "load_offline_run",
    "log_altair_chart",
    "log_artifact",
    "log_artifact_lineage",
    "log_artifact_ref",
    "log_audio",
    "log_bokeh_chart",
    "log_code_ref",
    "log_confusion_matrix",
    "log_curve",
    "log_data_ref",
    "log_dataframe",
    "log_dir_ref",
    "log_env",
    "log_failed",
    "log_file_ref",
    "log_histogram",
    "log_html",
    "log_image",
    "log_image_with_boxes",
    "log_inputs",
    "log_meta",
    "log_metric",
    "log_metrics",
    "log_model",
    "log_model_ref",
    "log_mpl_image",
    "log_mpl_plotly_chart",
    "log_np_histogram",
    "log_outputs",
    "log_plotly_chart",
    "log_pr_curve",
    "log_progress",
    "log_roc_auc_curve",
    "log_sklearn_pr_curve",
    "log_sklearn_roc_auc_curve",
    "log_status",
    "log_stopped",
    "log_succeeded",
    "log_tags",
    "log_tensorboard_ref",
    "log_text",
    "log_trace",
    "log_video",
    "mirror_outputs",
    "persist_run",
    "promote_to_artifact_version",
    "promote_to_model_version",
    "pull_remote_run",
    "push_offline_run",
    "refresh_data",
    "set_artifacts_path",
    "set_description",
    "set_name",
    "set_readme",
    "update",
]

verb = verb_of(ACTIVE)
log_metric = log_metric_of(ACTIVE)
log_metrics = log_metrics_of(ACTIVE)

end = verb(Run.end)
get_artifacts_path = verb(Run.get_artifacts_path)
get_artifacts_store_connection = verb(Run.get_artifacts_store_connection)
get_connections_catalog = verb(Run.get_connections_catalog)
get_inputs = verb(Run.get_inputs)
get_outputs = verb(Run.get_outputs)
get_outputs_path = verb(Run.get_outputs_path)
mirror_outputs = verb(Run.mirror_outputs)
get_statuses = verb(Run.get_statuses)
get_tensorboard_path = verb(Run.get_tensorboard_path)
load_offline_run = Run.load_offline_run
log_altair_chart = verb(Run.log_altair_chart)
log_artifact = verb(Run.log_artifact)
log_artifact_lineage = verb(Run.log_artifact_lineage)
log_artifact_ref = verb(Run.log_artifact_ref)
log_audio = verb(Run.log_audio)
log_bokeh_chart = verb(Run.log_bokeh_chart)
log_code_ref = verb(Run.log_code_ref)
log_confusion_matrix = verb(Run.log_confusion_matrix)
log_curve = verb(Run.log_curve)
log_data_ref = verb(Run.log_data_ref)
log_dataframe = verb(Run.log_dataframe)
log_dir_ref = verb(Run.log_dir_ref)
log_env = verb(Run.log_env)
log_failed = verb(Run.log_failed)
log_file_ref = verb(Run.log_file_ref)
log_histogram = verb(Run.log_histogram)
log_html = verb(Run.log_html)
log_image = verb(Run.log_image)
log_image_with_boxes = verb(Run.log_image_with_boxes)
log_inputs = verb(Run.log_inputs)
log_meta = verb(Run.log_meta)
log_model = verb(Run.log_model)
log_model_ref = verb(Run.log_model_ref)
log_mpl_image = verb(Run.log_mpl_image)
log_mpl_plotly_chart = verb(Run.log_mpl_plotly_chart)
log_np_histogram = verb(Run.log_np_histogram)
log_outputs = verb(Run.log_outputs)
log_plotly_chart = verb(Run.log_plotly_chart)
log_pr_curve = verb(Run.log_pr_curve)
log_progress = verb(Run.log_progress)
log_roc_auc_curve = verb(Run.log_roc_auc_curve)
log_sklearn_pr_curve = verb(Run.log_sklearn_pr_curve)
log_sklearn_roc_auc_curve = verb(Run.log_sklearn_roc_auc_curve)
log_status = verb(Run.log_status)
log_stopped = verb(Run.log_stopped)
log_succeeded = verb(Run.log_succeeded)
log_tags = verb(Run.log_tags)
log_tensorboard_ref = verb(Run.log_tensorboard_ref)
log_text = verb(Run.log_text)
log_trace = verb(Run.log_trace)
log_video = verb(Run.log_video)
persist_run = verb(Run.persist_run)
promote_to_artifact_version = verb(Run.promote_to_artifact_version)
promote_to_model_version = verb(Run.promote_to_model_version)
pull_remote_run = verb(Run.pull_remote_run)
push_offline_run = verb(Run.push_offline_run)
refresh_data = verb(Run.refresh_data)
set_artifacts_path = verb(Run.set_artifacts_path)
set_description = verb(Run.set_description)
set_name = verb(Run.set_name)
set_readme = verb(Run.set_readme)
update = verb(Run.update)


def active_run() -> Run | None:
    """The run that the functions of this module mean, or None before `init()` and after `end()`."""
    return None if ACTIVE.is_none else ACTIVE.run


def get_or_create_run(tracking_run: Run | None = None) -> Run:
    """The given run, else the active one, else a new one.

    >>> get_or_create_run() is active_run()  # doctest: +SKIP
    True
    """
    return tracking_run or active_run() or init()


if not TYPE_CHECKING:  # else a checker would take every name for one that is there

    def __getattr__(name: str) -> object:
        if name == "TRACKING_RUN":
            return active_run()
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
