/** softmax, its logarithm, and the cross-entropy from logits with its gradient. */
import type { Attrs, Axis, Operand, Spec } from "@crease/backend";
import type { WasmBuffer } from "./buffer.ts";
import type { Engine } from "./engine.ts";
import { indexCheck } from "./indices.ts";
import { layout } from "./layout.ts";
import { blocksOf, launchBlocks } from "./reduce.ts";
import { typedKernels } from "./suffix.ts";

type One = readonly [Operand<WasmBuffer>];
type Two = readonly [Operand<WasmBuffer>, Operand<WasmBuffer>];

/** Nanoseconds for an element: with vectors, and one by one. */
const [fast, slow] = [2, 40];

function along(
  engine: Engine,
  name: string,
): (inputs: One, attrs: Axis, outs: readonly [Spec]) => readonly [WasmBuffer] {
  const rows = engine.kernel(`${name}Rows_f32`);
  const kernels = typedKernels(engine, name);
  return ([x], { axis }, [spec]) => {
    const out = engine.allocate(spec);
    const blocks = blocksOf(x, [axis]);
    if (out.size === 0) return [out];
    if (blocks.inner === 1 && x.dtype === "float32") launchBlocks(engine, rows, blocks, out.address, fast);
    else launchBlocks(engine, kernels[x.dtype], blocks, out.address, slow);
    return [out];
  };
}

/** `softmax` along an axis. */
export const softmaxKernel = (engine: Engine): ReturnType<typeof along> => along(engine, "softmax");
/** `logSoftmax` along an axis. */
export const logSoftmaxKernel = (engine: Engine): ReturnType<typeof along> => along(engine, "logSoftmax");

/** `softmaxCrossEntropy`: losses and their gradient by the logits. */
export function softmaxCrossEntropyKernel(
  engine: Engine,
): (
  inputs: Two,
  attrs: Attrs<"softmaxCrossEntropy">,
  outs: readonly [Spec, Spec],
) => readonly [WasmBuffer, WasmBuffer] {
  const checkClasses = indexCheck(engine, "softmaxCrossEntropy");
  const classes = typedKernels(engine, "classCrossEntropy");
  const probabilities = typedKernels(engine, "crossEntropy");
  return ([logits, target], _attrs, [lossSpec, gradientSpec]) => {
    const n = logits.shape[logits.shape.length - 1]!;
    const isClass = target.dtype === "int32";
    if (isClass) checkClasses(target, n, [logits, target]);
    const loss = engine.allocate(lossSpec);
    const gradient = engine.allocate(gradientSpec);
    if (loss.size === 0) return [loss, gradient];
    const words = engine.views.int32;
    const at = layout.words >> 2;
    words[at] = logits.handle.address;
    words[at + 1] = target.handle.address;
    words[at + 2] = loss.address;
    words[at + 3] = gradient.address;
    words[at + 4] = loss.size;
    words[at + 5] = n;
    engine.launch(
      (isClass ? classes : probabilities)[logits.dtype],
      logits.handle.size * (isClass && logits.dtype === "float32" ? fast : slow),
    );
    return [loss, gradient];
  };
}
