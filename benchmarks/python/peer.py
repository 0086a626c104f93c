"""What the Python children share: the task, made-up data, MNIST, repeats, and the answer. Mirrors src/."""
import json
import sys
import time
from pathlib import Path

SMALL = {"samples": 3200, "features": 13, "units": 64, "batch": 32}
METRICS = {
    "chapter2": ("fit", "samples/s"),
    "gemm": ("512x512 by 512x512", "GFLOP/s"),
    "op": ("one op", "µs"),
    "small-net": ("fit", "steps/s"),
    "predict-one": ("predict", "µs"),
    "evaluate": ("evaluate", "samples/s"),
    "start-up": ("import to first trained step", "s"),
}


def task():
    """The case, subject, threads, seconds, samples and MNIST folder that this process was started with."""
    return json.loads(sys.argv[1])


def headline(case, values):
    """The case's own figure."""
    metric, unit = METRICS[case]
    return {"metric": metric, "unit": unit, "values": list(values)}


def answer(figures, versions):
    """Hands the figures to the parent process."""
    versions = {"python": sys.version.split()[0], **versions}
    print("\nbench-answer " + json.dumps({"figures": figures, "versions": versions}), flush=True)


def numbers(count, seed):
    """Numbers from -1 to 1, the same as in src/numbers.ts."""
    import numpy as np

    values = np.empty(count, dtype=np.float32)
    state = seed
    for i in range(count):
        state = (state * 1664525 + 1013904223) & 0xFFFFFFFF
        values[i] = state / 2**31 - 1
    return values


def small_samples():
    """Samples and targets of small-net."""
    count, features = SMALL["samples"], SMALL["features"]
    return numbers(count * features, 1).reshape(count, features), numbers(count, 2).reshape(count, 1)


def digits(folder, name, count):
    """The first digits of a set: rows of 784 numbers from 0 to 1, and labels."""
    import numpy as np

    images = np.fromfile(Path(folder) / f"{name}-images-idx3-ubyte", dtype=np.uint8, offset=16)
    labels = np.fromfile(Path(folder) / f"{name}-labels-idx1-ubyte", dtype=np.uint8, offset=8)
    return (images[: count * 784].reshape(-1, 784) / 255).astype("float32"), labels[:count]


def repeat(seconds, body, fewest=20):
    """Seconds of each repeat, after a warm-up of a quarter of the time; at least `fewest`."""
    for share, least, keep in ((seconds / 4, fewest // 4, False), (seconds, fewest, True)):
        times = []
        until = time.perf_counter() + share
        while len(times) < least or time.perf_counter() < until:
            began = time.perf_counter()
            body()
            times.append(time.perf_counter() - began)
    return times


class Clock:
    """Seconds of each epoch, the first left out; `end` says when there were enough."""

    def __init__(self, budget):
        self.budget, self.count, self.began, self.seconds = budget, 0, 0.0, []

    def begin(self):
        self.began = time.perf_counter()

    def end(self):
        seconds = time.perf_counter() - self.began
        self.count += 1
        if self.count == 1:
            return False
        self.seconds.append(seconds)
        return sum(self.seconds) >= self.budget
