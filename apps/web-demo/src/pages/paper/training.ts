/** Training with a tape, step by step, that lets the worker hear messages in between. */
import { GradientTape } from "@crease/autograd";
import { BinaryCrossentropy } from "@crease/losses";
import type { Model } from "@crease/models";
import { Adam, ExponentialDecay } from "@crease/optimizers";
import { randomUniform, scope, type Tensor } from "@crease/tensor";
import type { Moment } from "./calls.ts";

/** Time in ms after which messages are heard. */
const patience = 12;
/** Steps after which the learning rate is 0.3 of what it was. */
const decaySteps = 500;

/** A model, the points that it learns to tell apart, and its optimizer. */
export class Training<M extends Model> {
  readonly model: M;
  readonly x: Tensor;
  readonly y: Tensor;
  readonly #optimizer: Adam;
  readonly #loss = new BinaryCrossentropy();
  readonly #batchSize: number;
  #steps = 0;

  /** It owns what it is given. A batch of as many points as there are is the same ones at each step. */
  constructor(model: M, x: Tensor, y: Tensor, options: { readonly batchSize: number; readonly learningRate: number }) {
    this.model = model;
    this.x = x;
    this.y = y;
    this.#batchSize = options.batchSize;
    // Ever smaller steps, and none too long: the sheets come to rest.
    const learningRate = new ExponentialDecay({
      initialLearningRate: options.learningRate,
      decaySteps,
      decayRate: 0.3,
    });
    this.#optimizer = new Adam({ learningRate, globalClipnorm: 1 });
  }

  /** Trains, and calls `show` now and then and after the last step, until the steps are done or the signal says stop. */
  async run(steps: number, signal: AbortSignal, show: () => Promise<void>): Promise<void> {
    const end = this.#steps + steps;
    let heard = performance.now();
    while (this.#steps < end && !signal.aborted) {
      this.#step();
      if (isShown(this.#steps) || this.#steps === end) await show();
      if (performance.now() - heard < patience) continue;
      await nextTask();
      heard = performance.now();
    }
  }

  #step(): void {
    scope(() => {
      const [x, y] = this.#batch();
      const weights = this.model.trainableWeights;
      const tape = new GradientTape();
      const loss = tape.record(() => this.#loss.apply(y, this.model.apply(x)));
      this.#optimizer.apply(tape.gradient(loss, weights), weights);
    });
    this.#steps++;
  }

  #batch(): readonly [Tensor, Tensor] {
    const count = this.x.shape[0] as number;
    if (this.#batchSize >= count) return [this.x, this.y];
    const rows = randomUniform([this.#batchSize], { min: 0, max: count, dtype: "int32", backend: this.x.backend });
    return [this.x.gather(rows), this.y.gather(rows)];
  }

  /** Loss and accuracy on all points. */
  async judge(): Promise<Moment> {
    const [loss, accuracy] = scope(() => {
      const probabilities = this.model.apply(this.x);
      const isRight = probabilities.greater(0.5).cast("float32").equal(this.y);
      return [this.#loss.apply(this.y, probabilities), isRight.cast("float32").mean()] as const;
    });
    const moment = {
      step: this.#steps,
      loss: (await loss.item()) as number,
      accuracy: (await accuracy.item()) as number,
    };
    loss.dispose();
    accuracy.dispose();
    return moment;
  }

  /** Gives everything up. */
  dispose(): void {
    this.model.dispose();
    this.#optimizer.dispose();
    this.x.dispose();
    this.y.dispose();
  }
}

/** Often at first, when much changes. */
function isShown(step: number): boolean {
  return step % (step <= 40 ? 4 : step <= 200 ? 10 : 25) === 0;
}

function nextTask(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
