"""The child process of the subject `torch`: PyTorch, eager; its loop neither shuffles nor counts accuracy."""
import time

import peer

BEGAN = time.perf_counter()
import torch  # noqa: E402


def digits_model():
    return torch.nn.Sequential(torch.nn.Linear(784, 512), torch.nn.ReLU(), torch.nn.Linear(512, 10))


def small_model():
    features, units = peer.SMALL["features"], peer.SMALL["units"]
    hidden = [torch.nn.Linear(features, units), torch.nn.ReLU(), torch.nn.Linear(units, units), torch.nn.ReLU()]
    return torch.nn.Sequential(*hidden, torch.nn.Linear(units, 1))


def step(model, loss_of, optimizer, x, y):
    optimizer.zero_grad()
    loss = loss_of(model(x), y)
    loss.backward()
    optimizer.step()
    return loss


def epoch_seconds(model, loss_of, optimizer, x, y, batch, budget):
    clock = peer.Clock(budget)
    enough = False
    while not enough:
        clock.begin()
        for i in range(0, len(x), batch):
            loss = step(model, loss_of, optimizer, x[i : i + batch], y[i : i + batch])
        loss.item()
        enough = clock.end()
    return clock.seconds


def rmsprop(model):
    return torch.optim.RMSprop(model.parameters(), lr=0.001, alpha=0.9, eps=1e-7)


def chapter2(task):
    images, labels = peer.digits(task["mnist"], "train", task["samples"])
    x, y = torch.from_numpy(images), torch.from_numpy(labels.astype("int64"))
    model = digits_model()
    epochs = epoch_seconds(model, torch.nn.CrossEntropyLoss(), rmsprop(model), x, y, 128, task["seconds"])
    return [peer.headline("chapter2", [len(x) / s for s in epochs])]


def small_net(task):
    x, y = map(torch.from_numpy, peer.small_samples())
    model = small_model()
    batch = peer.SMALL["batch"]
    optimizer = torch.optim.Adam(model.parameters())
    epochs = epoch_seconds(model, torch.nn.MSELoss(), optimizer, x, y, batch, task["seconds"])
    return [peer.headline("small-net", [len(x) / batch / s for s in epochs])]


def predict_one(task):
    model = small_model()
    x = torch.from_numpy(peer.numbers(peer.SMALL["features"], 3).reshape(1, -1))

    def call():
        with torch.no_grad():
            model(x).numpy()

    values = [s * 1e6 for s in peer.repeat(task["seconds"], call)]
    return [peer.headline("predict-one", values), {"metric": "direct call", "unit": "µs", "values": values}]


def evaluate(task):
    count = min(task["samples"], 10_000)
    images, labels = peer.digits(task["mnist"], "t10k", count)
    x, y = torch.from_numpy(images), torch.from_numpy(labels.astype("int64"))
    model = digits_model()
    loss_of = torch.nn.CrossEntropyLoss(reduction="sum")

    def run():
        loss, right = 0.0, 0
        with torch.no_grad():
            for i in range(0, count, 128):
                logits = model(x[i : i + 128])
                loss += loss_of(logits, y[i : i + 128])
                right += (logits.argmax(1) == y[i : i + 128]).sum()
        return float(loss), int(right)

    return [peer.headline("evaluate", [count / s for s in peer.repeat(task["seconds"], run, 3)])]


def gemm(task):
    figures = []
    shapes = [(512, 512, 512, ""), (128, 784, 512, ""), (784, 128, 512, "A"), (128, 512, 784, "B"), (128, 512, 10, "")]
    for m, k, n, transposed in shapes:
        a = torch.rand((k, m)).T if transposed == "A" else torch.rand((m, k))
        b = torch.rand((n, k)).T if transposed == "B" else torch.rand((k, n))
        values = [2e-9 * m * k * n / s for s in peer.repeat(task["seconds"] / 2, lambda: a @ b)]
        name = f"{m}x{k} by {k}x{n}" + (f", {transposed} transposed" if transposed else "")
        figures.append({"metric": name, "unit": "GFLOP/s", "values": values} if figures else peer.headline("gemm", values))
    return figures


def op(task):
    a, b, count = torch.tensor([1.0]), torch.tensor([2.0]), 100
    ops = {"add": lambda: a + b, "neg": lambda: -a, "sum": lambda: a.sum(), "add a number": lambda: a + 2}

    def timed(body):
        return [s * 1e6 / count for s in peer.repeat(task["seconds"] / 4, body)]

    def every():
        for _ in range(count // len(ops)):
            for body in ops.values():
                body()

    figures = [peer.headline("op", timed(every))]
    for name, body in ops.items():
        figures.append({"metric": name, "unit": "µs", "values": timed(lambda: [body() for _ in range(count)])})
    a.requires_grad_(True)
    figures.insert(1, {"metric": "one op, under a tape", "unit": "µs", "values": timed(every)})
    return figures


def start_up(task):
    model = digits_model()
    x, y = torch.zeros(128, 784), torch.zeros(128, dtype=torch.int64)
    step(model, torch.nn.CrossEntropyLoss(), rmsprop(model), x, y).item()
    return [peer.headline("start-up", [time.perf_counter() - BEGAN])]


MEASURES = {
    "chapter2": chapter2,
    "gemm": gemm,
    "op": op,
    "small-net": small_net,
    "predict-one": predict_one,
    "evaluate": evaluate,
    "start-up": start_up,
}

if __name__ == "__main__":
    given = peer.task()
    torch.set_num_threads(given["threads"])
    peer.answer(MEASURES[given["case"]](given), {"torch": torch.__version__})
