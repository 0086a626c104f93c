/** Composites that tfjs has fused kernels for. */
import { type CompositeName, sizeOf } from "@crease/backend";
import type { Compute } from "./compute.ts";
import type { Device } from "./device.ts";
import { checkIndices } from "./gather.ts";
import { settled } from "./matmul.ts";
import type { Info } from "./tfjs.ts";
import { relu } from "./unary.ts";
import { updateComputes } from "./update.ts";
import { isEmpty } from "./work.ts";

/** Softmax along the last axis; another one is moved there and back. */
const softmax: Compute<"softmax"> = (work, [x], { axis }) => {
  const last = x.shape.length - 1;
  if (axis === last) return [work.run("Softmax", { logits: x.info }, { dim: last })];
  const perm = [...x.shape.keys()];
  [perm[axis], perm[last]] = [last, axis];
  const moved = work.run("Transpose", { x: x.info }, { perm });
  return [work.run("Transpose", { x: work.run("Softmax", { logits: moved }, { dim: last }) }, { perm })];
};

/**
 * Product and bias in one call, of single matrices without flags: with a batch or a flag wasm adds the bias once for each
 * 48 of the inner size. Its fused relu would turn NaN into 0.
 */
const dense: Compute<"dense"> = (work, [x, w, b], { activation }, [{ shape }]) => {
  const [k, n] = w.shape as readonly [number, number];
  const rows = shape.slice(0, -1).reduce((size, m) => size * m, 1);
  const sum = isEmpty(x)
    ? work.broadcast(b.info, shape)
    : work.run(
        "_FusedMatMul",
        {
          a: work.reshape(settled(work, x.info, k), [1, rows, k]),
          b: work.reshape(settled(work, w.info, k), [1, k, n]),
          // wasm looks at the shape that the data were made in: a copy has the one that they have now.
          bias: work.unary("Identity", b.info),
        },
        { transposeA: false, transposeB: false, activation: "linear" },
      );
  return [activation === "relu" ? relu(work, sum) : sum];
};

/** Product, bias and relu one by one: TensorFlow has no kernel for all of it, and its relu keeps NaN. */
const denseOfParts: Compute<"dense"> = (work, [x, w, b], { activation }, [{ shape }]) => {
  const [k, n] = w.shape as readonly [number, number];
  const rows = shape.slice(0, -1).reduce((size, m) => size * m, 1);
  if (isEmpty(x)) {
    const sum = work.broadcast(b.info, shape);
    return [activation === "relu" ? relu(work, sum) : sum];
  }
  const flat = { a: work.reshape(x.info, [rows, k]), b: w.info };
  const product = work.run("BatchMatMul", flat, { transposeA: false, transposeB: false });
  const sum = work.binary("Add", product, work.reshape(b.info, [n]));
  return [activation === "relu" ? relu(work, sum) : sum];
};

/** Loss and gradient of each row in one call where the target is a class. */
const softmaxCrossEntropy: Compute<"softmaxCrossEntropy"> = (work, [logits, target], _attrs, [loss, gradient]) => {
  const classes = logits.shape.at(-1)!;
  if (target.dtype === "int32") checkIndices(work, "softmaxCrossEntropy", target, classes, [logits, target]);
  if (isEmpty(logits)) return [work.fill(0, loss), work.fill(0, gradient)];
  const rows = [sizeOf(loss.shape), classes];
  const features = work.reshape(logits.info, rows);
  if (target.dtype === "int32") {
    const labels = work.reshape(target.info, [sizeOf(loss.shape)]);
    return work.runTwo("SparseSoftmaxCrossEntropyWithLogits", { features, labels });
  }
  // TensorFlow's kernel for probabilities takes for granted that they add up to 1.
  const probabilities = work.reshape(target.info, rows);
  const logs = work.run("LogSoftmax", { logits: features });
  const sum = (x: Info): Info => work.run("Sum", { x }, { axis: [1] });
  const total = work.reshape(sum(probabilities), [rows[0]!, 1]);
  const found = work.binary("Sub", work.binary("Multiply", work.unary("Exp", logs), total), probabilities);
  return [work.unary("Neg", sum(work.binary("Multiply", probabilities, logs))), found];
};

/** The composites of a device. */
export function compositesOf({ name }: Device): { readonly [K in CompositeName]?: Compute<K> } {
  // tfjs-cpu's are calls of its other kernels, no faster than our definitions.
  if (name === "cpu") return {};
  if (name !== "tensorflow") return { softmax, dense };
  return { softmax, dense: denseOfParts, softmaxCrossEntropy, ...updateComputes };
}
