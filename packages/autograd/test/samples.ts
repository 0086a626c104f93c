/** Random inputs for every operation that has a gradient rule: shapes of rank 0 to 5 with axes of size 0 and 1, and broadcasting. */
import { type CompositeName, type OpName, type Shape, sizeOf } from "@crease/backend";
import { concat, run, softmaxCrossEntropy, type Tensor, tensor, where } from "@crease/tensor";

/** A function of float64 tensors and a point where it is smooth. */
export interface Sample {
  readonly f: (...xs: Tensor[]) => Tensor;
  readonly xs: readonly Tensor[];
}

/** Repeatable random numbers. */
export class Random {
  #state: number;
  constructor(seed: number) {
    this.#state = seed;
  }
  /** In [0, 1); Source: Bryc's mulberry32. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  }
  integer(least: number, most: number): number {
    return least + Math.floor(this.next() * (most - least + 1));
  }
  /** A shape of a rank between the two, its sizes from `least` to 3. */
  shape(leastRank = 0, mostRank = 5, least = 0): Shape {
    const rank = this.integer(leastRank, mostRank);
    return Array.from({ length: rank }, () => (this.next() < 0.1 ? least : this.integer(1, 3)));
  }
  /** The shape with leading axes dropped and some axes as 1: it broadcasts to the shape itself. */
  part(shape: Shape): Shape {
    const dropped = this.integer(0, shape.length);
    return shape.slice(dropped).map((size) => (this.next() < 0.3 ? 1 : size));
  }
  /** Some of the axes, sorted. */
  axes(shape: Shape): number[] {
    return shape.flatMap((_, axis) => (this.next() < 0.5 ? [axis] : []));
  }
  permutation(size: number): number[] {
    const order = Array.from({ length: size }, (_, i) => i);
    for (let i = size - 1; i > 0; i--) {
      const j = this.integer(0, i);
      [order[i], order[j]] = [order[j] as number, order[i] as number];
    }
    return order;
  }
  values(shape: Shape, low = -2, high = 2): Tensor {
    const data = Float64Array.from({ length: sizeOf(shape) }, () => low + this.next() * (high - low));
    return tensor(data, { shape, dtype: "float64" });
  }
  /** Values at least 0.1 apart, shuffled. */
  distinct(shape: Shape): Tensor {
    const order = this.permutation(sizeOf(shape));
    return tensor(
      Float64Array.from(order, (i) => 0.1 * i - 1 + 0.02 * this.next()),
      { shape, dtype: "float64" },
    );
  }
  indices(shape: Shape, size: number): Tensor {
    const data = Int32Array.from({ length: sizeOf(shape) }, () => this.integer(0, size - 1));
    return tensor(data, { shape });
  }
}

type Make = (r: Random) => Sample;

const unary =
  (name: keyof Tensor, low = -2, high = 2): Make =>
  (r) => ({ f: (x) => ((x as Tensor)[name] as () => Tensor).call(x), xs: [r.values(r.shape(), low, high)] });

/** Both ways of broadcasting: the first, the second, or both inputs are repeated. */
const binary =
  (name: keyof Tensor, first: readonly [number, number] = [-2, 2], second: readonly [number, number] = [-2, 2]): Make =>
  (r) => {
    const shape = r.shape();
    const [a, b] = r.next() < 0.5 ? [shape, r.part(shape)] : [r.part(shape), shape];
    return {
      f: (x, y) => ((x as Tensor)[name] as (y: Tensor) => Tensor).call(x, y as Tensor),
      xs: [r.values(a, ...first), r.values(b, ...second)],
    };
  };

const reduction =
  (name: "sum" | "prod" | "max" | "min", least: number): Make =>
  (r) => {
    const shape = r.shape(0, 5, least);
    const axes = r.axes(shape);
    const keepDims = r.next() < 0.5;
    return { f: (x) => (x as Tensor)[name](axes, { keepDims }), xs: [r.distinct(shape)] };
  };

/** What gather reads and scatterAdd writes: x, indices with the common leading axes of x, and where they point. */
function pointed(r: Random) {
  const shape = r.shape(1, 4, 1);
  const axis = r.integer(0, shape.length - 1);
  const batchDims = r.integer(0, axis);
  const size = shape[axis] as number;
  const indices = r.indices([...shape.slice(0, batchDims), ...r.shape(0, 2)], size);
  return { shape, axis, batchDims, size, indices };
}

/** A sampler for each primitive that has a gradient, null for the others; a read of a Variable is no function of tensors (see tape.test.ts). */
export const primitiveSamples: { readonly [K in Exclude<OpName, "read">]: Make | null } = {
  neg: unary("neg"),
  abs: unary("abs"),
  sign: unary("sign"),
  floor: null,
  ceil: null,
  round: null,
  relu: unary("relu"),
  exp: unary("exp"),
  expm1: unary("expm1"),
  log: unary("log", 0.3, 3),
  log1p: unary("log1p", -0.6, 3),
  sqrt: unary("sqrt", 0.3, 3),
  rsqrt: unary("rsqrt", 0.3, 3),
  sin: unary("sin"),
  cos: unary("cos"),
  tan: unary("tan", -1.2, 1.2),
  asin: unary("asin", -0.8, 0.8),
  acos: unary("acos", -0.8, 0.8),
  atan: unary("atan"),
  sinh: unary("sinh"),
  cosh: unary("cosh"),
  tanh: unary("tanh"),
  asinh: unary("asinh"),
  acosh: unary("acosh", 1.3, 4),
  atanh: unary("atanh", -0.8, 0.8),
  sigmoid: unary("sigmoid"),
  erf: unary("erf"),
  logicalNot: null,
  isNaN: null,
  add: binary("add"),
  sub: binary("sub"),
  mul: binary("mul"),
  div: binary("div", [-2, 2], [0.5, 2]),
  floorDiv: null,
  mod: binary("mod", [-3, 3], [2, 4]),
  pow: binary("pow", [0.3, 2], [-2, 2]),
  maximum: binary("maximum"),
  minimum: binary("minimum"),
  atan2: binary("atan2", [-2, 2], [0.3, 2]),
  equal: null,
  less: null,
  lessEqual: null,
  logicalAnd: null,
  logicalOr: null,
  logicalXor: null,
  select: (r) => {
    const shape = r.shape();
    const condition = r.values(r.part(shape)).greater(0);
    return { f: (a, b) => where(condition, a as Tensor, b as Tensor), xs: [r.values(shape), r.values(r.part(shape))] };
  },
  // To float32 and back would round differences away; its rule is tested with tapes.
  cast: (r) => ({ f: (x) => (x as Tensor).cast("float64"), xs: [r.values(r.shape())] }),
  stopGradient: null,
  customGradient: (r) => ({
    f: (x) =>
      run("customGradient", [(x as Tensor).exp(), x as Tensor], {
        gradient: (dy: Tensor) => [dy.mul((x as Tensor).exp())],
      })[0],
    xs: [r.values(r.shape())],
  }),
  sum: reduction("sum", 0),
  prod: reduction("prod", 0),
  max: reduction("max", 1),
  min: reduction("min", 1),
  any: null,
  all: null,
  argMax: null,
  argMin: null,
  cumSum: (r) => {
    const shape = r.shape(1);
    const axis = r.integer(0, shape.length - 1);
    const options = { exclusive: r.next() < 0.5, reverse: r.next() < 0.5 };
    return { f: (x) => (x as Tensor).cumSum(axis, options), xs: [r.values(shape)] };
  },
  reshape: (r) => {
    const shape = r.shape();
    return { f: (x) => (x as Tensor).reshape([...shape].reverse()), xs: [r.values(shape)] };
  },
  transpose: (r) => {
    const shape = r.shape();
    const order = r.permutation(shape.length);
    return { f: (x) => (x as Tensor).transpose(order), xs: [r.values(shape)] };
  },
  broadcastTo: (r) => {
    const shape = r.shape();
    return { f: (x) => (x as Tensor).broadcastTo(shape), xs: [r.values(r.part(shape))] };
  },
  slice: (r) => {
    const shape = r.shape(0, 4).map((size) => 2 * size);
    const ranges = shape.map((size) => {
      const bounds = [r.integer(0, size), r.integer(0, size)].sort((a, b) => a - b) as [number, number];
      const step = r.integer(1, 3);
      return r.next() < 0.5 ? ([...bounds, step] as const) : ([bounds[1] - 1, bounds[0] - 1 - size, -step] as const);
    });
    return { f: (x) => (x as Tensor).slice(...ranges), xs: [r.values(shape)] };
  },
  pad: (r) => {
    const shape = r.shape();
    const pads = shape.map(() => [r.integer(0, 2), r.integer(0, 2)] as const);
    return { f: (x) => (x as Tensor).pad(pads, { value: 0.5 }), xs: [r.values(shape)] };
  },
  concat: (r) => {
    const shape = r.shape(1, 4);
    const axis = r.integer(0, shape.length - 1);
    const parts = Array.from({ length: r.integer(1, 3) }, () =>
      r.values(shape.map((size, i) => (i === axis ? r.integer(0, 3) : size))),
    );
    return { f: (...xs) => concat(xs, axis), xs: parts };
  },
  reverse: (r) => {
    const shape = r.shape();
    const axes = r.axes(shape);
    return { f: (x) => (x as Tensor).flip(axes), xs: [r.values(shape)] };
  },
  gather: (r) => {
    const { shape, axis, batchDims, indices } = pointed(r);
    return { f: (x) => run("gather", [x as Tensor, indices], { axis, batchDims })[0], xs: [r.values(shape)] };
  },
  scatterAdd: (r) => {
    const { shape, axis, batchDims, indices, size } = pointed(r);
    const updates = [...shape.slice(0, axis), ...indices.shape.slice(batchDims), ...shape.slice(axis + 1)];
    return {
      f: (x) => run("scatterAdd", [indices, x as Tensor], { axis, batchDims, size })[0],
      xs: [r.values(updates)],
    };
  },
  sort: (r) => {
    const descending = r.next() < 0.5;
    return { f: (x) => run("sort", [x as Tensor], { descending })[0], xs: [r.distinct(r.shape(1))] };
  },
  topK: (r) => {
    const shape = r.shape(1);
    const k = r.integer(0, shape.at(-1) as number);
    return { f: (x) => run("topK", [x as Tensor], { k })[0], xs: [r.distinct(shape)] };
  },
  matmul: (r) => {
    const batch = r.shape(0, 3);
    const [m, k, n] = [r.integer(0, 3), r.integer(0, 3), r.integer(1, 3)] as const;
    const [transposeA, transposeB] = [r.next() < 0.5, r.next() < 0.5];
    const [a, b] = r.next() < 0.5 ? [batch, r.part(batch)] : [r.part(batch), batch];
    return {
      f: (x, y) => (x as Tensor).matmul(y as Tensor, { transposeA, transposeB }),
      xs: [r.values([...a, ...(transposeA ? [k, m] : [m, k])]), r.values([...b, ...(transposeB ? [n, k] : [k, n])])],
    };
  },
  randomBits: null,
  randomUniform: null,
};

const alongAxis =
  (op: "softmax" | "logSoftmax"): Make =>
  (r) => {
    const shape = r.shape(1, 4);
    const axis = r.integer(0, shape.length - 1);
    // Axes without elements have no largest one to subtract.
    const full = shape.map((size, i) => (i === axis ? Math.max(size, 1) : size));
    return { f: (x) => run(op, [x as Tensor], { axis })[0], xs: [r.values(full)] };
  };

/** All outputs in one vector. */
const joined = (outputs: readonly Tensor[]): Tensor => concat(outputs.map((y) => y.flatten()));

/** A sampler for each composite that has a gradient, null for the others. */
export const compositeSamples: { readonly [K in CompositeName]: Make | null } = {
  softmax: alongAxis("softmax"),
  logSoftmax: alongAxis("logSoftmax"),
  gelu: (r) => {
    const approximate = r.next() < 0.5;
    return { f: (x) => run("gelu", [x as Tensor], { approximate })[0], xs: [r.values(r.shape())] };
  },
  dense: (r) => {
    const leading = r.shape(0, 3);
    const [k, n] = [r.integer(0, 3), r.integer(1, 3)] as const;
    const activation = r.next() < 0.5 ? "linear" : "relu";
    return {
      f: (...xs) => run("dense", xs as unknown as [Tensor, Tensor, Tensor], { activation })[0],
      xs: [r.values([...leading, k]), r.values([k, n]), r.values([n])],
    };
  },
  softmaxCrossEntropy: (r) => {
    const rows = r.shape(0, 3);
    const classes = r.integer(1, 4);
    const sparse = r.indices(rows, classes);
    if (r.next() < 0.5)
      return {
        f: (x) => joined(run("softmaxCrossEntropy", [x as Tensor, sparse], {})),
        xs: [r.values([...rows, classes])],
      };
    if (r.next() < 0.3)
      return {
        f: (x, t) => softmaxCrossEntropy(x as Tensor, t as Tensor),
        xs: [r.values([...rows, classes]), r.values([...rows, classes], 0, 1)],
      };
    return {
      f: (x, t) => joined(run("softmaxCrossEntropy", [x as Tensor, t as Tensor], {})),
      xs: [r.values([...rows, classes]), r.values([...rows, classes], 0, 1)],
    };
  },
  layerNorm: (r) => {
    const rows = r.shape(0, 3);
    const size = r.integer(2, 4);
    const isWhole = r.next() < 0.5;
    return {
      f: (...xs) => {
        const outputs = run("layerNorm", xs as unknown as [Tensor, Tensor, Tensor], { epsilon: 0.01 });
        return isWhole ? joined(outputs) : outputs[0];
      },
      xs: [r.values([...rows, size]), r.values([size]), r.values([size])],
    };
  },
  sgdUpdate: null,
  momentumUpdate: null,
  adagradUpdate: null,
  rmspropUpdate: null,
  adamUpdate: null,
};
