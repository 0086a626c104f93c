/** The worker's side of page 3. */
import { arange, randomUniform, scope, stack, type Tensor, tensor, zeros } from "@crease/tensor";
import { type Handlers, Transferring } from "../../compute/serve.ts";
import type { ElementwiseName, Journey, OperationsCalls, PlaneLayer, Rows } from "./calls.ts";

/** The largest results of broadcasting whose numbers are shown: rows, columns. */
const shownRows = 6;
const shownColumns = 8;

/** The handlers. */
export function operationsService(): Handlers<OperationsCalls> {
  return {
    elementwise: ({ name, a, b }) =>
      scope(() => {
        const result = applied(name, tensor(a), tensor(b));
        return { rows: result.arraySync() as Rows, text: result.toString() };
      }),
    broadcast: ({ a, b }) =>
      scope(() => {
        const [x, y] = [counted(a), counted(b).mul(10)];
        const sum = x.add(y);
        const rank = sum.ndim;
        const isSmall =
          rank <= 2 && (sum.shape[rank - 2] ?? 1) <= shownRows && (sum.shape[rank - 1] ?? 1) <= shownColumns;
        const grid = (t: Tensor): Rows =>
          t
            .broadcastTo(sum.shape)
            .reshape([-1, sum.shape[rank - 1] ?? 1])
            .arraySync() as Rows;
        const isShown = isSmall && sum.size > 0;
        return { shape: sum.shape, grids: isShown ? { a: grid(x), b: grid(y), sum: grid(sum) } : undefined };
      }),
    dot: ({ rows, inner, columns, seed }) =>
      scope(() => {
        const a = randomUniform([rows, inner], { seed, min: -4, max: 10 }).floor();
        const b = randomUniform([inner, columns], { seed: seed + 1000, min: -4, max: 10 }).floor();
        const terms = a.expandDims(1).mul(b.transpose().expandDims(0));
        return {
          a: a.arraySync() as Rows,
          b: b.arraySync() as Rows,
          product: a.matmul(b).arraySync() as Rows,
          terms: terms.arraySync() as readonly Rows[],
        };
      }),
    travel: ({ points, layers }) => {
      const journey = travelled(points, layers);
      return new Transferring(
        journey,
        journey.stages.map(({ buffer }) => buffer),
      );
    },
    drawLayers: ({ count, seed }) =>
      scope(() => {
        const angle = randomUniform([count], { seed, min: -Math.PI, max: Math.PI });
        const stretch = randomUniform([2, count], { seed: seed + 1000, min: 0.75, max: 1.6 });
        const [long, wide] = [stretch.at(0), stretch.at(1)];
        const [cos, sin] = [angle.cos(), angle.sin()];
        // A rotation after a stretch along the axes: no layer flattens the plane by itself.
        const weights = stack([cos.mul(long), sin.neg().mul(wide), sin.mul(long), cos.mul(wide)], 1);
        // Relu leaves the points of all but the first layer around (0.6, 0.6): brought back to the middle before
        // a random shift, they are folded somewhere, and not folded away.
        const middle = weights.reshape([count, 2, 2]).sum(-1).mul(0.6);
        const isLater = arange(count).greater(0).expandDims(1);
        const bias = randomUniform([count, 2], { seed: seed + 2000, min: 0.2, max: 0.8 }).sub(middle.mul(isLater));
        const biases = bias.arraySync() as number[][];
        return (weights.arraySync() as number[][]).map((row, i) => ({
          weights: row as unknown as PlaneLayer["weights"],
          bias: biases[i] as unknown as PlaneLayer["bias"],
        }));
      }),
  };
}

function applied(name: ElementwiseName, a: Tensor, b: Tensor): Tensor {
  switch (name) {
    case "add":
      return a.add(b);
    case "sub":
      return a.sub(b);
    case "mul":
      return a.mul(b);
    case "maximum":
      return a.maximum(b);
    case "relu":
      return a.relu();
    case "neg":
      return a.neg();
  }
}

/** 0, 1, 2, ... in a shape. */
function counted(shape: readonly number[]): Tensor {
  const size = zeros(shape).size;
  return arange(size).reshape(shape);
}

/** Points as rows: `x·Wᵀ + b` is `W·x + b` for each of them. */
function travelled(points: Float32Array<ArrayBuffer>, layers: readonly PlaneLayer[]): Journey {
  return scope(() => {
    let x = tensor(points, { shape: [points.length / 2, 2] });
    const stages = [x.dataSync() as Float32Array<ArrayBuffer>];
    const keep = (): unknown => stages.push(x.dataSync() as Float32Array<ArrayBuffer>);
    for (const { weights, bias, relu } of layers) {
      x = x.matmul(tensor(weights, { shape: [2, 2] }), { transposeB: true }).add(tensor(bias));
      keep();
      if (!relu) continue;
      x = x.relu();
      keep();
    }
    return { stages, joined: layers.some(({ relu }) => relu) ? undefined : joined(layers) };
  });
}

/** `W₂·(W₁·x + b₁) + b₂ = (W₂·W₁)·x + (W₂·b₁ + b₂)`. */
function joined(layers: readonly PlaneLayer[]): PlaneLayer {
  let [w, b] = [tensor([1, 0, 0, 1], { shape: [2, 2], dtype: "float32" }), zeros([2])];
  for (const { weights, bias } of layers) {
    const next = tensor(weights, { shape: [2, 2] });
    [w, b] = [next.matmul(w), next.matmul(b).add(tensor(bias))];
  }
  return {
    weights: Array.from(w.dataSync() as Float32Array) as unknown as PlaneLayer["weights"],
    bias: Array.from(b.dataSync() as Float32Array) as unknown as PlaneLayer["bias"],
    relu: false,
  };
}
