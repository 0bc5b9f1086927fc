"""Public files run here as they are: settings say where the repositories, documents and components lie they name."""

import os
import sys
from pathlib import Path
from shutil import rmtree
from zipfile import ZipFile

import pytest

from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.state import read_run
from tests.conformance.corpus import CORPUS, needs_corpus
from tests.polling import eventually
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
    ("scheduling/git-integration/simple.yaml", ("--git-preset",)),
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


SAID = {
    "passing-params/args-inline-python.yaml": ("\nhello\n",),
    "passing-params/args-message.yaml": ("\nhello\n",),
    "passing-params/args-python/message.yaml": ("\nhello\n",),
    "passing-params/args-python/messages-all.yaml": ("\na b\n",),
    "passing-params/args-python/messages-explicit.yaml": ("\na b\n",),
    "passing-params/args-static.yaml": ("\nThis is a test\n",),
    "passing-params/dictionary.yaml": ("\nlearning_rate=0.1\nepochs=2\n",),
    "passing-params/env-vars.yaml": ("\nhello\n",),
    "passing-params/python-run-client.yaml": ("\n{'message': 'hello'}\n",),
    "passing-params/python-tracking.yaml": ("\n{'message': 'hello'}\n",),
}
"""What a file prints."""

SCORES = ("loss", "accuracy")
BEST = ("best_run", "best_loss")
OUTPUTS = {
    "scheduling/experimentation/operation.yaml": SCORES,
    "scheduling/experimentation/typed.yaml": SCORES,
    "scheduling/git-integration/simple.yaml": SCORES,
    "scheduling/hooks/slack-hook.yaml": SCORES,
    "scheduling/optimization/hyperparams_bo.yaml": BEST,
    "scheduling/optimization/hyperparams_hyperband.yaml": BEST,
    "scheduling/optimization/hyperparams_hyperopot.yaml": BEST,
    "scheduling/presets/polyaxonfile.yaml": SCORES,
}
"""What a file has among its outputs."""


@needs_corpus
@pytest.mark.parametrize(("file", "words"), [*EACH, *(ALL if IS_FULL else [])])
def test_a_public_file_succeeds_here(tmp_path: Path, file: str, words: tuple[str, ...]) -> None:
    ran = Place(tmp_path, CORPUS / "quick-start").run(file, words=words)
    assert (statuses(ran), ran.code) == ("succeeded", 0), ran.told
    assert all(word in ran.told for word in SAID.get(file, ())), ran.told
    assert {*OUTPUTS.get(file, ())} <= {*ran.document["outputs"]}


LAID = [
    ("experimentation/simple.yaml", ("helpers/resources.yaml",), ()),
    ("presets/polyaxonfile.yaml", ("presets/git-workingdir-preset.yaml",), ("--git-preset",)),
]
ALL_LAID = [
    ("experimentation/simple.yaml", ("helpers/debug.yaml",), ()),
    ("experimentation/simple.yaml", ("helpers/scheduling-preset.yaml",), ()),
    ("experimentation/simple.yaml", ("helpers/termination.yaml",), ()),
    ("experimentation/typed.yaml", ("presets/git-init.yaml",), ("-P", "epochs=1")),
    ("presets/polyaxonfile.yaml", ("presets/git-init.yaml",), ()),
    ("presets/polyaxonfile.yaml", ("presets/git-init.yaml", "presets/git-workingdir-preset.yaml"), ()),
    ("presets/polyaxonfile.yaml", ("presets/upload-workingdir-preset.yaml",), ("--upload",)),
]


@needs_corpus
@pytest.mark.parametrize(("file", "presets", "words"), [*LAID, *(ALL_LAID if IS_FULL else [])])
def test_public_presets_are_laid_over_a_file(
    tmp_path: Path, file: str, presets: tuple[str, ...], words: tuple[str, ...]
) -> None:
    ran = Place(tmp_path, CORPUS / "quick-start" / "scheduling").run(file, *presets, words=words)
    assert statuses(ran) == "succeeded", ran.told
    assert {*SCORES} <= {*ran.document["outputs"]}


def put_wheel(folder: Path, name: str) -> None:
    """Put a package into a folder that is empty but for its name."""
    folder.mkdir(exist_ok=True)
    about = f"{name}-1.dist-info"
    with ZipFile(folder / f"{name}-1-py3-none-any.whl", "w") as wheel:
        wheel.writestr(f"{about}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: 1\n")
        wheel.writestr(
            f"{about}/WHEEL", "Wheel-Version: 1.0\nGenerator: t\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        wheel.writestr(f"{about}/RECORD", "")


@needs_corpus
@pytest.mark.skipif(not IS_FULL, reason="it installs packages, in a folder of /tmp that the file names")
def test_the_public_simulation_runs_behind_what_it_installs(tmp_path: Path) -> None:
    for name in ("numpy", "pandas", "matplotlib"):
        put_wheel(tmp_path / "wheels", name)
    variables = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(tmp_path / "wheels")}
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    place = Place(tmp_path, CORPUS / "quick-start")
    ran = place.run("tracking/simulate.yaml", words=("-P", "epochs=2"), PATH=path, **variables)
    rmtree("/tmp/quick-start-deps", ignore_errors=True)
    assert statuses(ran) == "succeeded", ran.told
    words = ["--epochs=2", "--seed=42", "--batch-size=64", "--learning-rate=0.001"]
    assert ran.document["outputs"]["words"] == words


@needs_corpus
def test_the_public_workbench_goes_on_until_it_is_stopped(tmp_path: Path) -> None:
    place = Place(tmp_path, CORPUS / "quick-start")
    begun = place.type(
        "run", "-f", str(place.files / "tracking" / "simulator-workbench.yaml"), "--detach", "-o", "json"
    )
    folder = RunFolder(begun.document["path"])
    eventually(lambda: read_run(folder).status == "running", 120)
    stopped = place.type("ops", "stop", "-uid", folder.uuid)
    assert (stopped.code, read_run(folder).status) == (0, "stopped"), stopped.told


@needs_corpus
@pytest.mark.parametrize("file", ["recurrent_dag.yaml", *(["recurrent_training.yaml"] if IS_FULL else [])])
def test_a_public_schedule_begins(tmp_path: Path, file: str) -> None:
    ran = Place(tmp_path, CORPUS / "quick-start").run(f"scheduling/schedules/{file}")
    assert statuses(ran) == "on_schedule", ran.told
