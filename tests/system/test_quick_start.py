"""Public files run here as they are: settings say where the repositories, documents and components lie they name."""

import os
from pathlib import Path

import pytest

from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.state import read_run
from tests.conformance.corpus import CORPUS, needs_corpus
from tests.system.quick_start import FILES, Place, Ran

pytestmark = pytest.mark.system

IS_FULL = "POLYAXON_TEST_TRIALS" in os.environ
HELLO = ("-P", "message=hello")
TYPED = """
version: 1.1
kind: component
name: typed
inputs:
- {name: learning_rate, type: float, value: 0.001, isOptional: true}
- {name: epochs, type: int}
outputs: [{name: loss, type: float}, {name: accuracy, type: float}]
run:
  kind: job
  init: [{git: {url: "https://github.com/polyaxon/polyaxon-quick-start"}}]
  container:
    image: nowhere/at-all
    workingDir: "{{ globals.artifacts_path }}/polyaxon-quick-start/scheduling"
    command: [python3, model.py]
    args: ["--learning_rate={{ learning_rate }}", "--epochs={{ epochs }}"]
"""
AUTOMATED = f"""
version: 1.1
kind: component
name: automated
inputs:
- {{name: max_loss, type: float, value: 0.01, isOptional: true}}
- {{name: top, type: int, value: 2, isOptional: true}}
run:
  kind: dag
  operations:
  - name: experiment
    urlRef: "{FILES}typed.yaml"
    params: {{learning_rate: {{value: 0.005}}, epochs: {{value: 2}}}}
  - name: tune
    urlRef: "{FILES}typed.yaml"
    params:
      upstream_loss: {{ref: ops.experiment, value: outputs.loss, contextOnly: true}}
      max_loss: {{ref: dag, value: inputs.max_loss, contextOnly: true}}
    conditions: "{{{{ upstream_loss > max_loss }}}}"
    matrix:
      kind: random
      concurrency: 2
      numRuns: 3
      params:
        learning_rate: {{kind: linspace, value: "0.001:0.1:5"}}
        epochs: {{kind: choice, value: [1, 2]}}
  - name: best
    dependencies: [experiment, tune]
    trigger: all_done
    joins:
    - query: "metrics.accuracy:>0.8, project.name:{{{{ globals.project_name }}}}, kind: job"
      sort: "-metrics.accuracy"
      limit: "{{{{ top }}}}"
      params: {{accuracies: {{value: "outputs.accuracy", contextOnly: true}}}}
    params:
      top: {{ref: dag, value: inputs.top, contextOnly: true}}
    component:
      run:
        kind: job
        container: {{command: [sh, -c], args: ["test {{{{ accuracies | length }}}} = {{{{ top }}}}"]}}
"""


def statuses(ran: Ran) -> str:
    return str(ran.document.get("status"))


def children(place: Place) -> dict[str, str]:
    """How the last run of each name ended."""
    states = [read_run(RunFolder(path)) for path in (place.home / "runs").iterdir()]
    return {str(each.name): each.status for each in sorted(states, key=lambda each: each.created_at or 0.0)}


@pytest.mark.parametrize(("most", "tuned", "top"), [("0.01", "succeeded", "2"), ("0.9", "skipped", "1")])
def test_an_experiment_is_tuned_where_it_is_not_good_enough_and_the_best_are_joined(
    tmp_path: Path, most: str, tuned: str, top: str
) -> None:
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "typed.yaml").write_text(TYPED)
    (tmp_path / "files" / "dag.yaml").write_text(AUTOMATED)
    place = Place(tmp_path, tmp_path / "files")
    ran = place.run("dag.yaml", words=("-P", f"max_loss={most}", "-P", f"top={top}"))
    assert statuses(ran) == "succeeded", ran.told
    found = children(place)
    assert [found[name] for name in ("experiment", "tune", "best")] == ["succeeded", tuned, "succeeded"]


EACH = [
    ("scheduling/dags/dag.yaml", ()),
    ("scheduling/dags/event_based_tensorboard.yaml", ()),
]
ALL = [
    ("passing-params/args-inline-python.yaml", HELLO),
    ("passing-params/args-message.yaml", HELLO),
    ("passing-params/args-python/message.yaml", (*HELLO, "--upload")),
    ("passing-params/args-python/messages-all.yaml", ("-P", "message1=a", "-P", "message2=b", "--upload")),
    (
        "passing-params/args-python/messages-explicit.yaml",
        ("-P", "message1=a", "-P", "message2=b", "--upload"),
    ),
    ("passing-params/args-static.yaml", ()),
    ("passing-params/dictionary.yaml", ("-P", 'config={"learning_rate": 0.1, "epochs": 2}')),
    ("passing-params/env-vars.yaml", HELLO),
    ("passing-params/python-run-client.yaml", HELLO),
    ("passing-params/python-tracking.yaml", HELLO),
    ("scheduling/build-containers/build_operation.yaml", ("--ignore-template",)),
    ("scheduling/build-containers/dag_with_container_build.yaml", ()),
    ("scheduling/build-containers/upload_build_and_run.yaml", ("--upload",)),
    ("scheduling/build-containers/upload_generate_dockerfile_build_and_run.yaml", ("--upload",)),
    ("scheduling/experimentation/operation.yaml", ()),
    ("scheduling/experimentation/simple.yaml", ()),
    ("scheduling/experimentation/typed.yaml", ("-P", "epochs=1")),
    ("scheduling/hooks/mulitple-hooks.yaml", ()),
    ("scheduling/hooks/slack-hook.yaml", ()),
    ("scheduling/joins/map_reduce_tune_join.yaml", ()),
    ("scheduling/joins/performance_based_tensorboard.yaml", ()),
    ("scheduling/local-integration/simple.yaml", ("--upload",)),
    ("scheduling/op-build/build.yaml", ()),
    ("scheduling/op-build/dag.yaml", ()),
    ("scheduling/op-build/dockfile-git.yaml", ()),
    ("scheduling/op-build/dockfile-init-build.yaml", ()),
    ("scheduling/op-build/dockfile-upload.yaml", ()),
    ("scheduling/optimization/hyperparams_bo.yaml", ()),
    ("scheduling/optimization/hyperparams_early_stopping.yaml", ()),
    ("scheduling/optimization/hyperparams_grid.yaml", ()),
    ("scheduling/optimization/hyperparams_grid_with_concurrency.yaml", ()),
    ("scheduling/optimization/hyperparams_hyperband.yaml", ()),
    ("scheduling/optimization/hyperparams_hyperopot.yaml", ()),
    ("scheduling/optimization/hyperparams_random.yaml", ()),
    ("scheduling/optimization/hyperparams_random_with_concurrency.yaml", ()),
    ("scheduling/optimization/mapping.yaml", ()),
    ("scheduling/presets/polyaxonfile.yaml", ()),
]


@needs_corpus
@pytest.mark.parametrize(("file", "words"), [*EACH, *(ALL if IS_FULL else [])])
def test_a_public_file_succeeds_here(tmp_path: Path, file: str, words: tuple[str, ...]) -> None:
    ran = Place(tmp_path, CORPUS / "quick-start").run(file, words=words)
    assert (statuses(ran), ran.code) == ("succeeded", 0), ran.told


@needs_corpus
@pytest.mark.parametrize(
    "helper", ["resources", *(("debug", "scheduling-preset", "termination") if IS_FULL else ())]
)
def test_a_public_preset_is_laid_over_a_file(tmp_path: Path, helper: str) -> None:
    place = Place(tmp_path, CORPUS / "quick-start")
    ran = place.run("scheduling/experimentation/simple.yaml", f"scheduling/helpers/{helper}.yaml")
    assert statuses(ran) == "succeeded", ran.told


@needs_corpus
@pytest.mark.parametrize("file", ["recurrent_dag.yaml", *(["recurrent_training.yaml"] if IS_FULL else [])])
def test_a_public_schedule_begins(tmp_path: Path, file: str) -> None:
    ran = Place(tmp_path, CORPUS / "quick-start").run(f"scheduling/schedules/{file}")
    assert statuses(ran) == "on_schedule", ran.told
