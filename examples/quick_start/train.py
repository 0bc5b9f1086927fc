"""The quick start as one decorated function.

polyaxon run -pm examples/quick_start/train.py:train -P epochs=3 -l
python examples/quick_start/train.py --epochs 1
"""

from typing import Literal, NamedTuple

from polyaxon_sdk import component, tracking

Activation = Literal["relu", "elu", "selu", "tanh", "sigmoid"]
Optimizer = Literal["adam", "rmsprop", "sgd"]


class Scores(NamedTuple):
    """What training returns: the run's typed outputs."""

    loss: float
    accuracy: float


@component
def train(
    epochs: int,
    conv1_size: int = 32,
    conv2_size: int = 64,
    dropout: float = 0.2,
    hidden1_size: int = 500,
    conv_activation: Activation = "relu",
    dense_activation: Activation = "relu",
    optimizer: Optimizer = "adam",
    log_learning_rate: int = -3,
) -> Scores:
    """Train a small convolutional network on handwritten digits.

    Args:
        epochs: passes over the training set
        conv1_size: filters of the first convolution
        conv2_size: filters of the second convolution
        dropout: share of the features left out while training
        hidden1_size: units of the hidden layer
        conv_activation: activation of both convolutions
        dense_activation: activation of the hidden layer
        optimizer: what walks down the loss
        log_learning_rate: the learning rate, as a power of ten
    """
    # TensorFlow takes seconds to import; who only reads the signature doesn't wait for it.
    import tensorflow as tf
    from digits import create_model, load_digits

    from polyaxon_integrations.keras import PolyaxonKerasCallback, PolyaxonKerasModelCheckpoint

    tracking.init()
    training_set, validation_set = load_digits()
    model = create_model(
        conv1_size=conv1_size,
        conv2_size=conv2_size,
        dropout=dropout,
        hidden1_size=hidden1_size,
        conv_activation=conv_activation,
        dense_activation=dense_activation,
        optimizer=optimizer,
        log_learning_rate=log_learning_rate,
    )
    tensorboard = tf.keras.callbacks.TensorBoard(
        log_dir=tracking.get_tensorboard_path(), histogram_freq=1, update_freq=100
    )
    history = model.fit(
        *training_set,
        epochs=epochs,
        validation_data=validation_set,
        callbacks=[tensorboard, PolyaxonKerasCallback(), PolyaxonKerasModelCheckpoint()],
        verbose=2,
    ).history
    return Scores(loss=history["loss"][-1], accuracy=history["accuracy"][-1])


main = train

if __name__ == "__main__":
    train.cli()
