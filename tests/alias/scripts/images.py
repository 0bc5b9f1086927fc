"""A small network on images, with the public names of Keras' callback; the images come from the cache of Keras."""

import argparse

import tensorflow as tf
from tensorflow.keras.datasets import fashion_mnist

from polyaxon import tracking
from polyaxon.tracking.contrib.keras import PolyaxonCallback

if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--epochs", type=int, default=1)
    arguments = parser.parse_args()

    (x_train, y_train), (x_test, y_test) = fashion_mnist.load_data()
    x_train, x_test = x_train.astype("float32") / 255, x_test.astype("float32") / 255

    tracking.init()
    tracking.log_data_ref(content=x_train, name="x_train")
    tracking.log_data_ref(content=y_train, name="y_train")
    callback = PolyaxonCallback(model_ext=".keras")
    board = tf.keras.callbacks.TensorBoard(log_dir=tracking.get_tensorboard_path(), update_freq=100)
    print("model_dir", callback.filepath)

    layers = [
        tf.keras.layers.Input((28, 28)),
        tf.keras.layers.Flatten(),
        tf.keras.layers.Dense(10, "softmax"),
    ]
    model = tf.keras.Sequential(layers)
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    model.fit(
        x_train,
        y_train,
        epochs=arguments.epochs,
        validation_data=(x_test, y_test),
        callbacks=[board, callback],
        verbose=0,
    )
