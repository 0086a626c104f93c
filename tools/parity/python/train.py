"""Trains the nets of nets.json in Keras; writes batches, initial weights, losses and Keras's names as JSON.

    python train.py nets.json out.json
"""

import inspect
import json
import os
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")

import keras
import numpy as np

MODULES = ["optimizers", "optimizers.schedules", "losses", "metrics", "activations", "initializers", "regularizers",
           "constraints", "layers", "callbacks", "utils", "datasets", "models"]


def public_names(path):
    """The classes and functions of a module of Keras; of its data sets, which are modules, these."""
    module = keras
    for part in path.split("."):
        module = getattr(module, part)
    kinds = [inspect.ismodule] if path == "datasets" else [inspect.isclass, inspect.isfunction]
    return sorted(
        name
        for name in dir(module)
        if not name.startswith("_")
        and any(test(getattr(module, name)) for test in kinds)
    )


def part(value):
    """`["L2", {...}]` as Keras's own form of a regularizer or constraint."""
    if isinstance(value, list) and len(value) == 2 and isinstance(value[0], str):
        return {"class_name": value[0], "config": value[1]}
    return value


def build(net):
    dtype = "int32" if "integers" in net else "float32"
    layers = [keras.Input(tuple(net["input"]), dtype=dtype)]
    for name, config in net["layers"]:
        options = {}
        for key, value in config.items():
            is_part = key.endswith(("regularizer", "constraint"))
            options[key] = part(value) if is_part else tuple(value) if key.endswith("shape") else value
        layers.append(getattr(keras.layers, name)(**options))
    return keras.Sequential(layers)


def targets(kind, rows, width, rng):
    if kind == "classes":
        return rng.integers(0, width, rows).astype("int32")
    if kind == "one-hot":
        return np.eye(width, dtype="float32")[rng.integers(0, width, rows)]
    if kind == "bits":
        return rng.integers(0, 2, (rows, width)).astype("float32")
    if kind == "counts":
        return rng.integers(1, 6, (rows, width)).astype("float32")
    return rng.normal(size=(rows, width)).astype("float32")


def tensor(array):
    return {"shape": list(array.shape), "dtype": str(array.dtype), "data": array.ravel().tolist()}


def train(spec, run, seed):
    net = spec["nets"][run["net"]]
    rng = np.random.default_rng(seed)
    keras.utils.set_random_seed(seed)
    rows = spec["steps"] * spec["batch"]
    shape = (rows, *net["input"])
    x = rng.integers(0, net["integers"], shape).astype("int32") if "integers" in net else rng.normal(size=shape).astype("float32")
    model = build(net)
    y = targets(run["target"], rows, model.output_shape[-1], rng)
    optimizer, loss = run["optimizer"], run["loss"]
    model.compile(
        optimizer=getattr(keras.optimizers, optimizer[0])(**optimizer[1]),
        loss=getattr(keras.losses, loss[0])(**loss[1]),
        jit_compile=False,
    )
    weights = [w.numpy() for layer in model.layers for w in layer.weights]
    losses = []
    for step in range(spec["steps"]):
        at = slice(step * spec["batch"], (step + 1) * spec["batch"])
        model.reset_metrics()
        losses.append(float(model.train_on_batch(x[at], y[at])))
    return {"x": tensor(x), "y": tensor(y), "weights": [tensor(w) for w in weights], "losses": losses}


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        spec = json.load(file)
    result = {
        "keras": keras.__version__,
        "backend": keras.backend.backend(),
        "names": {path: public_names(path) for path in MODULES},
        "runs": [train(spec, run, seed) for seed, run in enumerate(spec["runs"])],
    }
    with open(sys.argv[2], "w", encoding="utf-8") as file:
        json.dump(result, file)


main()
