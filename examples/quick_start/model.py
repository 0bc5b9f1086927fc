"""The quick start as a plain script, which typed.yml and as_args.yml start."""

from argparse import ArgumentParser, Namespace

import tensorflow as tf
from digits import create_model, load_digits

from polyaxon_integrations.keras import PolyaxonKerasCallback, PolyaxonKerasModelCheckpoint
from polyaxon_sdk import tracking


def parse_arguments() -> Namespace:
    """The command line of this script: one option an input of typed.yml."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--epochs", type=int, required=True)
    parser.add_argument("--conv1_size", type=int, default=32)
    parser.add_argument("--conv2_size", type=int, default=64)
    parser.add_argument("--dropout", type=float, default=0.2)
    parser.add_argument("--hidden1_size", type=int, default=500)
    parser.add_argument("--conv_activation", default="relu")
    parser.add_argument("--dense_activation", default="relu")
    parser.add_argument("--optimizer", default="adam")
    parser.add_argument("--log_learning_rate", type=int, default=-3)
    return parser.parse_args()


def main() -> None:
    """Train with what the command line says."""
    settings = vars(parse_arguments())
    epochs = settings.pop("epochs")

    tracking.init()
    training_set, validation_set = load_digits()
    tensorboard = tf.keras.callbacks.TensorBoard(
        log_dir=tracking.get_tensorboard_path(), histogram_freq=1, update_freq=100
    )
    create_model(**settings).fit(
        *training_set,
        epochs=epochs,
        validation_data=validation_set,
        callbacks=[tensorboard, PolyaxonKerasCallback(), PolyaxonKerasModelCheckpoint()],
        verbose=2,
    )


if __name__ == "__main__":
    main()
