/** Single ops and matrix products in tfjs. */
import * as tf from "@tensorflow/tfjs-core";
import { numbers } from "../numbers.ts";
import { gflops, products } from "../products.ts";
import { repeat } from "../repeat.ts";
import { type Figure, headline, type Task } from "../task.ts";
import { startBackend } from "./backend.ts";

/** Ops in one repeat. */
const count = 100;

/** Microseconds of an op, its share of `tidy` included. tfjs records only while it takes a gradient. */
export async function op(task: Task): Promise<Figure[]> {
  await startBackend(task);
  // In Node, it is tfjs-layers that brings the gradients.
  await import("@tensorflow/tfjs-layers");
  const a = tf.tensor1d([1]);
  const b = tf.tensor1d([2]);
  const ops: { readonly [name: string]: () => tf.Tensor } = {
    add: () => tf.add(a, b),
    neg: () => tf.neg(a),
    sum: () => tf.sum(a),
    "add a number": () => tf.add(a, 2),
  };
  const time = async (metric: string, body: () => void): Promise<Figure> => {
    const values = (await repeat(task.seconds / 4, () => tf.tidy(body))).map((ms) => (ms * 1000) / count);
    return { metric, unit: "µs", values };
  };
  const all = Object.values(ops);
  const whole = await time("all", () => {
    for (let i = 0; i < count / all.length; i++) for (const body of all) body();
  });
  const figures = [headline("op", whole.values)];
  for (const [name, body] of Object.entries(ops))
    figures.push(
      await time(name, () => {
        for (let i = 0; i < count; i++) body();
      }),
    );
  const chain = tf.grad((x) => {
    let y = x;
    for (let i = 0; i < count; i++) y = tf.add(y, b);
    return y;
  });
  figures.push(await time("add, with its gradient", () => void chain(a)));
  return figures;
}

/** GFLOP/s of each product. */
export async function gemm(task: Task): Promise<Figure[]> {
  await startBackend(task);
  const figures: Figure[] = [];
  for (const product of products) {
    const { name, m, k, n, transposeA, transposeB } = product;
    const a = tf.tensor2d(numbers(m * k, 0), transposeA ? [k, m] : [m, k]);
    const b = tf.tensor2d(numbers(k * n, 1), transposeB ? [n, k] : [k, n]);
    const run = (): void => tf.matMul(a, b, transposeA, transposeB).dispose();
    const values = gflops(product, await repeat(task.seconds / 2, run, 5));
    figures.push(figures.length === 0 ? headline("gemm", values) : { metric: name, unit: "GFLOP/s", values });
    tf.dispose([a, b]);
  }
  return figures;
}
