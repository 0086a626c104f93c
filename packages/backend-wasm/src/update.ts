/** The update steps of the optimizers, written in place where nobody else holds the buffers. */
import type { Kernel, Operand, Spec, Update, UpdateName } from "@crease/backend";
import type { WasmBuffer } from "./buffer.ts";
import type { Engine } from "./engine.ts";
import { layout } from "./layout.ts";
import { typedKernels } from "./suffix.ts";

/** Kernels of all update steps. */
export type UpdateKernels = { readonly [K in UpdateName]: Kernel<K, WasmBuffer> };

/** A step of kernel `name`; `floats` gives the coefficients behind the learning rate and the decay. */
function update<A extends Update>(engine: Engine, name: string, floats: (attrs: A) => readonly number[]) {
  const kernels = typedKernels(engine, name);
  return (inputs: readonly Operand<WasmBuffer>[], attrs: A, outs: readonly Spec[]): readonly WasmBuffer[] => {
    const results = outs.map((spec, i) => (inputs[i]!.unshared === true ? inputs[i]!.handle : engine.allocate(spec)));
    const { int32, float64 } = engine.views;
    const at = layout.words >> 2;
    for (let i = 0; i < outs.length; i++) {
      int32[at + i] = inputs[i]!.handle.address;
      int32[at + 4 + i] = results[i]!.address;
    }
    int32[at + 3] = inputs[outs.length]!.handle.address;
    const { size } = inputs[0]!.handle;
    int32[at + 7] = size;
    let to = layout.floats >> 3;
    float64[to++] = attrs.learningRate;
    float64[to++] = 1 - attrs.learningRate * attrs.weightDecay;
    for (const x of floats(attrs)) float64[to++] = x;
    engine.launch(kernels[inputs[0]!.dtype], size * 0.6);
    return results;
  };
}

/** The kernels of all update steps. */
export function updateKernels(engine: Engine): UpdateKernels {
  const kernels: { readonly [K in UpdateName]: unknown } = {
    sgdUpdate: update(engine, "sgd", () => []),
    momentumUpdate: update(engine, "momentum", (attrs: Update & { momentum: number; nesterov: boolean }) => [
      attrs.momentum,
      Number(attrs.nesterov),
    ]),
    adagradUpdate: update(engine, "adagrad", (attrs: Update & { epsilon: number }) => [attrs.epsilon]),
    rmspropUpdate: update(engine, "rmsprop", (attrs: Update & { rho: number; epsilon: number }) => [
      attrs.rho,
      1 - attrs.rho,
      attrs.epsilon,
    ]),
    adamUpdate: update(
      engine,
      "adam",
      (attrs: Update & { beta1: number; beta2: number; epsilon: number; correction: number }) => [
        1 - attrs.beta1,
        1 - attrs.beta2,
        attrs.epsilon,
        attrs.learningRate * attrs.correction,
      ],
    ),
  };
  return kernels as UpdateKernels;
}
