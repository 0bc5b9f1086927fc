"""A script that calls every verb of `tracking` and says what became of each: a verb a line, with what it gave.

No test: `test_modes` runs it. Its arguments are what a person gives; charts and tables alone are of no library.
"""

import os
import sys
from pathlib import Path

from polyaxon_sdk import tracking

HERE = Path(os.environ["TMPDIR"])
NOTE, PARTS, OTHER = HERE / "note.txt", HERE / "parts", HERE / "other"
OTHER_RUN = '{"uuid": "0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f", "name": "other"}'
PIXELS = [[[0, 255], [255, 0]]]

ARGUMENTS: dict[str, tuple[object, ...]] = {
    "init": (),
    "active_run": (),
    "get_or_create_run": (),
    "refresh_data": (),
    "get_inputs": (),
    "get_outputs": (),
    "get_statuses": (),
    "get_artifacts_store_connection": (),
    "get_connections_catalog": (),
    "get_artifacts_path": ("logs/a.txt",),
    "get_outputs_path": ("models/a.bin",),
    "mirror_outputs": ("models",),
    "get_tensorboard_path": (),
    "set_artifacts_path": ("elsewhere",),
    "set_name": ("all",),
    "set_description": ("every verb",),
    "set_readme": ("# every verb",),
    "update": ({"tags": ["all"]},),
    "log_metric": ("loss", 0.5, 1),
    "log_metrics": (2,),
    "log_inputs": (),
    "log_outputs": (),
    "log_meta": (),
    "log_tags": (["a", "b"],),
    "log_text": ("note", "text", 1),
    "log_html": ("page", "<p>text</p>"),
    "log_image": (PIXELS, "image"),
    "log_image_with_boxes": (PIXELS, [[0, 0, 1, 1]], "boxes"),
    "log_mpl_image": (object(), "figure"),
    "log_video": ([PIXELS, PIXELS], "video"),
    "log_audio": ([0.0, 0.5], "tone"),
    "log_plotly_chart": ("plotly", object()),
    "log_bokeh_chart": ("bokeh", object()),
    "log_altair_chart": ("altair", object()),
    "log_mpl_plotly_chart": ("mpl", object()),
    "log_curve": ("curve", [0, 1], [1, 0]),
    "log_roc_auc_curve": ("roc", [0, 1], [0, 1], 0.5),
    "log_pr_curve": ("pr", [0, 1], [0, 1]),
    "log_confusion_matrix": ("matrix", ["a"], ["a"], [[1]]),
    "log_sklearn_roc_auc_curve": ("sk-roc", object(), object()),
    "log_sklearn_pr_curve": ("sk-pr", object(), object()),
    "log_histogram": ("histogram", [1.0, 2.0], 2),
    "log_np_histogram": ("counts", [1], [0.0, 1.0]),
    "log_trace": ({"name": "chain"},),
    "log_dataframe": (object(), "table"),
    "log_artifact": (NOTE, "note"),
    "log_model": (PARTS, "net"),
    "log_artifact_ref": (NOTE, "file"),
    "log_file_ref": (NOTE,),
    "log_dir_ref": (PARTS,),
    "log_model_ref": (PARTS,),
    "log_tensorboard_ref": (PARTS,),
    "log_data_ref": ("digits", "abc"),
    "log_code_ref": (),
    "log_artifact_lineage": ({"name": "digits", "kind": "data"},),
    "log_env": (),
    "promote_to_model_version": ("v1",),
    "promote_to_artifact_version": ("v1",),
    "pull_remote_run": (HERE / "pulled",),
    "persist_run": (HERE / "persisted",),
    "load_offline_run": (HERE / "persisted",),
    "push_offline_run": (OTHER,),
    "log_progress": (0.5,),
    "log_status": ("warning",),
    "log_failed": (),
    "log_stopped": (),
    "log_succeeded": (),
    "end": (),
}


def say(*words: object) -> None:
    """Print a line."""
    sys.stdout.write(" ".join(map(str, words)) + "\n")


def main() -> None:
    """Call each of them."""
    for path, text in {
        NOTE: "contents",
        PARTS / "a.bin": "contents",
        OTHER / "run.plx.json": OTHER_RUN,
    }.items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    left_out = set(tracking.__all__) - ARGUMENTS.keys() - {"Run", "TRACKING_RUN"}
    say("left out", sorted(left_out))
    for verb, arguments in ARGUMENTS.items():
        try:
            given = getattr(tracking, verb)(*arguments)
        except Exception as error:  # what the test is after
            say(verb, "raised", type(error).__name__, error)
        else:
            say(verb, "gave", type(given).__name__, given if isinstance(given, str) else "")


if __name__ == "__main__":
    main()
    sys.exit(0)
