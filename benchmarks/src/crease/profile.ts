/** Where the time of a training step goes on a backend whose every call has a price of its own. */
import type { Sequential } from "@crease/models";
import { getBackend, type Tensor } from "@crease/tensor";
import type { Figure } from "../task.ts";

const batchSize = 128;

/** Elements up to which a call's time is its price, not its work. */
const few = 16;

/**
 * Calls of the backend in a step, their time, the price of a call, and the part of a step that no faster kernel saves:
 * price times calls. What would lift it are fewer calls: fused kernels, or a step as one graph.
 */
export async function profileOf(model: Sequential, [x, y]: readonly [Tensor, Tensor]): Promise<Figure[]> {
  const fit = () => model.fit(x, y, { epochs: 1, batchSize, verbose: 0 });
  await fit();
  const backend = getBackend();
  const run = backend.run;
  const times: number[] = [];
  const small: number[] = [];
  backend.run = (op, inputs, attrs, outs) => {
    const began = performance.now();
    const handles = run.call(backend, op, inputs as never, attrs as never, outs as never);
    const micro = (performance.now() - began) * 1000;
    times.push(micro);
    if (inputs.every(isSmall) && outs.every(isSmall)) small.push(micro);
    return handles as never;
  };
  const began = performance.now();
  await fit();
  const total = (performance.now() - began) * 1000;
  backend.run = run;
  const steps = Math.ceil(y.size / batchSize);
  const calls = times.length / steps;
  const price = small.sort((a, b) => a - b)[small.length >> 1] ?? 0;
  const figure = (metric: string, unit: string, value: number): Figure => ({ metric, unit, values: [value] });
  return [
    figure("calls in a step", "calls", calls),
    figure("price of a call", "µs", price),
    figure("a step: price times calls", "µs", price * calls),
    figure("a step: all calls", "µs", times.reduce((sum, micro) => sum + micro, 0) / steps),
    figure("a step: everything", "µs", total / steps),
  ];
}

function isSmall({ shape }: { readonly shape: readonly number[] }): boolean {
  return shape.reduce((size, n) => size * n, 1) <= few;
}
