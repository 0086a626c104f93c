"""The child process of the subject `keras`: Keras 3 on TensorFlow with its default threads."""
import os
import time

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ["KERAS_BACKEND"] = "tensorflow"

import peer  # noqa: E402

MOST_EPOCHS = 10_000


def digits_model():
    import keras

    layers = [keras.layers.Dense(512, activation="relu"), keras.layers.Dense(10, activation="softmax")]
    model = keras.Sequential(layers)
    model.compile(optimizer="rmsprop", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


def small_model():
    import keras

    units = peer.SMALL["units"]
    model = keras.Sequential([*(keras.layers.Dense(units, activation="relu") for _ in range(2)), keras.layers.Dense(1)])
    model.compile(optimizer="adam", loss="mean_squared_error")
    return model


def fit_seconds(model, x, y, batch, budget):
    import keras

    clock = peer.Clock(budget)

    class ClockCallback(keras.callbacks.Callback):
        def on_epoch_begin(self, epoch, logs=None):
            clock.begin()

        def on_epoch_end(self, epoch, logs=None):
            if clock.end():
                self.model.stop_training = True

    model.fit(x, y, epochs=MOST_EPOCHS, batch_size=batch, verbose=0, callbacks=[ClockCallback()])
    return clock.seconds


def chapter2(task):
    x, y = peer.digits(task["mnist"], "train", task["samples"])
    return [peer.headline("chapter2", [len(x) / s for s in fit_seconds(digits_model(), x, y, 128, task["seconds"])])]


def small_net(task):
    x, y = peer.small_samples()
    batch = peer.SMALL["batch"]
    epochs = fit_seconds(small_model(), x, y, batch, task["seconds"])
    return [peer.headline("small-net", [len(x) / batch / s for s in epochs])]


def predict_one(task):
    model = small_model()
    x = peer.numbers(peer.SMALL["features"], 3).reshape(1, -1)
    predict = peer.repeat(task["seconds"], lambda: model.predict(x, verbose=0))
    call = peer.repeat(task["seconds"], lambda: model(x).numpy())
    return [
        peer.headline("predict-one", [s * 1e6 for s in predict]),
        {"metric": "direct call", "unit": "µs", "values": [s * 1e6 for s in call]},
    ]


def evaluate(task):
    count = min(task["samples"], 10_000)
    x, y = peer.digits(task["mnist"], "t10k", count)
    model = digits_model()
    times = peer.repeat(task["seconds"], lambda: model.evaluate(x, y, batch_size=128, verbose=0), 3)
    return [peer.headline("evaluate", [count / s for s in times])]


def start_up(task):
    began = time.perf_counter()
    import numpy as np

    model = digits_model()
    x, y = np.zeros((128, 784), "float32"), np.zeros(128, "uint8")
    float(model.train_on_batch(x, y)[0])
    return [peer.headline("start-up", [time.perf_counter() - began])]


MEASURES = {
    "chapter2": chapter2,
    "small-net": small_net,
    "predict-one": predict_one,
    "evaluate": evaluate,
    "start-up": start_up,
}

if __name__ == "__main__":
    given = peer.task()
    figures = MEASURES[given["case"]](given)
    import keras
    import tensorflow as tf

    peer.answer(figures, {"keras": keras.__version__, "tensorflow": tf.__version__})
