/** The tensors and operations of chapter 2 of Deep Learning with Python, as the chapter shows them. */
import { bytesPerElement, type DType, type Shape, sizeOf } from "@crease/backend";
import { getBackend, oneHot, ones, randomUniform, scope, type Tensor, tensor, zeros } from "@crease/tensor";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

let before = getBackend().memory();
beforeEach(() => {
  before = getBackend().memory();
});
afterEach(() => {
  expect(getBackend().memory()).toEqual(before);
});

const values = (x: Tensor): unknown => x.arraySync();

describe("scalars, vectors, matrices and tensors of higher rank", () => {
  test.each([
    [12, 0, []],
    [[12, 3, 6, 14, 7], 1, [5]],
    [
      [
        [5, 78, 2, 34, 0],
        [6, 79, 3, 35, 1],
        [7, 80, 4, 36, 2],
      ],
      2,
      [3, 5],
    ],
    [
      [
        [
          [5, 78, 2, 34, 0],
          [6, 79, 3, 35, 1],
        ],
        [
          [5, 78, 2, 34, 0],
          [6, 79, 3, 35, 1],
        ],
        [
          [5, 78, 2, 34, 0],
          [6, 79, 3, 35, 1],
        ],
      ],
      3,
      [3, 2, 5],
    ],
  ])("case %#", (nested, ndim, shape) => {
    scope(() => {
      const x = tensor(nested);
      expect([x.ndim, x.shape, x.dtype, x.size]).toEqual([ndim, shape, "float32", sizeOf(shape)]);
      expect(values(x)).toEqual(nested);
    });
  });
});

describe("data tensors of the real world", () => {
  const kinds: readonly (readonly [string, Shape, DType])[] = [
    ["vector data: 100,000 people with age, gender and income", [100_000, 3], "float32"],
    ["documents: 500 texts, counts of 20,000 words", [500, 20_000], "float32"],
    ["time series: 250 days of 390 minutes with 3 prices", [250, 390, 3], "float32"],
    ["sequences: a thousand one-hot tweets of 280 characters", [1000, 280, 128], "uint8"],
    ["images: a batch of 128 in colour", [128, 256, 256, 3], "uint8"],
    ["video: 4 clips of 60 seconds at 4 frames a second", [10, 240, 144, 256, 3], "uint8"],
  ];

  test.each(kinds)("%s", (_, shape, dtype) => {
    scope(() => {
      const x = ones(shape, { dtype });
      expect([x.ndim, x.shape, x.dtype, x.size]).toEqual([shape.length, shape, dtype, sizeOf(shape)]);
      expect(getBackend().memory().bytes - before.bytes).toBe(sizeOf(shape) * bytesPerElement[dtype]);
      const last = shape.map((size) => size - 1);
      expect(x.at(...last).itemSync()).toBe(1);
    });
  });

  test("a million tweets exist as a shape only", () => {
    const tweets: Shape = [1_000_000, 280, 128];
    expect(sizeOf(tweets)).toBe(35_840_000_000);
    expect(sizeOf(tweets) * bytesPerElement.bool).toBe(35_840_000_000);
    expect(sizeOf([10, 240, 144, 256, 3])).toBe(265_420_800);
  });

  test("one-hot tweets mark one of 128 characters at each of 280 places", () => {
    scope(() => {
      const characters = randomUniform([1000, 280], { min: 0, max: 128, dtype: "int32", seed: 1 });
      const tweets = oneHot(characters, 128, { dtype: "uint8" });
      expect([tweets.shape, tweets.dtype]).toEqual([[1000, 280, 128], "uint8"]);
      expect(tweets.sum().itemSync()).toBe(280_000);
      expect(tweets.argMax(-1).equal(characters).all().itemSync<boolean>()).toBe(true);
    });
  });
});

describe("slicing, as the chapter selects digits", () => {
  const digits = (): Tensor => randomUniform([200, 28, 28], { min: 0, max: 256, dtype: "uint8", seed: 2 });

  test("a range of samples, written three ways", () => {
    scope(() => {
      const trainImages = digits();
      const mySlice = trainImages.slice([10, 100]);
      expect(mySlice.shape).toEqual([90, 28, 28]);
      expect(mySlice.dtype).toBe("uint8");
      expect(mySlice.dataSync()).toEqual(trainImages.slice([10, 100], null, null).dataSync());
      expect(mySlice.dataSync()).toEqual(trainImages.slice([10, 100], [0, 28], [0, 28]).dataSync());
      expect(mySlice.at(5).dataSync()).toEqual(trainImages.at(15).dataSync());
    });
  });

  test("crops: the bottom right corner and the middle of every image", () => {
    scope(() => {
      const trainImages = digits();
      const corner = trainImages.slice(null, [14], [14]);
      expect(corner.shape).toEqual([200, 14, 14]);
      expect(corner.at(3, 0, 1).itemSync()).toBe(trainImages.at(3, 14, 15).itemSync());
      const middle = trainImages.slice(null, [7, -7], [7, -7]);
      expect(middle.shape).toEqual([200, 14, 14]);
      expect(middle.at(199, 13, 0).itemSync()).toBe(trainImages.at(199, 20, 7).itemSync());
    });
  });

  test("batches of 128", () => {
    scope(() => {
      const trainImages = digits();
      const batch = trainImages.slice([0, 128]);
      const next = trainImages.slice([128, 256]);
      expect([batch.shape[0], next.shape[0]]).toEqual([128, 72]);
      expect([...(batch.dataSync() as Uint8Array), ...(next.dataSync() as Uint8Array)]).toEqual([
        ...(trainImages.dataSync() as Uint8Array),
      ]);
    });
  });
});

type Matrix = number[][];
const sizeOfRows = (x: Matrix): [number, number] => [x.length, (x[0] as number[]).length];
const entry = (x: Matrix, i: number, j: number): number => (x[i] as number[])[j] as number;

function naiveRelu(x: Matrix): Matrix {
  return x.map((row) => row.map((value) => Math.max(value, 0)));
}
function naiveAdd(x: Matrix, y: Matrix): Matrix {
  return x.map((row, i) => row.map((value, j) => Math.fround(value + entry(y, i, j))));
}
function naiveAddMatrixAndVector(x: Matrix, y: number[]): Matrix {
  return x.map((row) => row.map((value, j) => Math.fround(value + (y[j] as number))));
}
function naiveVectorDot(x: number[], y: number[]): number {
  return x.reduce((sum, value, i) => sum + value * (y[i] as number), 0);
}
function naiveMatrixDot(x: Matrix, y: Matrix): Matrix {
  const [, inner] = sizeOfRows(x);
  const [, columns] = sizeOfRows(y);
  return x.map((row) =>
    Array.from({ length: columns }, (_, j) =>
      naiveVectorDot(
        row,
        Array.from({ length: inner }, (_, k) => entry(y, k, j)),
      ),
    ),
  );
}

describe("the chapter's naive operations agree with the tensor ones", () => {
  const matrix = (rows: number, columns: number, seed: number): Tensor =>
    randomUniform([rows, columns], { min: -1, max: 1, seed });

  test("relu, add, and broadcasting a vector over the rows of a matrix", () => {
    scope(() => {
      const x = matrix(32, 10, 1);
      const y = matrix(32, 10, 2);
      const row = matrix(1, 10, 3).reshape([10]);
      expect(values(x.relu())).toEqual(naiveRelu(values(x) as Matrix));
      expect(values(x.maximum(0))).toEqual(naiveRelu(values(x) as Matrix));
      expect(values(x.add(y))).toEqual(naiveAdd(values(x) as Matrix, values(y) as Matrix));
      expect(values(x.add(row))).toEqual(naiveAddMatrixAndVector(values(x) as Matrix, values(row) as number[]));
    });
  });

  test("broadcasting by hand: a new axis, repeated 32 times", () => {
    scope(() => {
      const x = matrix(32, 10, 4);
      const y = matrix(1, 10, 5).reshape([10]);
      const repeated = y.expandDims(0).tile([32, 1]);
      expect(repeated.shape).toEqual([32, 10]);
      expect(values(x.add(y))).toEqual(values(x.add(repeated)));
    });
  });

  test("maximum of (64, 3, 32, 10) and (32, 10)", () => {
    scope(() => {
      const x = randomUniform([64, 3, 32, 10], { seed: 6 });
      const y = matrix(32, 10, 7);
      const z = x.maximum(y);
      expect(z.shape).toEqual([64, 3, 32, 10]);
      expect(z.at(5, 2, 31, 9).itemSync()).toBe(Math.max(x.at(5, 2, 31, 9).itemSync(), y.at(31, 9).itemSync()));
    });
  });

  test("dot of vectors, of a matrix and a vector, of matrices", () => {
    scope(() => {
      const x = matrix(6, 5, 8);
      const y = matrix(5, 4, 9);
      const v = matrix(1, 5, 10).reshape([5]);
      const rows = values(x) as Matrix;
      const vector = values(v) as number[];
      const difference = (a: Tensor, b: number | number[] | Matrix): number => a.sub(b).abs().max().itemSync();
      expect(difference(v.dot(v), naiveVectorDot(vector, vector))).toBeLessThan(1e-6);
      const byRow = rows.map((row) => naiveVectorDot(row, vector));
      expect(difference(x.dot(v), byRow)).toBeLessThan(1e-6);
      const expected = naiveMatrixDot(rows, values(y) as Matrix);
      expect(difference(x.dot(y), expected)).toBeLessThan(1e-6);
      expect(difference(x.matmul(y), expected)).toBeLessThan(1e-6);
    });
  });
});

describe("reshaping", () => {
  test("images to vectors: (60000, 28, 28) to (60000, 784) as fractions", () => {
    scope(() => {
      const images = ones([60_000, 28, 28], { dtype: "uint8" });
      const flat = images.reshape([60_000, 28 * 28]);
      expect(flat.shape).toEqual([60_000, 784]);
      // A reshape shares its input's buffer.
      expect(getBackend().memory().bytes - before.bytes).toBe(images.size);
      const fractions = flat.slice([0, 1000]).cast("float32").div(255);
      expect(fractions.dtype).toBe("float32");
      expect(fractions.at(999, 783).itemSync()).toBe(Math.fround(1 / 255));
    });
  });

  test("the chapter's (3, 2) example", () => {
    scope(() => {
      const x = tensor([
        [0, 1],
        [2, 3],
        [4, 5],
      ]);
      expect(x.shape).toEqual([3, 2]);
      expect(values(x.reshape([6, 1]))).toEqual([[0], [1], [2], [3], [4], [5]]);
      expect(values(x.reshape([2, 3]))).toEqual([
        [0, 1, 2],
        [3, 4, 5],
      ]);
    });
  });

  test("transposition: (300, 20) to (20, 300)", () => {
    scope(() => {
      const x = zeros([300, 20]);
      expect(x.transpose().shape).toEqual([20, 300]);
      const y = randomUniform([300, 20], { seed: 11 });
      expect(y.transpose().at(7, 299).itemSync()).toBe(y.at(299, 7).itemSync());
    });
  });
});

describe("the geometry of operations", () => {
  test("a dense layer is an affine transform with a relu", () => {
    scope(() => {
      const x = tensor([[1, -2]]);
      const w = tensor([
        [0, -1],
        [1, 0],
      ]);
      expect(values(x.matmul(w))).toEqual([[-2, -1]]);
      expect(values(x.dense(w, tensor([3, 0]), { activation: "relu" }))).toEqual([[1, 0]]);
    });
  });
});
