/** Methods beyond the reference numbers: dtypes, extremes, operands of every kind, and that nothing leaks. */
import { type DType, ValueError } from "@crease/backend";
import {
  concat,
  einsum,
  getBackend,
  type NestedArray,
  ones,
  type Range,
  scope,
  softmaxCrossEntropy,
  stack,
  type Tensor,
  tensor,
  Variable,
  where,
  zeros,
} from "@crease/tensor";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

const values = (x: Tensor): unknown => scope(() => x.arraySync());
const counting = (shape: readonly number[], dtype: DType = "float32"): Tensor => {
  const size = shape.reduce((a, b) => a * b, 1);
  return tensor(
    Array.from({ length: size }, (_, i) => i),
    { shape, dtype },
  );
};

describe("lifetimes", () => {
  const matrix = () =>
    tensor([
      [4, 2, 3],
      [1, 5, 6],
      [7, 8, 9],
    ]);
  const bodies: Readonly<Record<string, (x: Tensor) => Tensor | readonly Tensor[]>> = {
    trunc: (x) => x.trunc(),
    log2: (x) => x.log2(),
    log10: (x) => x.log10(),
    softplus: (x) => x.softplus(),
    hypot: (x) => x.hypot([1, 2, 3]),
    logAddExp: (x) => x.logAddExp(1),
    squaredDifference: (x) => x.squaredDifference(1),
    clip: (x) => x.clip(2, 5),
    notEqual: (x) => x.notEqual(2),
    isInf: (x) => x.isInf(),
    isFinite: (x) => x.isFinite(),
    mean: (x) => x.mean(0),
    var: (x) => x.var(0),
    std: (x) => x.std(),
    logSumExp: (x) => x.logSumExp(1),
    norm: (x) => x.norm(null, { ord: 1 }),
    argMax: (x) => x.argMax(null, { keepDims: true }),
    cumSum: (x) => x.cumSum(),
    cumProd: (x) => x.cumProd(1),
    tile: (x) => x.tile([2, 2]),
    repeat: (x) => x.repeat([1, 0, 2], 1),
    roll: (x) => x.roll([1, 1], [0, 1]),
    pad: (x) =>
      x.pad(
        [
          [1, 1],
          [0, 2],
        ],
        { mode: "reflect" },
      ),
    tril: (x) => x.tril(),
    diag: (x) => x.diag().diag(1),
    trace: (x) => x.trace(),
    slice: (x) => x.slice(1, [0, 2]),
    gather: (x) => x.gather([-1, 0], { axis: 1 }),
    takeAlongAxis: (x) => x.takeAlongAxis([[0], [1], [-1]], 1),
    split: (x) => x.split(3),
    sort: (x) => x.sort(0),
    argSort: (x) => x.argSort(0),
    topK: (x) => Object.values(x.topK(2, 0)),
    matmul: (x) => x.matmul([1, 2, 3]),
    dot: (x) => x.dot(x),
    tensordot: (x) => x.tensordot([[1], [2], [3]], 1),
    outer: (x) => x.outer([1, 2]),
    concat: (x) => concat([x, [[1, 2, 3]]]),
    stack: (x) => stack([x, x], 1),
    where: (x) => where(x.greater(3), x, 0),
    einsum: (x) => einsum("ij,jk,kk->i", x, x, x),
  };

  it.each(Object.entries(bodies))("%s leaves nothing but its results", (_, body) => {
    const before = getBackend().memory().buffers;
    const x = matrix();
    const results = scope(() => body(x));
    for (const one of [results].flat() as Tensor[]) {
      expect(one.isDisposed).toBe(false);
      one.dispose();
    }
    x.dispose();
    expect(getBackend().memory().buffers).toBe(before);
  });

  // These bodies chain calls: without a scope the tensors between them are the caller's.
  const chained = new Set(["diag", "where"]);
  const single = Object.entries(bodies).filter(([name]) => !chained.has(name));

  it.each(single)("%s gives up what it made outside any scope, too", (_, body) => {
    const before = getBackend().memory().buffers;
    const x = matrix();
    for (const one of [body(x)].flat() as Tensor[]) one.dispose();
    x.dispose();
    expect(getBackend().memory().buffers).toBe(before);
  });
});

describe("element types", () => {
  it.each<[string, (x: Tensor) => Tensor, DType, DType]>([
    ["div", (x) => x.div(2), "int32", "float32"],
    ["sum", (x) => x.sum(), "uint8", "int32"],
    ["prod", (x) => x.prod(), "bool", "int32"],
    ["cumProd", (x) => x.cumProd(), "int8", "int32"],
    ["mean", (x) => x.mean(), "uint8", "float32"],
    ["std", (x) => x.std(), "bool", "float32"],
    ["mean", (x) => x.mean(), "float16", "float16"],
    ["var", (x) => x.var(), "float64", "float64"],
    ["logSumExp", (x) => x.logSumExp(), "int32", "float32"],
    ["norm", (x) => x.norm(), "int8", "float32"],
    ["trunc", (x) => x.trunc(), "int32", "int32"],
    ["exp", (x) => x.exp(), "bool", "float32"],
    ["tril", (x) => x.expandDims(0).tril(), "bool", "bool"],
    ["add", (x) => x.add(0.5), "int32", "float32"],
    ["add", (x) => x.add(1), "uint8", "uint8"],
    ["hypot", (x) => x.hypot(1), "float64", "float64"],
    ["argMax", (x) => x.argMax(), "float64", "int32"],
    ["softmax", (x) => x.softmax(), "int32", "float32"],
    ["reciprocal", (x) => x.reciprocal(), "float16", "float16"],
  ])("%s", (_, method, dtype, expected) => expect(method(ones([3], { dtype })).dtype).toBe(expected));

  it("padding follows arithmetic", () => {
    const x = tensor([1, 2], { dtype: "int32" });
    expect(x.pad([[1, 0]], { value: 0.5 }).arraySync()).toEqual([0.5, 1, 2]);
    expect(x.pad([[1, 0]], { value: -1 }).dtype).toBe("int32");
    expect(
      tensor([true])
        .pad([[1, 1]], { value: 1 })
        .arraySync(),
    ).toEqual([true, true, true]);
  });
  it("bool has neither NaN nor infinities", () => {
    expect(values(tensor([true, false]).isFinite())).toEqual([true, true]);
    expect(values(tensor([true, false]).isInf())).toEqual([false, false]);
  });
  it("einsum gives int32 for small integers whether it sums or not", () => {
    const x = tensor([100], { dtype: "int8" });
    for (const equation of ["i,i->", "i,j->ij", "i,i->i"]) {
      const y = einsum(equation, x, x);
      expect([y.dtype, y.reshape([]).itemSync()]).toEqual(["int32", 10000]);
    }
  });
  it("small integers do not wrap on the way", () => {
    const x = tensor([200, 250], { dtype: "uint8" });
    expect(values(x.mean())).toBe(225);
    expect(values(x.var())).toBe(625);
    expect(values(x.softplus())).toEqual([200, 250]);
    expect(values(x.logAddExp(tensor([0, 0], { dtype: "uint8" })))).toEqual([200, 250]);
    expect(values(tensor([-128], { dtype: "int8" }).hypot(0))).toEqual([128]);
  });

  it("float16 means are summed wider", () => expect(values(ones([70000], { dtype: "float16" }).mean())).toBe(1));
});

describe("extremes", () => {
  const x = tensor([-Infinity, -1000, 0, 1000, Infinity, Number.NaN]);
  it("softplus", () => expect(values(x.softplus())).toEqual([0, 0, Math.fround(Math.LN2), 1000, Infinity, Number.NaN]));
  it("logAddExp of equal infinities", () => {
    expect(values(x.logAddExp(x).sub(x))).toEqual([
      Number.NaN,
      ...Array(3).fill(expect.closeTo(Math.LN2, 3)),
      Number.NaN,
      Number.NaN,
    ]);
    expect(values(tensor([Infinity, -Infinity]).logAddExp([Infinity, -Infinity]))).toEqual([Infinity, -Infinity]);
  });
  it("logSumExp of infinities", () => {
    expect(
      values(
        tensor([
          [-Infinity, -Infinity],
          [Infinity, 0],
          [1e30, 1e30],
        ]).logSumExp(1),
      ),
    ).toEqual([-Infinity, Infinity, Math.fround(1e30)]);
  });
  it("hypot neither overflows nor underflows", () => {
    expect(values(tensor([3e30, 0, 3e-30]).hypot([4e30, 0, 4e-30]).div([5e30, 1, 5e-30]))).toEqual(
      [1, 0, 1].map((n) => expect.closeTo(n, 5)),
    );
  });
  it("variance of fewer elements than ddof", () => {
    expect(values(tensor([1, 2]).var(null, { ddof: 3 }))).toBe(Infinity);
    expect(values(tensor([1]).std(null, { ddof: 2 }))).toBeNaN();
  });
  it("reductions of nothing", () => {
    const nothing = zeros([0, 2]);
    expect(values(nothing.sum(0))).toEqual([0, 0]);
    expect(values(nothing.prod(0))).toEqual([1, 1]);
    expect(values(nothing.mean(0))).toEqual([Number.NaN, Number.NaN]);
    expect(nothing.cumProd(0).shape).toEqual([0, 2]);
    expect(nothing.roll(1, 0).shape).toEqual([0, 2]);
    expect(nothing.sort(0).shape).toEqual([0, 2]);
    expect(values(nothing.transpose().matmul(nothing))).toEqual([
      [0, 0],
      [0, 0],
    ]);
  });
  it("clip with bounds the wrong way round gives the upper one", () =>
    expect(values(tensor([0, 5]).clip(3, 1))).toEqual([1, 1]));
});

describe("axes without elements", () => {
  const none = (): Tensor => zeros([2, 0]);
  it("softmax and logSoftmax of them are as empty", () => {
    expect(none().softmax().shape).toEqual([2, 0]);
    expect(none().logSoftmax().shape).toEqual([2, 0]);
  });
  it("the cross-entropy over no classes is 0", () =>
    expect(values(softmaxCrossEntropy(none(), none()).abs())).toEqual([0, 0]));
  it("logSumExp is the logarithm of 0", () => expect(values(none().logSumExp(1))).toEqual([-Infinity, -Infinity]));
  it("the largest norms are 0", () => {
    expect(values(none().norm(1, { ord: Infinity }))).toEqual([0, 0]);
    expect(values(zeros([0, 2]).norm([0, 1], { ord: 1 }))).toBe(0);
  });
  it("repeat takes no counts for no elements", () => expect(none().repeat([], 1).shape).toEqual([2, 0]));
});

describe("operands", () => {
  const w = new Variable([
    [1, 2],
    [3, 4],
  ]);
  const x = tensor([
    [1, 0],
    [0, 2],
  ]);
  it("Variables stand wherever a tensor does", () => {
    expect(values(x.matmul(w))).toEqual([
      [1, 2],
      [6, 8],
    ]);
    expect(values(x.hypot(w).square().round())).toEqual([
      [2, 4],
      [9, 20],
    ]);
    expect(values(tensor([1, 1]).dot(w))).toEqual([4, 6]);
    expect(values(concat([x, w]))).toEqual([
      [1, 0],
      [0, 2],
      [1, 2],
      [3, 4],
    ]);
    expect(values(einsum("ij->ji", w))).toEqual([
      [1, 3],
      [2, 4],
    ]);
    expect(values(where(x, w, -1))).toEqual([
      [1, -1],
      [-1, 4],
    ]);
    expect(values(tensor([5, 6]).gather(new Variable([1, 0], { dtype: "int32" })))).toEqual([6, 5]);
  });
  it("numbers and arrays are weak, typed arrays strong", () => {
    expect(x.cast("float64").hypot(1).dtype).toBe("float64");
    expect(
      x.cast("int32").matmul([
        [1, 0],
        [0, 1],
      ]).dtype,
    ).toBe("int32");
    expect(x.cast("int32").matmul(new Float64Array([1, 2])).dtype).toBe("float64");
    expect(stack([tensor([1], { dtype: "int32" }), [2]]).dtype).toBe("int32");
    expect(concat([tensor([1], { dtype: "int32" }), [2.5]]).dtype).toBe("float32");
  });
  it("joining nothing raises", () => {
    expect(() => concat([])).toThrow(ValueError);
    expect(() => stack([])).toThrow(/^stack: no tensors/);
  });
});

/** Python's slice of one axis, by its definition in the language reference. */
function pythonSlice(size: number, start: number | null, end: number | null, step: number): number[] {
  const [low, high] = step > 0 ? [0, size] : [-1, size - 1];
  const bound = (i: number) => Math.max(low, Math.min(high, i < 0 ? i + size : i));
  const from = start === null ? (step > 0 ? low : high) : bound(start);
  const to = end === null ? (step > 0 ? high : low) : bound(end);
  const picked: number[] = [];
  for (let i = from; step > 0 ? i < to : i > to; i += step) picked.push(i);
  return picked;
}

describe("slice", () => {
  const bound = fc.option(fc.integer({ min: -9, max: 9 }), { nil: null });
  const step = fc.integer({ min: -4, max: 4 }).filter((n) => n !== 0);

  it("picks what Python's slices pick", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 6 }),
        fc.integer({ min: 1, max: 4 }),
        bound,
        bound,
        step,
        (rows, columns, start, end, by) => {
          const picked = pythonSlice(rows, start, end, by);
          const expected = picked.map((i) => Array.from({ length: columns }, (_, j) => i * columns + j));
          const y = counting([rows, columns]).slice([start, end, by]);
          expect(y.shape).toEqual([picked.length, columns]);
          expect(Array.from(y.dataSync() as Float32Array)).toEqual(expected.flat());
        },
      ),
    );
  });

  it("takes ranges, integers, null and the ellipsis together", () => {
    const x = counting([2, 3, 4]);
    const ranges: [Range[], NestedArray | number][] = [
      [
        [0, "...", [null, null, -2]],
        [
          [3, 1],
          [7, 5],
          [11, 9],
        ],
      ],
      [
        ["...", 1, -1],
        [7, 19],
      ],
      [
        [null, [-1], 0],
        [[8], [20]],
      ],
      [[[1, null], 2, 3], [23]],
      [[1, 2, 3], 23],
    ];
    for (const [range, expected] of ranges) expect(values(x.slice(...range))).toEqual(expected);
    expect(x.slice().shape).toEqual([2, 3, 4]);
    expect(x.slice("...").shape).toEqual([2, 3, 4]);
    expect(x.at(1, 2).shape).toEqual([4]);
    expect(values(tensor(["a", "b"]).at(-1))).toBe("b");
  });

  it("shares storage where nothing is left out", () => {
    const x = counting([2, 3]);
    expect(x.slice([0, 9]).storage).toBe(x.storage);
    expect(x.slice([null, null, -1]).storage).not.toBe(x.storage);
  });
});

describe("lookups", () => {
  it("take indices from tensors, with batch axes", () => {
    const x = counting([2, 3]);
    const indices = tensor([[2], [0]], { dtype: "uint8" });
    expect(values(x.gather(indices, { axis: 1, batchDims: 1 }))).toEqual([[2], [3]]);
    expect(values(x.takeAlongAxis(indices, 1))).toEqual([[2], [3]]);
    expect(values(x.takeAlongAxis(tensor([[1, 0, 1]], { dtype: "int32" }), 0))).toEqual([[3, 1, 5]]);
    expect(values(x.takeAlongAxis([5, 0, -1]))).toEqual([5, 0, 5]);
  });
  it("sort along any axis, and back", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -5, max: 5 }), { minLength: 6, maxLength: 6 }),
        fc.boolean(),
        (list, descending) => {
          const x = tensor(list, { shape: [3, 2] });
          for (const axis of [0, 1]) {
            const sorted = values(x.sort(axis, { descending }));
            expect(values(x.takeAlongAxis(x.argSort(axis, { descending }), axis))).toEqual(sorted);
            if (descending) expect(values(x.topK(x.shape[axis] as number, axis).values)).toEqual(sorted);
          }
        },
      ),
    );
  });
});

describe("einsum", () => {
  /** The sum by its definition: over all values of all letters. */
  function naive(
    terms: readonly string[],
    output: string,
    sizes: Readonly<Record<string, number>>,
    xs: readonly Tensor[],
  ): number[] {
    const letters = Object.keys(sizes);
    const data = xs.map((x) => x.dataSync() as Float64Array);
    const place = (term: string, at: Readonly<Record<string, number>>) =>
      [...term].reduce((index, letter) => index * (sizes[letter] as number) + (at[letter] as number), 0);
    const result = new Array<number>([...output].reduce((n, letter) => n * (sizes[letter] as number), 1)).fill(0);
    const total = letters.reduce((n, letter) => n * (sizes[letter] as number), 1);
    for (let count = 0; count < total; count++) {
      let rest = count;
      const at: Record<string, number> = {};
      for (const letter of letters) {
        at[letter] = rest % (sizes[letter] as number);
        rest = Math.floor(rest / (sizes[letter] as number));
      }
      const product = terms.reduce((p, term, i) => p * (data[i]?.[place(term, at)] as number), 1);
      result[place(output, at)] = (result[place(output, at)] as number) + product;
    }
    return result;
  }

  it("is the sum over all letters that the output lacks", () => {
    const sizes = { i: 2, j: 3, k: 4, l: 1 };
    const term = fc
      .array(fc.constantFrom(..."ijkl"), { minLength: 0, maxLength: 3 })
      .map((letters) => letters.join(""));
    fc.assert(
      fc.property(
        fc.array(term, { minLength: 1, maxLength: 3 }),
        fc.shuffledSubarray([..."ijkl"]),
        fc.integer(),
        (terms, order, seed) => {
          const used = new Set(terms.join(""));
          const output = order.filter((letter) => used.has(letter)).join("");
          const present = Object.fromEntries(Object.entries(sizes).filter(([letter]) => used.has(letter)));
          const xs = terms.map((one, i) => {
            const shape = [...one].map((letter) => sizes[letter as "i"]);
            return counting(shape, "float64")
              .add(Math.abs(seed % 7) + i)
              .mod(5);
          });
          const y = einsum(`${terms.join(",")}->${output}`, ...xs);
          expect(y.shape).toEqual([...output].map((letter) => sizes[letter as "i"]));
          expect(Array.from(y.dataSync() as Float64Array)).toEqual(naive(terms, output, present, xs));
        },
      ),
    );
  });

  it("broadcasts the axes of the ellipsis", () => {
    const x = ones([2, 1, 3, 4]);
    expect(einsum("...ij,...jk", x, ones([5, 4, 6])).shape).toEqual([2, 5, 3, 6]);
    expect(einsum("i...->...i", x).shape).toEqual([1, 3, 4, 2]);
    expect(einsum("ba", ones([2, 3])).shape).toEqual([3, 2]);
    expect(einsum("...i->i", x).arraySync()).toEqual([6, 6, 6, 6]);
  });

  it.each([
    ["i,j", [[2]], /2 terms for 1 operands/],
    ["ij", [[2]], /"ij" names 2 axes of an operand of rank 1/],
    ["i->ii", [[2]], /output index i stands twice/],
    ["i->j", [[2]], /output index j is in no input/],
    ["i$", [[2, 2]], /"i\$" is no term/],
    ["i,i->", [[2], [3]], /index i has sizes 2 and 3/],
    ["ii->i", [[2, 3]], /index i has sizes 2 and 3/],
    ["i->i->i", [[2]], /"->" stands more than once/],
  ] as [string, number[][], RegExp][])("refuses %s", (equation, shapes, message) => {
    expect(() => einsum(equation, ...shapes.map((shape) => ones(shape)))).toThrow(message);
  });
});

describe("movement", () => {
  it("pads further than the axis is long, as NumPy does", () => {
    const x = tensor([1, 2, 3]);
    expect(values(x.pad([[5, 4]], { mode: "reflect" }))).toEqual([2, 1, 2, 3, 2, 1, 2, 3, 2, 1, 2, 3].slice(0, 12));
    expect(values(x.pad([[4, 4]], { mode: "symmetric" }))).toEqual([3, 3, 2, 1, 1, 2, 3, 3, 2, 1, 1]);
    expect(values(tensor([7]).pad([[2, 1]], { mode: "reflect" }))).toEqual([7, 7, 7, 7]);
  });
  it("swaps, moves and flips back", () => {
    const x = counting([2, 3, 4]);
    expect(values(x.moveAxis([0, 1], [-1, 0]).moveAxis([-1, 0], [0, 1]))).toEqual(values(x));
    expect(values(x.swapAxes(0, -1))).toEqual(values(x.transpose([2, 1, 0])));
    expect(values(x.flip([0, 2]).flip([0, 2]))).toEqual(values(x));
    expect(values(x.roll(5).roll(-5))).toEqual(values(x));
    expect(values(x.expandDims([0, -1]).squeeze())).toEqual(values(x));
  });
  it("traces any diagonal", () => {
    const x = tensor([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    expect([0, 1, 2, 3, -1].map((offset) => values(x.trace(offset)))).toEqual([6, 8, 3, 0, 4]);
  });
  it("diagonals of every offset come back on them", () => {
    for (let k = -3; k <= 3; k++) {
      const diagonal = counting([3, 2]).diagonal(k);
      expect(diagonal.shape).toEqual([Math.max(0, k >= 0 ? Math.min(3, 2 - k) : Math.min(3 + k, 2))]);
      expect(values(diagonal.diag(k).diagonal(k))).toEqual(values(diagonal));
    }
    expect(counting([2, 3, 4]).diagonal().shape).toEqual([4, 2]);
    expect(values(counting([2, 2, 2]).trace())).toEqual([6, 8]);
  });
});
