/** Input pipelines: what each stage yields, in which order, and that every tensor is given up by the right one. */
import { ShapeError, ValueError } from "@crease/backend";
import { arange, getBackend, setRandomSeed, type Tensor, tensor } from "@crease/tensor";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Dataset, type Element } from "../src/index.ts";

let atStart = getBackend().memory();
beforeEach(() => {
  atStart = getBackend().memory();
});
afterEach(() => {
  expect(getBackend().memory()).toEqual(atStart);
});

/** All elements as nested arrays, each disposed after it was read. */
async function collect(data: AsyncIterable<Element>): Promise<unknown[]> {
  const rows: unknown[] = [];
  for await (const element of data) {
    const places: unknown[] = [];
    for (const feature of element) {
      const x = feature as Tensor;
      places.push(await x.array());
      x.dispose();
    }
    rows.push(places.length === 1 ? places[0] : places);
  }
  return rows;
}

/** Runs `body` with arange(size), which must live on. */
async function withRange(size: number, body: (x: Tensor) => Promise<void>): Promise<void> {
  const x = arange(size);
  await body(x);
  expect(x.isDisposed).toBe(false);
  x.dispose();
}

/** 0 to `size - 1` from a generator, and how many of its tensors were asked for. */
function counter(size: number): { data: Dataset<readonly [Tensor]>; asked: () => number; closed: () => boolean } {
  let asked = 0;
  let closed = false;
  const data = Dataset.fromGenerator(async function* () {
    try {
      for (let i = 0; i < size; i++) {
        asked++;
        yield [tensor(i)] as const;
      }
    } finally {
      closed = true;
    }
  });
  return { data, asked: () => asked, closed: () => closed };
}

const upTo = (size: number): number[] => Array.from({ length: size }, (_, i) => i);

describe("sources", () => {
  test("rows of tensors, one by one", async () => {
    const x = tensor([
      [1, 2],
      [3, 4],
    ]);
    const y = tensor([7, 8], { dtype: "uint8" });
    const data = Dataset.fromTensors(x, y);
    expect(data.size).toBe(2);
    expect(await collect(data)).toEqual([
      [[1, 2], 7],
      [[3, 4], 8],
    ]);
    x.dispose();
    y.dispose();
  });

  test("objects of tensors, weights, and a place left out", async () => {
    const image = arange(4);
    const weight = tensor([1, 2, 3, 4]);
    const data = Dataset.fromTensors({ image, twice: image }, undefined, weight).batch(3);
    const seen: unknown[] = [];
    for await (const [x, y, w] of data) {
      seen.push(await x.image.array(), await x.twice.array(), y, await w.array());
      for (const t of [x.image, x.twice, w]) t.dispose();
    }
    expect(seen).toEqual([[0, 1, 2], [0, 1, 2], undefined, [1, 2, 3], [3], [3], undefined, [4]]);
    image.dispose();
    weight.dispose();
  });

  test("tensors that do not fit each other", () => {
    const [x, y, scalar] = [arange(3), arange(2), tensor(1)];
    expect(() => Dataset.fromTensors(x, y)).toThrow(ShapeError);
    expect(() => Dataset.fromTensors(x, y)).toThrow(/x has 3 rows and y has 2, got int32\[3\] and int32\[2\]/);
    expect(() => Dataset.fromTensors({ a: x, b: y })).toThrow(/x\.b has 2/);
    expect(() => Dataset.fromTensors(scalar)).toThrow(/x is a scalar/);
    for (const t of [x, y, scalar]) t.dispose();
  });

  test("a generator is called anew for each pass", async () => {
    const { data } = counter(3);
    expect(data.size).toBe(undefined);
    expect(await collect(data)).toEqual([0, 1, 2]);
    expect(await collect(data)).toEqual([0, 1, 2]);
  });

  test("an iterable that yields what is no element, or a wrong number of them", async () => {
    const numbers = Dataset.fromGenerator(() => [1, 2] as unknown as Element[]);
    await expect(collect(numbers)).rejects.toThrow(ValueError);
    const two = (size: number) =>
      Dataset.fromGenerator(
        function* () {
          yield [tensor(1)] as const;
          yield [tensor(2)] as const;
        },
        { size },
      );
    await expect(collect(two(3))).rejects.toThrow(/2 elements came, size says 3/);
    await expect(collect(two(1))).rejects.toThrow(/more than 1 elements came, size says 1/);
    expect(await collect(two(2))).toEqual([1, 2]);
  });
});

describe("batch", () => {
  test("rows and streams alike, with and without the remainder", async () => {
    await withRange(7, async (x) => {
      for (const data of [Dataset.fromTensors(x), counter(7).data]) {
        expect(await collect(data.batch(3))).toEqual([[0, 1, 2], [3, 4, 5], [6]]);
        expect(await collect(data.batch(3, { dropRemainder: true }))).toEqual([
          [0, 1, 2],
          [3, 4, 5],
        ]);
        expect(await collect(data.take(6).batch(2).batch(2, { dropRemainder: true }))).toEqual([
          [
            [0, 1],
            [2, 3],
          ],
        ]);
      }
      expect(Dataset.fromTensors(x).batch(3).size).toBe(3);
      expect(Dataset.fromTensors(x).batch(3, { dropRemainder: true }).size).toBe(2);
      expect(Dataset.fromTensors(x).batch(2).batch(3).size).toBe(2);
    });
  });

  test("elements of different structure or shape", async () => {
    const mixed = Dataset.fromGenerator<Element>(function* () {
      yield [tensor(1)];
      yield [{ a: tensor(1) }];
    });
    await expect(collect(mixed.batch(2))).rejects.toThrow(/differ in structure \(\[x\] and \[x { a }\]\)/);
    const ragged = Dataset.fromGenerator(function* () {
      yield [tensor([1])] as const;
      yield [tensor([1, 2])] as const;
    });
    await expect(collect(ragged.batch(2))).rejects.toThrow(ShapeError);
  });

  test("sizes that are none", async () => {
    await withRange(2, async (x) => {
      const data = Dataset.fromTensors(x);
      for (const size of [0, -1, 1.5, Number.NaN]) expect(() => data.batch(size)).toThrow(ValueError);
      expect(() => data.take(-1)).toThrow(/Dataset\.take: count -1 is no whole number from 0 on/);
      expect(() => data.prefetch(0)).toThrow(ValueError);
      expect(() => data.iterate({ start: -1 })).toThrow(ValueError);
    });
  });
});

describe("shuffle", () => {
  const shuffles: [string, (x: Tensor, seed: number) => Dataset][] = [
    ["rows", (x, seed) => Dataset.fromTensors(x).shuffle({ seed })],
    ["stream", (x, seed) => counter(x.size).data.shuffle({ seed, bufferSize: 8 })],
  ];
  test.each(shuffles)("%s: an order of its own in each pass, the same for the same seed", async (_name, make) => {
    await withRange(40, async (x) => {
      const [first, again, other] = [make(x, 3), make(x, 3), make(x, 4)];
      const passes = [await collect(first), await collect(first), await collect(first)];
      for (const pass of passes) expect([...pass].sort((a, b) => Number(a) - Number(b))).toEqual(upTo(40));
      expect(new Set([upTo(40), ...passes].map(String)).size).toBe(4);
      expect([await collect(again), await collect(again)]).toEqual(passes.slice(0, 2));
      expect(await collect(other)).not.toEqual(passes[0]);
    });
  });

  test("x and y stay together, in batches", async () => {
    await withRange(50, async (x) => {
      const y = x.mul(10);
      const batches = await collect(Dataset.fromTensors(x, y).shuffle({ seed: 1 }).batch(8));
      for (const [xs, ys] of batches as [number[], number[]][]) expect(ys).toEqual(xs.map((value) => 10 * value));
      y.dispose();
    });
  });

  test("whole batches, when it comes after batch", async () => {
    await withRange(30, async (x) => {
      const batches = (await collect(Dataset.fromTensors(x).batch(3).shuffle({ seed: 2 }))) as number[][];
      for (const [a, b, c] of batches) expect([b, c]).toEqual([(a as number) + 1, (a as number) + 2]);
      expect(batches.map(([a]) => a)).not.toEqual(upTo(10).map((i) => 3 * i));
    });
  });

  test("one order for all passes when asked for", async () => {
    await withRange(20, async (x) => {
      const data = Dataset.fromTensors(x).shuffle({ seed: 5, reshuffleEachIteration: false });
      expect(await collect(data)).toEqual(await collect(data));
    });
  });

  test("every order of three comes equally often", async () => {
    await withRange(3, async (x) => {
      const data = Dataset.fromTensors(x).shuffle({ seed: 11 }).batch(3);
      const counts = new Map<string, number>();
      for (let i = 0; i < 1200; i++) {
        const order = String(await collect(data));
        counts.set(order, (counts.get(order) ?? 0) + 1);
      }
      // Chi-squared with 5 degrees of freedom exceeds 20.5 once in a thousand; the seed is fixed.
      const chi = [...counts.values()].reduce((sum, n) => sum + (n - 200) ** 2 / 200, 0);
      expect(counts.size).toBe(6);
      expect(chi).toBeLessThan(20.5);
    });
  });

  test("without a seed it follows the random seed of the context", async () => {
    await withRange(20, async (x) => {
      const pass = async (seed: number): Promise<unknown[]> => {
        setRandomSeed(seed);
        const [first, second] = [Dataset.fromTensors(x).shuffle(), Dataset.fromTensors(x).shuffle()];
        const orders = [await collect(first), await collect(second)];
        expect(orders[0]).not.toEqual(orders[1]);
        return orders;
      };
      expect(await pass(1)).toEqual(await pass(1));
      expect(await pass(1)).not.toEqual(await pass(2));
    });
  });

  test("a stream needs a buffer, a seed must be whole", async () => {
    expect(() => counter(3).data.shuffle()).toThrow(/needs a bufferSize/);
    expect(() => counter(3).data.shuffle({ seed: 1.5, bufferSize: 2 })).toThrow(ValueError);
    expect(() => counter(3).data.shuffle({ seed: 2 ** 32, bufferSize: 2 })).toThrow(ValueError);
  });
});

describe("going on where a pass stood", () => {
  const pipelines: [string, (x: Tensor) => Dataset][] = [
    ["rows", (x) => Dataset.fromTensors(x).shuffle({ seed: 1 }).batch(4)],
    ["window", (x) => Dataset.fromTensors(x).skip(2).shuffle({ seed: 1 }).take(13).batch(4)],
    ["stream", () => counter(23).data.shuffle({ seed: 1, bufferSize: 5 }).batch(3)],
    ["stream window", () => counter(23).data.skip(3).take(11).batch(2).take(4)],
    [
      "map and prefetch",
      (x) =>
        Dataset.fromTensors(x)
          .shuffle({ seed: 9 })
          .map(([v]) => [(v as Tensor).add(1)])
          .prefetch(2),
    ],
    ["concat of known size", (x) => Dataset.fromTensors(x).take(5).concat(Dataset.fromTensors(x).batch(1).batch(1))],
    ["concat", (x) => Dataset.fromTensors(x).take(5).concat(counter(4).data).concat(Dataset.fromTensors(x))],
  ];
  test.each(pipelines)("%s", async (_name, make) => {
    await withRange(23, async (x) => {
      const data = make(x);
      const whole = await collect(data.iterate({ epoch: 3 }));
      expect(whole.length).toBeGreaterThan(3);
      for (let start = 0; start <= whole.length + 1; start++)
        expect(await collect(data.iterate({ epoch: 3, start }))).toEqual(whole.slice(start));
    });
  });

  test("the state as JSON", async () => {
    await withRange(30, async (x) => {
      const make = (): Dataset => Dataset.fromTensors(x).shuffle().batch(5).shuffle();
      const data = make();
      await collect(data);
      const state = JSON.stringify(data.getState());
      const resumed = make();
      resumed.setState(JSON.parse(state));
      expect(await collect(resumed)).toEqual(await collect(data));
      expect(() => data.setState({ epoch: 0, seeds: [1] })).toThrow(/data set with 2 shuffles/);
      expect(() => data.setState({ epoch: -1, seeds: [1, 2] })).toThrow(ValueError);
      expect(() => data.setState({ epoch: 0, seeds: [1, -2] })).toThrow(ValueError);
    });
  });
});

test("take, skip and concat are slices and joins", async () => {
  const count = fc.integer({ min: 0, max: 12 });
  await withRange(9, async (x) => {
    await fc.assert(
      fc.asyncProperty(count, count, fc.boolean(), async (skipped, taken, isStream) => {
        const data: Dataset = isStream ? counter(9).data : Dataset.fromTensors(x);
        const window = data.skip(skipped).take(taken);
        const expected = upTo(9).slice(skipped, skipped + taken);
        expect(await collect(window)).toEqual(expected);
        if (!isStream) expect(window.size).toBe(expected.length);
        expect(await collect(window.concat(data.take(2)))).toEqual([...expected, 0, 1]);
      }),
    );
  });
});

describe("map", () => {
  test("gives up intermediates and the element it consumed", async () => {
    await withRange(4, async (x) => {
      const data = Dataset.fromTensors(x, x)
        .batch(2)
        .map(([a, b]) => [a.add(1).mul(2), b]);
      expect(await collect(data)).toEqual([
        [
          [2, 4],
          [0, 1],
        ],
        [
          [6, 8],
          [2, 3],
        ],
      ]);
    });
  });

  test("leaves a tensor from outside alone", async () => {
    await withRange(2, async (x) => {
      const label = tensor(5);
      const data = Dataset.fromTensors(x).map(([a]) => [a, label]);
      expect(await collect(data)).toEqual([
        [0, 5],
        [1, 5],
      ]);
      expect(label.isDisposed).toBe(false);
      label.dispose();
    });
  });

  test("hands on the same tensor twice", async () => {
    await withRange(2, async (x) => {
      expect(await collect(Dataset.fromTensors(x).map(([a]) => [a, a]))).toEqual([
        [0, 0],
        [1, 1],
      ]);
    });
  });

  test("errors, promises and other results are refused, and nothing is left", async () => {
    await withRange(3, async (x) => {
      const data = Dataset.fromTensors(x).prefetch(2);
      const broken = data.map(([a]): [Tensor] => {
        a.add(1);
        throw new Error("mine");
      });
      await expect(collect(broken)).rejects.toThrow("mine");
      await expect(collect(data.map((async () => [x]) as never))).rejects.toThrow(/returned a promise/);
      await expect(collect(data.map((([a]: [Tensor]) => a) as never))).rejects.toThrow(/no \[x, y\?, sampleWeight\?\]/);
    });
  });
});

describe("leaving early", () => {
  const stages: [string, (data: Dataset) => Dataset][] = [
    ["source", (data) => data],
    ["batch", (data) => data.batch(3)],
    ["shuffle", (data) => data.shuffle({ seed: 1, bufferSize: 4 })],
    ["map", (data) => data.map(([x]) => [x])],
    ["prefetch", (data) => data.prefetch(3)],
    [
      "all",
      (data) =>
        data
          .skip(1)
          .prefetch(2)
          .shuffle({ seed: 1, bufferSize: 4 })
          .batch(2)
          .map(([x]) => [x])
          .prefetch(2),
    ],
  ];
  test.each(stages)("%s: break gives up what was fetched and closes the source", async (_name, stage) => {
    const { data, closed } = counter(20);
    for await (const element of stage(data)) {
      (element[0] as Tensor).dispose();
      break;
    }
    expect(closed()).toBe(true);
  });

  test.each(stages)("%s: an error in the source comes through, and nothing is left", async (_name, stage) => {
    const data = Dataset.fromGenerator<Element>(async function* () {
      for (let i = 0; i < 5; i++) yield [tensor(i)];
      throw new Error("lost");
    });
    await expect(collect(stage(data))).rejects.toThrow("lost");
  });

  test("take asks for no more than it gives", async () => {
    const { data, asked } = counter(20);
    expect(await collect(data.take(3))).toEqual([0, 1, 2]);
    expect(asked()).toBe(3);
  });

  test("prefetch runs ahead by its count", async () => {
    const { data, asked } = counter(20);
    const pass = data.prefetch(3).iterate();
    const first = await pass.next();
    await new Promise((resolve) => setTimeout(resolve));
    expect(asked()).toBe(4);
    (first.value as readonly [Tensor])[0].dispose();
    await pass.return();
  });

  test("prefetch keeps an error until its turn comes", async () => {
    const data = Dataset.fromGenerator(async function* () {
      yield [tensor(0)] as const;
      throw new Error("lost");
    });
    const pass = data.prefetch(2).iterate();
    const first = await pass.next();
    await new Promise((resolve) => setTimeout(resolve));
    (first.value as readonly [Tensor])[0].dispose();
    await expect(pass.next()).rejects.toThrow("lost");
  });
});
