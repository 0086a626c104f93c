/** The desk of page 1: one network and its runs. Loaded when it is first used. */
import { type Backend, ValueError } from "@crease/backend";
import { Dataset } from "@crease/datasets";
import type { Model } from "@crease/models";
import { getOptimizer } from "@crease/optimizers";
import { hostBackend, scope, setBackend, type Tensor, tensor } from "@crease/tensor";
import type { BackendName } from "../../compute/backendNames.ts";
import { openBackend } from "../../compute/backends.ts";
import type { CallContext } from "../../compute/serve.ts";
import type { Answer, LoadedModel, NetworkCalls, RunEnd, RunEvent } from "./calls.ts";
import { area, type Digits } from "./digits.ts";
import { Gate } from "./gate.ts";
import { flat, judge } from "./judge.ts";
import { buildModel, decodeModel, denseLayersOf, encodeModel } from "./modelFile.ts";
import { RunWatch } from "./runWatch.ts";
import type { Settings } from "./settings.ts";

/** A network and how many epochs it has learned. */
interface Network {
  readonly model: Model;
  isCompiled: boolean;
  epochs: number;
}

/** Trains, tests and keeps one network, one run at a time. */
export class Desk {
  #network: Network | undefined;
  #opened: { readonly name: BackendName; readonly backend: Backend; readonly threads: number } | undefined;
  #gate: Gate | undefined;

  /** See `NetworkCalls.train`. */
  async train(
    { train, test }: Digits,
    { settings, goOn, paused }: NetworkCalls["train"]["input"],
    { emit, signal }: CallContext<RunEvent>,
  ): Promise<RunEnd> {
    if (this.#gate !== undefined) throw busy();
    const gate = new Gate();
    this.#gate = gate;
    signal.addEventListener("abort", () => gate.open());
    if (paused) {
      gate.shut();
      gate.letOne();
    }
    const images: Tensor[] = [];
    try {
      const { backend, threads } = await this.#use(settings.backend);
      if (!goOn) this.reset();
      this.#network ??= { model: buildModel(settings), isCompiled: false, epochs: 0 };
      const network = this.#network;
      const { model } = network;
      if (!network.isCompiled) compile(model, settings);
      network.isCompiled = true;
      emit({ kind: "started", threads, parameters: model.countParams() });
      // Rows are picked on the host for the backends of TensorFlow.js, which would hold each byte in four.
      const place = settings.backend.startsWith("wasm") ? backend : hostBackend();
      images.push(
        tensor(train.images, { shape: [train.count, area], backend: place }),
        tensor(train.labels, { backend: place }),
      );
      const data = Dataset.fromTensors(images[0] as Tensor, images[1] as Tensor)
        .shuffle()
        .batch(settings.batchSize)
        .map(([x, y]) => [flat(x), y]);
      const watch = new RunWatch({
        gate,
        samples: train.count,
        before: network.epochs,
        tell: (progress) => emit({ kind: "progress", progress }),
        judge: async (at) => emit({ kind: "judgement", judgement: await judge(model, test, backend, at) }),
      });
      await model.fit(data, null, { epochs: settings.epochs, verbose: 0, callbacks: [watch], signal });
      network.epochs += settings.epochs;
      return watch.hasDiverged ? "diverged" : "done";
    } catch (error) {
      if (signal.aborted) return "stopped";
      throw error;
    } finally {
      for (const x of images) x.dispose();
      this.#gate = undefined;
    }
  }

  /** See `NetworkCalls.steer`. */
  steer(command: "pause" | "resume" | "step"): undefined {
    if (command === "pause") this.#gate?.shut();
    else if (command === "resume") this.#gate?.open();
    else this.#gate?.letOne();
  }

  /** See `NetworkCalls.classify`. */
  async classify(pixels: Float32Array<ArrayBuffer>): Promise<Answer | null> {
    const network = this.#network;
    if (network === undefined) return null;
    const { model } = network;
    const [outputs, units] = scope(() => {
      const x = tensor(pixels, { shape: [1, area], backend: model.backend });
      const layers = denseLayersOf(model);
      if (layers === undefined) return [model.apply(x)] as const;
      const hidden = layers[0].apply(x);
      return [layers[1].apply(hidden), hidden] as const;
    });
    const probabilities = Array.from((await outputs.data()) as Float32Array);
    const hidden = units === undefined ? null : new Float32Array((await units.data()) as Float32Array);
    outputs.dispose();
    units?.dispose();
    return { probabilities, hidden };
  }

  /** See `NetworkCalls.reset`. */
  reset(): undefined {
    this.#network?.model.dispose();
    this.#network = undefined;
  }

  /** See `NetworkCalls.saveModel`. */
  async saveModel(): Promise<Uint8Array<ArrayBuffer> | null> {
    return this.#network === undefined ? null : encodeModel(this.#network.model);
  }

  /** See `NetworkCalls.loadModel`. */
  async loadModel(
    { test }: Digits,
    { bytes, backend: name }: NetworkCalls["loadModel"]["input"],
  ): Promise<LoadedModel> {
    if (this.#gate !== undefined) throw busy();
    await this.#use(name);
    const { model, build } = await decodeModel(bytes);
    this.reset();
    this.#network = { model, isCompiled: false, epochs: 0 };
    return { build, judgement: await judge(model, test, model.backend, 0) };
  }

  /** The backend of that name, as the default one; the one before it is given up with the network on it. */
  async #use(name: BackendName): Promise<{ readonly backend: Backend; readonly threads: number }> {
    if (this.#opened?.name === name) return this.#opened;
    const opened = { name, ...(await openBackend(name)) };
    this.reset();
    const before = this.#opened?.backend;
    this.#opened = opened;
    setBackend(opened.backend);
    await before?.dispose();
    return opened;
  }
}

function compile(model: Model, { optimizer, learningRate }: Settings): void {
  model.compile({
    optimizer: getOptimizer({ className: optimizer, config: { learningRate } }),
    loss: "sparseCategoricalCrossentropy",
    metrics: ["accuracy"],
  });
}

function busy(): ValueError {
  return new ValueError({ op: "train", problem: "a run is under way", fix: "Reset it first" });
}
