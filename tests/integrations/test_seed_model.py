"""The quick start's model.py, word for word, with a small model and the names that it imports."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.seeds.snippets import snippet
from tests.terminal import Terminal

BEFORE = """
from argparse import Namespace

import numpy as np
import tensorflow as tf
from polyaxon import tracking
from polyaxon.tracking.contrib.keras import PolyaxonKerasCallback, PolyaxonKerasModelCheckpoint

args = Namespace(
    conv1_size=2, conv2_size=2, dropout=0.2, hidden1_size=4, conv_activation="relu", dense_activation="relu",
    optimizer="adam", log_learning_rate=-3, loss="categorical_crossentropy", epochs=2,
)
source = np.random.default_rng(1)
X_train = X_test = source.random((16, 8, 8, 1))
y_train = y_test = np.eye(10)[source.integers(10, size=16)]


def create_model(conv1_size, conv2_size, dropout, hidden1_size, conv_activation, dense_activation, optimizer,
                 log_learning_rate, loss, num_classes):
    layers = tf.keras.layers
    model = tf.keras.Sequential([
        layers.Conv2D(conv1_size, 3, activation=conv_activation),
        layers.Conv2D(conv2_size, 3, activation=conv_activation),
        layers.Dropout(dropout),
        layers.Flatten(),
        layers.Dense(hidden1_size, activation=dense_activation),
        layers.Dense(num_classes, activation="softmax"),
    ])
    model.compile(optimizer=tf.keras.optimizers.get(optimizer), loss=loss, metrics=["accuracy"])
    return model


"""


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Terminal:
    """The terminal after the model was trained."""
    folder = tmp_path_factory.mktemp("quick-start")
    (folder / "model.py").write_text(BEFORE + snippet("000-model.py.txt"))
    terminal = Terminal(folder, folder / "home")
    done = terminal.type("python -m polyaxon_sdk.alias model.py")
    assert done.returncode == 0, done.stderr
    return terminal


@pytest.mark.fit
def test_four_results_are_logged_without_being_declared(trained: Terminal) -> None:
    outputs = trained.last_run()["outputs"]
    assert {"loss", "accuracy", "val_loss", "val_accuracy"} <= set(outputs)


@pytest.mark.fit
def test_the_models_and_the_tensorboard_are_kept(trained: Terminal) -> None:
    outputs = Path(trained.last_run()["path"]) / "outputs"
    assert [path.name for path in sorted(outputs.glob("*.keras"))] == ["checkpoint.keras", "model.keras"]
    assert list(outputs.rglob("events.out.tfevents.*"))


@pytest.mark.fit
def test_the_lineage_names_what_was_kept(trained: Terminal) -> None:
    shown = trained.type("polyaxon ops lineage -o json").stdout
    assert [name for name in ("tensorboard", "checkpoint", "model") if f'"{name}"' not in shown] == []
