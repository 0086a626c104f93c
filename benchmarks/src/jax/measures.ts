/** Training and matrix products in jax-js. */
import { blockUntilReady, defaultDevice, init, nn, numpy as np } from "@jax-js/jax";
import { readDigits } from "../digits.ts";
import { EpochClock } from "../epochClock.ts";
import { numbers } from "../numbers.ts";
import { gflops, products } from "../products.ts";
import { repeat } from "../repeat.ts";
import { type Figure, headline, type Task } from "../task.ts";
import { compileStep, initialState } from "./network.ts";

/** Starts its WebAssembly device. */
export async function start(): Promise<void> {
  await init("wasm");
  defaultDevice("wasm");
}

/** Samples a second of a loop of compiled steps; it neither shuffles nor counts accuracy. The last, short batch is left out. */
export async function chapter2({ samples, seconds, mnist }: Task): Promise<Figure[]> {
  await start();
  const { images, labels } = readDigits(mnist, "train", samples);
  const steps = Math.floor(samples / 128);
  const rate = async (optimizer: "rmsprop" | "sgd"): Promise<number[]> => {
    const step = compileStep(optimizer);
    const clock = new EpochClock(seconds);
    let state = initialState();
    let isEnough = false;
    while (!isEnough) {
      clock.begin();
      for (let i = 0; i < steps; i++) {
        const x = np.array(images.subarray(i * 128 * 784, (i + 1) * 128 * 784), { shape: [128, 784] });
        const y = nn.oneHot(
          np.array(Int32Array.from(labels.subarray(i * 128, (i + 1) * 128)), { dtype: np.int32 }),
          10,
        );
        const [next, loss] = step(state, x, y);
        state = next;
        if (i === steps - 1) await loss.data();
        else loss.dispose();
      }
      await blockUntilReady(state);
      isEnough = clock.end();
    }
    return clock.seconds.map((epoch) => (steps * 128) / epoch);
  };
  const figure = headline("chapter2", await rate("rmsprop"));
  return [figure, { metric: "fit, SGD", unit: "samples/s", values: await rate("sgd") }];
}

/** GFLOP/s of each product, an operand transposed as part of it. */
export async function gemm({ seconds }: Task): Promise<Figure[]> {
  await start();
  const figures: Figure[] = [];
  for (const product of products) {
    const { name, m, k, n, transposeA, transposeB } = product;
    const a = np.array(numbers(m * k, 0), { shape: transposeA ? [k, m] : [m, k] });
    const b = np.array(numbers(k * n, 1), { shape: transposeB ? [n, k] : [k, n] });
    const run = async (): Promise<void> => {
      const y = np.matmul(transposeA ? a.ref.transpose() : a.ref, transposeB ? b.ref.transpose() : b.ref);
      await blockUntilReady(y);
      y.dispose();
    };
    const values = gflops(product, await repeat(seconds / 2, run, 5));
    figures.push(figures.length === 0 ? headline("gemm", values) : { metric: name, unit: "GFLOP/s", values });
  }
  return figures;
}
