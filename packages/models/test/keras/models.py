"""Small Keras models of many kinds, trained a little, with what they predict and what they learn next.

python models.py write FOLDER [NAME...]   files of models, and index.json
python models.py check FOLDER             loads the files that index.json says were written elsewhere
python models.py fixtures                 the compressed files beside this script
"""

import gzip
import json
import os
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np
from keras import layers as L
from keras import optimizers as O

TRAINING_STEPS = 3


def numbers(*shape, seed=0):
    return np.random.RandomState(seed).uniform(-1, 1, shape).astype("float32")


def stack(optimizer, loss="mse"):
    """Dense layers with one output."""
    model = keras.Sequential(
        [keras.Input((3,)), L.Dense(4, activation="tanh"), L.Dense(2, activation="sigmoid")]
    )
    model.compile(optimizer=optimizer, loss=loss)
    return model, [numbers(6, 3)], [numbers(6, 2, seed=1)]


def work():
    """Layers for dense work, with moving statistics."""
    model = keras.Sequential(
        [
            keras.Input((4, 6)),
            L.LayerNormalization(),
            L.EinsumDense("abc,cd->abd", output_shape=(4, 5), bias_axes="d", activation="hard_silu"),
            L.GroupNormalization(groups=5),
            L.PReLU(shared_axes=[1]),
            L.Flatten(),
            L.BatchNormalization(momentum=0.9),
            L.Dropout(0),
            L.Dense(
                6,
                activation="leaky_relu",
                kernel_regularizer=keras.regularizers.L1L2(0.01, 0.02),
                kernel_constraint=keras.constraints.MaxNorm(2),
                kernel_initializer=keras.initializers.VarianceScaling(2, "fan_avg", "untruncated_normal"),
            ),
            L.Reshape((2, 3)),
            L.RMSNormalization(),
            L.UnitNormalization(),
            L.Flatten(),
            L.Dense(3, activation="softmax"),
        ]
    )
    model.compile(
        optimizer="adam",
        loss=keras.losses.CategoricalCrossentropy(label_smoothing=0.1),
        metrics=["accuracy", keras.metrics.AUC(num_thresholds=7, name="area")],
    )
    return model, [numbers(5, 4, 6)], [np.eye(3, dtype="float32")[[0, 2, 1, 1, 0]]]


def graph():
    """A functional model: two inputs, a shared layer, a nested model, outputs by name."""
    first = keras.Input((3,), name="first")
    second = keras.Input((2,), name="second")
    shared = L.Dense(4, activation="relu", name="shared")
    inner = keras.Sequential([keras.Input((4,)), L.Dense(3), L.BatchNormalization()], name="inner")
    side = keras.Input((3,))
    deep = keras.Model(side, L.Dense(2, name="deepest")(side), name="deep")
    left = inner(shared(first))
    right = shared(L.Dense(3)(second))
    joined = L.Concatenate()([left, deep(left), right])
    score = L.Dense(1, name="score")(joined)
    kind = L.Dense(3, activation="softmax", name="kind")(L.Add()([left, L.Dense(3)(right)]))
    model = keras.Model([first, second], {"score": score, "kind": kind})
    model.compile(
        optimizer=O.SGD(0.05, momentum=0.9, nesterov=True),
        loss={"score": "mse", "kind": "sparse_categorical_crossentropy"},
        loss_weights={"score": 0.5, "kind": 2.0},
        metrics={"kind": ["accuracy"]},
    )
    inputs = [numbers(6, 3), numbers(6, 2, seed=2)]
    return model, inputs, [np.array([0, 1, 2, 2, 1, 0]), numbers(6, 1, seed=1)]


def merging():
    """Layers that merge, activate and rearrange."""
    a, b = keras.Input((4,), name="a"), keras.Input((4,), name="b")
    x, y = L.Dense(4, kernel_initializer="orthogonal")(a), L.Dense(4, use_bias=False)(b)
    parts = [L.Add()([x, y]), L.Subtract()([x, y]), L.Multiply()([x, y]), L.Average()([x, y])]
    parts += [L.Maximum()([x, y]), L.Minimum()([x, y]), L.Dot(axes=1, normalize=True)([x, y])]
    parts += [L.ReLU(max_value=1.0, negative_slope=0.1)(x), L.LeakyReLU(0.2)(y), L.ELU(0.5)(x), L.Softmax()(y)]
    parts += [L.Activation("gelu")(x), L.Rescaling(2.0, offset=1.0)(y), L.Identity()(x), L.GaussianNoise(0.0)(y)]
    joined = L.Concatenate(axis=-1)(parts)
    repeated = L.Permute((2, 1))(L.RepeatVector(2)(joined))
    model = keras.Model({"a": a, "b": b}, L.Dense(1)(L.Flatten()(repeated)))
    model.compile(optimizer=O.AdamW(0.01), loss="log_cosh", weighted_metrics=["mae"])
    return model, [numbers(5, 4), numbers(5, 4, seed=2)], [numbers(5, 1, seed=1)]


def frozen():
    """A layer that is not trained."""
    model = keras.Sequential([keras.Input((3,)), L.Dense(4), L.BatchNormalization(), L.Dense(1)])
    model.layers[0].trainable = False
    model.layers[1].trainable = False
    model.compile(optimizer="adam", loss="mae")
    return model, [numbers(6, 3)], [numbers(6, 1, seed=1)]


def embedding():
    model = keras.Sequential([keras.Input((4,), dtype="int32"), L.Embedding(7, 3), L.Flatten(), L.Dense(1)])
    # Without state, since TensorFlow's sparse gradients change only what was met.
    model.compile(optimizer=O.SGD(0.1), loss=keras.losses.Huber())
    ids = np.random.RandomState(3).randint(0, 7, (6, 4)).astype("int32")
    return model, [ids], [numbers(6, 1, seed=1)]


def lookups():
    """Preprocessing layers with what they learned: vocabularies as assets, means as weights."""
    words = L.StringLookup(output_mode="tf_idf", num_oov_indices=2)
    words.adapt([["a", "b", "a"], ["c", "b", "d"]])
    texts = L.TextVectorization(output_mode="tf_idf")
    texts.adapt(["Hello there!", "hello again, you there"])
    ids = L.IntegerLookup(output_mode="multi_hot")
    ids.adapt([[7, 8, 7], [9, 7, 8]])
    size = L.Normalization()
    size.adapt(numbers(9, 2, seed=4))
    bins = L.Discretization(num_bins=3, output_mode="one_hot")
    bins.adapt(numbers(50, seed=5))
    inputs = [
        keras.Input((2,), dtype="string", name="words"),
        keras.Input((), dtype="string", name="texts"),
        keras.Input((2,), dtype="int32", name="ids"),
        keras.Input((2,), name="sizes"),
        keras.Input((1,), name="bins"),
    ]
    layers = [words, texts, ids, size, bins]
    outputs = L.Concatenate()([layer(x) for layer, x in zip(layers, inputs)])
    model = keras.Model(inputs, L.Dense(2)(outputs))
    model.compile(optimizer=O.SGD(0.1), loss="mse")
    x = [
        np.array([["a", "b"], ["c", "z"], ["d", "a"]], dtype=object),
        np.array(["hello you", "nobody there", "again"], dtype=object),
        np.array([[7, 1], [8, 9], [9, 9]], "int32"),
        numbers(3, 2, seed=6),
        numbers(3, 1, seed=7),
    ]
    return model, x, [numbers(3, 2, seed=8)]


def schedules():
    cosine = O.schedules.CosineDecay(0.01, 20, alpha=0.1, warmup_target=0.05, warmup_steps=4)
    return {
        "exponential": O.schedules.ExponentialDecay(0.05, 2, 0.8, staircase=True),
        "piecewise": O.schedules.PiecewiseConstantDecay([3, 5], [0.1, 0.05, 0.01]),
        "polynomial": O.schedules.PolynomialDecay(0.1, 9, 0.01, power=0.5, cycle=True),
        "inverse_time": O.schedules.InverseTimeDecay(0.1, 3, 0.5),
        "cosine": cosine,
        "cosine_restarts": O.schedules.CosineDecayRestarts(0.1, 3, m_mul=0.9),
    }


def all_optimizers():
    made = {
        "sgd": O.SGD(0.05),
        "sgd_momentum": O.SGD(0.05, momentum=0.8, nesterov=True, weight_decay=0.01),
        "rmsprop": O.RMSprop(0.01),
        "rmsprop_centered": O.RMSprop(0.01, momentum=0.5, centered=True, epsilon=1e-3),
        "adagrad": O.Adagrad(0.05),
        "adadelta": O.Adadelta(0.5),
        "adam": O.Adam(0.02, clipnorm=1.0),
        "adam_amsgrad": O.Adam(0.02, amsgrad=True, use_ema=True, ema_momentum=0.9),
        "adam_accumulating": O.Adam(0.02, gradient_accumulation_steps=2, global_clipnorm=0.5),
        "adamw": O.AdamW(0.02, weight_decay=0.1),
        "adamax": O.Adamax(0.02),
        "nadam": O.Nadam(0.02),
        "ftrl": O.Ftrl(0.05, l1_regularization_strength=0.01),
        "lion": O.Lion(0.005),
        "lamb": O.Lamb(0.02),
        "adafactor": O.Adafactor(0.05),
        "muon": O.Muon(0.02),
    }
    return made | {f"schedule_{name}": O.SGD(schedule, momentum=0.5) for name, schedule in schedules().items()}


def cases():
    built = {"work": work, "graph": graph, "merging": merging, "frozen": frozen, "embedding": embedding, "lookups": lookups}
    for name, optimizer in all_optimizers().items():
        built[name] = lambda optimizer=optimizer: stack(optimizer)
    return built


def listed(value):
    if isinstance(value, dict):
        # In the order of the names, as Keras sorts them.
        return [value[name] for name in sorted(value)]
    return list(value) if isinstance(value, (list, tuple)) else [value]


def plain(arrays):
    return [
        {"shape": list(a.shape), "dtype": "string", "data": a.reshape(-1).tolist()}
        if a.dtype == object
        else {"shape": list(a.shape), "dtype": str(a.dtype), "data": np.asarray(a, "float64").reshape(-1).tolist()}
        for a in arrays
    ]


def array(x):
    return np.array(x["data"], object if x["dtype"] == "string" else x["dtype"]).reshape(x["shape"])


def targets_for(model, targets):
    return dict(zip(sorted(model.output_names), targets)) if len(targets) > 1 else targets[0]


def fed(model, inputs):
    """NumPy's objects are no texts for Keras; some models take their inputs by name."""
    tensors = [keras.ops.convert_to_tensor(x.astype(str)) if x.dtype == object else x for x in inputs]
    if not isinstance(model, keras.Sequential) and isinstance(model.input, dict):
        return dict(zip(sorted(model.input), tensors))
    return tensors if len(tensors) > 1 else tensors[0]


def train(model, inputs, targets, steps=TRAINING_STEPS):
    x = fed(model, inputs)
    for _ in range(steps):
        model.train_on_batch(x, targets_for(model, targets))


def predict(model, inputs):
    x = fed(model, inputs)
    return listed(model.predict(x, verbose=0))


def write(folder, names):
    """Files of trained models, and what they do next."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    index = {}
    for name, make in cases().items():
        if names and name not in names:
            continue
        keras.utils.set_random_seed(7)
        model, inputs, targets = make()
        train(model, inputs, targets, 5)
        model.save(folder / f"{name}.keras")
        model.save_weights(folder / f"{name}.weights.h5")
        files = [f"{name}.keras", f"{name}.weights.h5"]
        # Into its legacy files Keras can write no placeholders of equal names, and writes no vocabularies.
        if name not in ("adafactor", "lookups"):
            model.save(folder / f"{name}.h5")
            files.append(f"{name}.h5")
        entry = {"files": files, "inputs": plain(inputs), "targets": plain(targets)}
        entry["predictions"] = plain(predict(model, inputs))
        train(model, inputs, targets)
        entry["after"] = plain(predict(model, inputs))
        entry["steps"] = TRAINING_STEPS
        index[name] = entry
    (folder / "index.json").write_text(json.dumps(index) + "\n")


def difference(actual, expected):
    return max(
        float(np.max(np.abs(np.asarray(a, "float64").reshape(-1) - np.array(e["data"])), initial=0))
        for a, e in zip(actual, expected, strict=True)
    )


def check(folder):
    """Loads files that were written elsewhere and prints how far predictions are from those in index.json."""
    folder = Path(folder)
    index = json.loads((folder / "index.json").read_text())
    report = {}
    for name, entry in index.items():
        inputs, targets = [[array(x) for x in entry[key]] for key in ("inputs", "targets")]
        for file in entry["written"]:
            # Keras cannot compile its own legacy files anew: it looks for losses among metrics.
            is_legacy = file.endswith(".h5")
            model = keras.saving.load_model(folder / file, compile=not is_legacy)
            before = difference(predict(model, inputs), entry["predictions"])
            if is_legacy:
                report[file] = {"before": before}
                continue
            iterations = int(model.optimizer._iterations.numpy())
            train(model, inputs, targets)
            report[file] = {
                "before": before,
                "after": difference(predict(model, inputs), entry["after"]),
                "iterations": iterations,
            }
        for file in entry.get("weights", []):
            model = keras.saving.load_model(folder / entry["written"][0])
            for variable in model.weights:
                variable.assign(np.zeros(variable.shape, variable.dtype))
            model.load_weights(folder / file)
            report[file] = {"before": difference(predict(model, inputs), entry["predictions"])}
    print(json.dumps(report))


def fixtures():
    """A few of the files, small enough for the repository: Keras's are mostly zeros."""
    kept = {"graph": ["graph.keras"], "adam_amsgrad": ["adam_amsgrad.keras"], "nadam": ["nadam.h5"], "lookups": ["lookups.keras"]}
    here = Path(__file__).parent / "fixtures"
    here.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        write(folder, list(kept))
        index = json.loads((Path(folder) / "index.json").read_text())
        for name, files in kept.items():
            index[name]["files"] = files
            for file in files:
                data = gzip.compress((Path(folder) / file).read_bytes(), mtime=0)
                (here / f"{file}.gz").write_bytes(data)
    (here / "index.json").write_text(json.dumps(index, indent=1) + "\n")


if __name__ == "__main__":
    command, *rest = sys.argv[1:]
    {"write": lambda folder, *names: write(folder, names), "check": check, "fixtures": fixtures}[command](*rest)
