/** The layers that prepare data against Keras 3.15.1, whose results stand beside the calls that gave them. */
import { AxisError, DTypeError, ShapeError, ValueError } from "@crease/backend";
import { getBackend, ones, type Tensor, tensor } from "@crease/tensor";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type AdaptData,
  CategoryEncoding,
  Discretization,
  getLayer,
  Hashing,
  IntegerLookup,
  type Layer,
  Normalization,
  Rescaling,
  StringLookup,
  type Tensors,
  TextVectorization,
} from "../src/index.ts";
import { farmHash64 } from "../src/preprocessing/farmHash64.ts";
import { sipHash64 } from "../src/preprocessing/sipHash64.ts";

type AnyLayer = Layer<Tensors, Tensors>;
const flat = async (x: Tensor): Promise<number[]> => [...((await x.data()) as Float32Array)];
const close = (actual: readonly number[], expected: readonly number[]): void => {
  expect(actual.length).toBe(expected.length);
  for (const [i, value] of expected.entries())
    expect(Math.abs((actual[i] as number) - value)).toBeLessThanOrEqual(1e-6 + 1e-5 * Math.abs(value));
};
const adapted = async <L extends { adapt(data: AdaptData): Promise<void> }>(layer: L, data: AdaptData): Promise<L> => {
  await layer.adapt(data);
  return layer;
};

describe("Normalization", () => {
  test("learns each feature's mean and variance, which are weights", async () => {
    // n = Normalization(); n.adapt([[0, 7, 4], [2, 9, 6], [0, 7, 4], [2, 9, 7]])
    const layer = await adapted(new Normalization(), [
      [0, 7, 4],
      [2, 9, 6],
      [0, 7, 4],
      [2, 9, 7],
    ]);
    expect(layer.namedWeights().map(({ path, trainable }) => [path, trainable])).toEqual([
      ["mean", false],
      ["variance", false],
      ["count", false],
    ]);
    const [mean, variance, count] = layer.getWeights() as [Tensor, Tensor, Tensor];
    close(await flat(mean), [1, 8, 5.25]);
    close(await flat(variance), [1, 1, 1.6875]);
    expect(await count.item()).toBe(0);
    close(await flat(layer.apply([[0, 7, 4]])), [-1, -1, -0.9622504711151123]);
  });

  test("of everything, and of batches", async () => {
    // Normalization(axis=None).adapt([1, 2, 3, 4, 5]): mean 3, variance 2
    const whole = await adapted(new Normalization({ axis: null }), [1, 2, 3, 4, 5]);
    expect(await flat((whole.mean as { value: Tensor }).value)).toEqual([3]);
    expect(await flat((whole.variance as { value: Tensor }).value)).toEqual([2]);
    // Normalization(axis=(1, 2)).adapt([ones((2, 2, 2)), arange(16).reshape(4, 2, 2)])
    const batches = [
      ones([2, 2, 2]),
      tensor(
        Float32Array.from({ length: 16 }, (_, i) => i),
        { shape: [4, 2, 2] },
      ),
    ];
    const learned = await adapted(new Normalization({ axis: [1, 2] }), batches);
    close(await flat((learned.mean as { value: Tensor }).value), [4.333333, 5, 5.666667, 6.333333]);
    close(
      await flat((learned.variance as { value: Tensor }).value),
      [18.88888931274414, 21.33333396911621, 24.22222328186035, 27.555557250976562],
    );
    expect(batches.some((batch) => batch.isDisposed)).toBe(false);
  });

  test("in batches is what it is at once", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 3, maxLength: 3 }), { minLength: 2 }),
        fc.nat(),
        async (rows, where) => {
          const cut = 1 + (where % (rows.length - 1));
          const parts = async function* (): AsyncGenerator<[Tensor, Tensor]> {
            for (const part of [rows.slice(0, cut), rows.slice(cut)]) yield [tensor(part), tensor(0)];
          };
          const once = await adapted(new Normalization(), rows);
          const often = await adapted(new Normalization(), parts());
          for (const [i, weight] of once.getWeights().entries())
            close(await flat(often.getWeights()[i] as Tensor), await flat(weight));
        },
      ),
      { numRuns: 20 },
    );
  });

  test("by given numbers, there and back", async () => {
    // Normalization(mean=3, variance=2)([[1], [2], [3]]); Normalization(mean=[3, 1], variance=[0, 4], invert=True)([[1, 2]])
    const given = new Normalization({ mean: 3, variance: 2 });
    close(await flat(given.apply([[1], [2], [3]])), [-Math.SQRT2, -Math.SQRT1_2, 0]);
    expect(given.weights).toEqual([]);
    const inverse = new Normalization({ mean: [3, 1], variance: [0, 4], invert: true });
    close(await flat(inverse.apply([[1, 2]])), [3.0000001, 5]);
  });

  test("refuses what does not fit", async () => {
    expect(() => new Normalization({ mean: 1 })).toThrow(/mean is given alone/);
    expect(() => new Normalization({ mean: [1], variance: [1, 2] })).toThrow(/shape \[1\] and variance \[2\]/);
    expect(() => new Normalization({ mean: [[1]], variance: [[1]] })).toThrow(/mean has 2 axes/);
    expect(() => new Normalization({ mean: [1], variance: [-1] })).toThrow(/a variance is -1/);
    expect(() => new Normalization({ mean: [1, 2], variance: [1, 2] }).apply([[1, 2, 3]])).toThrow(ShapeError);
    await expect(new Normalization({ mean: 1, variance: 1 }).adapt([[1]])).rejects.toThrow(/given at construction/);
    await expect(new Normalization().adapt([])).rejects.toThrow(/no data/);
    await expect(new Normalization({ axis: 2 }).adapt([[1]])).rejects.toThrow(AxisError);
    const named = (function* () {
      yield [{ a: ones([1]) }] as const;
    })();
    await expect(new Normalization().adapt(named)).rejects.toThrow(/a batch has several or none/);
    const layer = await adapted(new Normalization(), [[1, 2]]);
    await expect(layer.adapt([[1, 2, 3]])).rejects.toThrow(/built for size 2/);
  });
});

describe("CategoryEncoding", () => {
  test("in each mode", async () => {
    // CategoryEncoding(4, m)([[0, 1], [0, 0], [1, 2], [3, 1]])
    const x = [
      [0, 1],
      [0, 0],
      [1, 2],
      [3, 1],
    ];
    const hot = new CategoryEncoding(4).apply(x).toString();
    expect(hot).toBe("[[1. 1. 0. 0.]\n [1. 0. 0. 0.]\n [0. 1. 1. 0.]\n [0. 1. 0. 1.]]");
    const count = new CategoryEncoding(4, { outputMode: "count" });
    expect(count.apply(x).toString()).toBe("[[1. 1. 0. 0.]\n [2. 0. 0. 0.]\n [0. 1. 1. 0.]\n [0. 1. 0. 1.]]");
    const weights = tensor([
      [0.5, 0.25],
      [0.5, 0.5],
      [0.25, 0.75],
      [0.5, 0.25],
    ]);
    expect((await count.apply([tensor(x), weights]).array()) as number[][]).toEqual([
      [0.5, 0.25, 0, 0],
      [1, 0, 0, 0],
      [0, 0.25, 0.75, 0],
      [0, 0.25, 0, 0.5],
    ]);
    const one = new CategoryEncoding(4, { outputMode: "oneHot" });
    expect(one.apply([[3], [0]]).toString()).toBe("[[0. 0. 0. 1.]\n [1. 0. 0. 0.]]");
    expect(one.apply([[3, 0]]).shape).toEqual([1, 2, 4]);
    // CategoryEncoding(4, "one_hot")([3, 5, -1]), CategoryEncoding(4, "count")([[3, 5, 1]]), ...(2)
    expect(one.apply([3, 5, -1]).toString()).toBe("[[0. 0. 0. 1.]\n [0. 0. 0. 0.]\n [0. 0. 0. 0.]]");
    expect(count.apply([[3, 5, 1]]).toString()).toBe("[[0. 1. 0. 1.]]");
    expect(count.apply(2).toString()).toBe("[0. 0. 1. 0.]");
    expect(count.apply(tensor([], { shape: [0, 2], dtype: "int32" })).shape).toEqual([0, 4]);
  });

  test("refuses what does not fit", () => {
    for (const numTokens of [0, 2.5, -1]) expect(() => new CategoryEncoding(numTokens)).toThrow(ValueError);
    expect(() => new CategoryEncoding(2, { outputMode: "onehot" as "oneHot" })).toThrow(/Did you mean "oneHot"/);
    expect(() => new CategoryEncoding(2).apply([ones([1, 2]), ones([1, 2])])).toThrow(/takes no weights/);
    const count = new CategoryEncoding(2, { outputMode: "count" });
    expect(() => count.apply([ones([1, 2]), ones([1, 3])])).toThrow(ShapeError);
    expect(() => getLayer({ className: "CategoryEncoding", config: { numTokens: 2, sparse: true } })).toThrow(/sparse/);
  });
});

describe("Discretization", () => {
  test("by given boundaries, NaN in the last bin", () => {
    // Discretization(bin_boundaries=[0, 1, 2])([[-1.5, 1.0, 3.4, nan], [0, 3, 1.3, 0]])
    const layer = new Discretization({ binBoundaries: [0, 1, 2] });
    const x = [
      [-1.5, 1, 3.4, Number.NaN],
      [0, 3, 1.3, 0],
    ];
    expect(layer.apply(x).toString()).toBe("[[0 2 3 3]\n [1 3 2 1]]");
    // ... with output_mode "multi_hot" and "count" of [[-1.5, 1, 1.4], [0, 3, 1.3]]
    const y = [
      [-1.5, 1, 1.4],
      [0, 3, 1.3],
    ];
    const as = (outputMode: "multiHot" | "count" | "oneHot"): Tensor =>
      new Discretization({ binBoundaries: [0, 1, 2], outputMode }).apply(y);
    expect(as("multiHot").toString()).toBe("[[1. 0. 1. 0.]\n [0. 1. 1. 1.]]");
    expect(as("count").toString()).toBe("[[1. 0. 2. 0.]\n [0. 1. 1. 1.]]");
    expect(as("oneHot").shape).toEqual([2, 3, 4]);
  });

  test("learns Keras's boundaries, at once and in batches", async () => {
    // Discretization(num_bins=4, epsilon=0.01).adapt([[-1.5, 1, 3.4, .5], [0, 3, 1.3, 0]]).bin_boundaries
    const four = await adapted(new Discretization({ numBins: 4 }), [
      [-1.5, 1, 3.4, 0.5],
      [0, 3, 1.3, 0],
    ]);
    expect(four.binBoundaries).toEqual([0, 0.5, 1.2999999523162842]);
    // r = [((i * 37) % 101) / 7 - 5 for i in range(101)]; Discretization(num_bins=3, epsilon=0.1)
    const r = Float32Array.from({ length: 101 }, (_, i) => ((i * 37) % 101) / 7 - 5);
    const three = new Discretization({ numBins: 3, epsilon: 0.1 });
    await three.adapt([r.slice(0, 50), r.slice(50, 80), r.slice(80)]);
    expect(three.binBoundaries).toEqual([-0.38095301389694214, 4.476190090179443]);
    await three.adapt(r);
    expect(three.binBoundaries).toEqual([-0.38095325231552124, 4.380951881408691]);
  });

  test("finds bins of about equal size", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 2, max: 10 }), fc.integer({ min: 1, max: 1000 }), async (numBins, factor) => {
        const values = Float32Array.from({ length: 1009 }, (_, i) => (i * factor) % 1009);
        const layer = await adapted(new Discretization({ numBins, epsilon: 0.01 }), values);
        const counts = new Array<number>(numBins).fill(0);
        for (const bin of await flat(layer.apply(tensor(values)))) counts[bin] = (counts[bin] as number) + 1;
        for (const count of counts) expect(Math.abs(count / 1009 - 1 / numBins)).toBeLessThan(0.03);
      }),
      { numRuns: 20 },
    );
  });

  test("refuses what does not fit", async () => {
    expect(() => new Discretization()).toThrow(/neither/);
    expect(() => new Discretization({ numBins: 2, binBoundaries: [1] })).toThrow(/both/);
    for (const numBins of [0, -1, 2.5]) expect(() => new Discretization({ numBins })).toThrow(ValueError);
    for (const epsilon of [0, 1, -1, Number.NaN])
      expect(() => new Discretization({ numBins: 2, epsilon })).toThrow(ValueError);
    expect(() => new Discretization({ binBoundaries: [2, 1] })).toThrow(/ascending/);
    expect(() => new Discretization({ numBins: 2 }).apply([1])).toThrow(/no boundaries yet/);
    await expect(new Discretization({ binBoundaries: [1] }).adapt([1])).rejects.toThrow(/given at construction/);
    await expect(new Discretization({ numBins: 2 }).adapt([1], { steps: 0 })).rejects.toThrow(/steps is 0/);
  });
});

describe("hashes", () => {
  // tf.strings.to_hash_bucket_fast([s], 2**62), ..._strong([s], 2**62, key=[133, 137])
  const known: readonly (readonly [string, bigint, bigint])[] = [
    ["", 1936946117179621455n, 316627932347062996n],
    ["a", 3694432073954588131n, 2466253977694453450n],
    ["abcdefg", 4341691227789030229n, 1733789709272385407n],
    ["abcdefgh", 4533385575889643785n, 210173030064361732n],
    ["abcdefghijklmnop", 1469030743107030717n, 2540178693098969412n],
    ["abcdefghijklmnopq", 2171023947900359592n, 2624051166598865710n],
    ["a".repeat(32), 3058527438150226200n, 112174453584424929n],
    ["b".repeat(33), 2035177667208992806n, 4182887705902487427n],
    ["c".repeat(64), 414906305872451895n, 3133073175623730342n],
    ["abcdefghij".repeat(7), 3071780670473380879n, 2704869297347641203n],
    ["d".repeat(128), 39614773353803771n, 3417810155589398759n],
    ["abcdefghij".repeat(20), 920586471271343743n, 1534441494856863132n],
    ["é漢字", 4463135553048766162n, 939796534456485434n],
  ];
  for (const [text, farm, sip] of known)
    test(`of ${new TextEncoder().encode(text).length} bytes are TensorFlow's`, () => {
      const bytes = new TextEncoder().encode(text);
      expect(farmHash64(bytes) % 2n ** 62n).toBe(farm);
      expect(sipHash64(bytes, [133n, 137n]) % 2n ** 62n).toBe(sip);
    });

  test("put strings and integers into Keras's bins", () => {
    const x = tensor([["A"], ["B"], ["C"], ["D"], ["E"]]);
    // Hashing(3)(x), Hashing(3, salt=[133, 137])(x), Hashing(3, salt=133)(x)
    expect(new Hashing(3).apply(x).flatten().toString()).toBe("[1 0 1 1 2]");
    expect(new Hashing(3, { salt: [133, 137] }).apply(x).flatten().toString()).toBe("[1 2 1 0 2]");
    expect(new Hashing(3, { salt: 133 }).apply(x).flatten().toString()).toBe("[0 0 2 1 0]");
    // Hashing(3, mask_value="")(["A", "B", "", "C", "D"]), Hashing(5)([1, 2, 3, -4]), Hashing(5)([1.7, -2.5])
    expect(new Hashing(3, { maskValue: "" }).apply(tensor(["A", "B", "", "C", "D"])).toString()).toBe("[1 1 0 2 2]");
    expect(new Hashing(5).apply(tensor([1, 2, 3, -4], { dtype: "int32" })).toString()).toBe("[4 4 1 0]");
    expect(new Hashing(5).apply(tensor([1.7, -2.5])).toString()).toBe("[4 0]");
    const hot = new Hashing(3, { outputMode: "oneHot" }).apply(tensor([["A"], ["B"]]));
    expect(hot.toString()).toBe("[[0. 1. 0.]\n [1. 0. 0.]]");
    for (const numBins of [0, 1.5]) expect(() => new Hashing(numBins)).toThrow(ValueError);
    expect(() => new Hashing(2, { salt: [1] as unknown as [number, number] })).toThrow(/salt/);
  });
});

describe("StringLookup", () => {
  const vocabulary = ["a", "b"];
  test("of a given vocabulary", () => {
    const x = tensor([["a", "z", "", "hello world, this is", "x".repeat(40), "y".repeat(100)]]);
    // StringLookup(vocabulary=["a", "b"], num_oov_indices=3)(x)
    expect(new StringLookup({ vocabulary, numOovIndices: 3 }).apply(x).toString()).toBe("[[3 1 2 0 0 1]]");
    const modes = { outputMode: "multiHot" } as const;
    expect(new StringLookup({ vocabulary, ...modes }).apply(tensor([["a", "z"]])).toString()).toBe("[[1. 1. 0.]]");
    expect(new StringLookup({ vocabulary, ...modes }).apply(tensor(["a", "z"])).toString()).toBe("[1. 1. 0.]");
    const hot = new StringLookup({ vocabulary, outputMode: "oneHot" }).apply(tensor([["a", "z"]]));
    expect(hot.toString()).toBe("[[[0. 1. 0.]\n  [1. 0. 0.]]]");
    // StringLookup(vocabulary=["a", "b"], mask_token="", output_mode="count")([["a", "z", "", "a"]])
    const count = new StringLookup({ vocabulary, maskToken: "", outputMode: "count" });
    expect(count.apply(tensor([["a", "z", "", "a"]])).toString()).toBe("[[1. 2. 0.]]");
  });

  test("back from indices", async () => {
    // StringLookup(vocabulary=["a", "b"], invert=True, mask_token="")([[0, 1, 2, 3, 4]])
    const layer = new StringLookup({ vocabulary, invert: true, maskToken: "" });
    expect(await layer.apply([[0, 1, 2, 3, 4]]).array()).toEqual([["", "[UNK]", "a", "b", "[UNK]"]]);
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(fc.string({ unit: "binary" }), { minLength: 1 }), async (tokens) => {
        const known = tokens.filter((token) => token !== "[UNK]");
        if (known.length === 0) return;
        const there = new StringLookup({ vocabulary: known });
        const back = new StringLookup({ vocabulary: known, invert: true });
        expect(await back.apply(there.apply(tensor(known))).array()).toEqual(known);
      }),
      { numRuns: 20 },
    );
  });

  test("learns by frequency, then from the greatest", async () => {
    const docs = [
      ["a", "c", "d"],
      ["d", "z", "b"],
    ];
    expect((await adapted(new StringLookup(), docs)).getVocabulary()).toEqual(["[UNK]", "d", "z", "c", "b", "a"]);
    // StringLookup(max_tokens=3).adapt(["a", "b", "b", "c"])
    const few = await adapted(new StringLookup({ maxTokens: 3 }), ["a", "b", "b", "c"]);
    expect(few.getVocabulary()).toEqual(["[UNK]", "b", "c"]);
    expect(few.vocabularySize()).toBe(3);
    // By bytes of UTF-8, so an emoji (four bytes) is greater than U+FF21 (three).
    const wide = await adapted(new StringLookup(), ["\uFF21", "\u{1F600}", "é"]);
    expect(wide.getVocabulary({ includeSpecialTokens: false })).toEqual(["\u{1F600}", "\uFF21", "é"]);
  });

  test("weighs tokens for tf-idf", async () => {
    // StringLookup(output_mode="tf_idf").adapt([["a", "b"], ["a", "c"], ["a", "a"]]).idf_weights
    const layer = await adapted(new StringLookup({ outputMode: "tfIdf" }), [
      ["a", "b"],
      ["a", "c"],
      ["a", "a"],
    ]);
    expect(layer.getVocabulary()).toEqual(["[UNK]", "a", "c", "b"]);
    const each = layer.apply(tensor([["z", "a", "c", "b"]]));
    close(await flat(each), [0.79739910364151, 0.5596157908439636, 0.9162907600402832, 0.9162907600402832]);
    // StringLookup(output_mode="tf_idf", max_tokens=6, pad_to_max_tokens=True).set_vocabulary(["a", "b"], [.5, .25])
    const padded = new StringLookup({ outputMode: "tfIdf", maxTokens: 6, padToMaxTokens: true });
    padded.setVocabulary(["a", "b"], [0.5, 0.25]);
    close(await flat(padded.apply(tensor(["z", "a", "b", "b"]))), [0.375, 0.5, 0.5, 0, 0, 0]);
    padded.setVocabulary(["[UNK]", "a", "b"], [0.9, 0.5, 0.25]);
    close(await flat(padded.apply(tensor(["z", "a", "b"]))), [0.9, 0.5, 0.25, 0, 0, 0]);
  });

  test("refuses what does not fit", async () => {
    const strict = new StringLookup({ vocabulary, numOovIndices: 0 });
    expect(() => strict.apply(tensor(["a", "z"]))).toThrow(/"z" at position 1 is not in the vocabulary/);
    expect(() => new StringLookup().apply(tensor(["a"]))).toThrow(/no vocabulary yet/);
    expect(() => new StringLookup({ vocabulary }).apply([1] as unknown as string[])).toThrow(DTypeError);
    expect(() => new StringLookup({ vocabulary }).apply(tensor([1]))).toThrow(/IntegerLookup/);
    for (const options of [
      { maxTokens: 1 },
      { numOovIndices: -1 },
      { padToMaxTokens: true },
      { invert: true, outputMode: "count" },
      { outputMode: "tfidf" },
      { vocabulary: [] },
      { vocabulary: ["a", "a"] },
      { vocabulary: [1] },
      { vocabulary: "words.txt" },
      { vocabulary: ["a", ""], maskToken: "" },
      { vocabulary: ["a", "[UNK]"], invert: true },
      { vocabulary: ["a", "b"], maxTokens: 2 },
      { vocabulary, outputMode: "tfIdf" },
      { vocabulary, outputMode: "tfIdf", idfWeights: [1] },
      { vocabulary, idfWeights: [1, 1] },
      { idfWeights: [1, 1], outputMode: "tfIdf" },
      { salt: -1 },
    ])
      expect(() => new StringLookup(options as object), JSON.stringify(options)).toThrow(ValueError);
    await expect(new StringLookup({ vocabulary }).adapt(["a"])).rejects.toThrow(/given at construction/);
    await expect(new StringLookup().adapt(["[UNK]"])).rejects.toThrow(/no tokens/);
  });
});

describe("IntegerLookup", () => {
  test("chooses among several indices by remainder, or by hash", () => {
    // IntegerLookup(vocabulary=[5, 9], num_oov_indices=3)([[5, 7, -7, 9]])
    const layer = new IntegerLookup({ vocabulary: [5, 9], numOovIndices: 3 });
    expect(layer.apply([[5, 7, -7, 9]]).toString()).toBe("[[3 1 2 4]]");
    // farmhash("1") % 5, ... are Hashing(5)'s
    const hashed = new IntegerLookup({ vocabulary: [5, 9], numOovIndices: 5, oovMethod: "farmhash" });
    expect(hashed.apply([1, 2, 3, -4, 9]).toString()).toBe("[4 4 1 0 6]");
    // IntegerLookup(vocabulary=[5, 9], invert=True, mask_token=0)([[0, 1, 2, 3, 4, -1]])
    const back = new IntegerLookup({ vocabulary: [5, 9], invert: true, maskToken: 0 });
    expect(back.apply([[0, 1, 2, 3, 4, -1]]).toString()).toBe("[[ 0 -1  5  9 -1 -1]]");
  });

  test("learns, and goes through a data set only as far as asked", async () => {
    const layer = new IntegerLookup();
    const endless = function* (): Generator<[Tensor]> {
      for (let i = 0; ; i++) yield [tensor([[i, 7]], { dtype: "int32" })];
    };
    const before = getBackend().memory();
    await layer.adapt(endless(), { steps: 3 });
    expect(getBackend().memory()).toEqual(before);
    expect(layer.getVocabulary()).toEqual([-1, 7, 2, 1, 0]);
    expect(() => new IntegerLookup({ salt: 3 })).toThrow(/farmhash/);
    expect(() => new IntegerLookup({ vocabulary: ["a"] as unknown as number[] })).toThrow(/no number/);
    expect(() => new IntegerLookup({ vocabulary: [1] }).apply(tensor(["1"]))).toThrow(/StringLookup/);
  });
});

describe("TextVectorization", () => {
  test("standardizes, splits and looks up as Keras does", async () => {
    // tv.adapt(["foo bar", "Bar BAZ, É baz", "baz bada boom \u00a0x"]): only ASCII is lowered and parted
    const layer = await adapted(new TextVectorization(), ["foo bar", "Bar BAZ, É baz", "baz bada boom \u00a0x"]);
    const words = ["", "[UNK]", "baz", "bar", "É", "\u00a0x", "foo", "boom", "bada"];
    expect(layer.getVocabulary()).toEqual(words);
    expect(layer.apply(tensor(["foo qux bar", "qux"])).toString()).toBe("[[6 1 3]\n [1 0 0]]");
    expect(layer.apply(tensor([["foo qux bar"], ["qux"]])).toString()).toBe("[[6 1 3]\n [1 0 0]]");
    expect(layer.apply(tensor("foo qux bar")).toString()).toBe("[6 1 3]");
    expect(layer.apply(tensor([""])).shape).toEqual([1, 0]);
    expect(() => layer.apply(tensor([["a", "b"]]))).toThrow(/several texts stand in a row, got .*string\[1,2\]/);
  });

  test("counts n-grams", async () => {
    // TextVectorization(output_mode=m, ngrams=2), adapted to three texts, of ["foo qux bar baz", "bar baz bar baz", ""]
    const texts = ["foo bar", "bar baz", "baz bada boom"];
    const x = tensor(["foo qux bar baz", "bar baz bar baz", ""]);
    const hot = await adapted(new TextVectorization({ outputMode: "multiHot", ngrams: 2 }), texts);
    const words = ["[UNK]", "baz", "bar", "foo bar", "foo", "boom", "baz bada", "bar baz", "bada boom", "bada"];
    expect(hot.getVocabulary()).toEqual(words);
    expect(await hot.apply(x).array()).toEqual([
      [1, 1, 1, 0, 1, 0, 0, 1, 0, 0],
      [1, 1, 1, 0, 0, 0, 0, 1, 0, 0],
      [0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
    ]);
    const weighed = await adapted(new TextVectorization({ outputMode: "tfIdf", ngrams: 2 }), texts);
    close(
      (await flat(weighed.apply(x))).slice(0, 10),
      [
        2.600109815597534, 0.6931471824645996, 0.6931471824645996, 0, 0.9162907600402832, 0, 0, 0.9162907600402832, 0,
        0,
      ],
    );
    // TextVectorization(ngrams=(2, 3), split="character", standardize=None).adapt(["abc", "bcdé"])
    const letters = new TextVectorization({ ngrams: [2, 3], split: "character", standardize: null });
    await letters.adapt(["abc", "bcdé"]);
    const runs = ["", "[UNK]", "b c", "d é", "c d é", "c d", "b c d", "a b c", "a b"];
    expect(letters.getVocabulary()).toEqual(runs);
    expect(letters.apply(tensor(["abcd", "a"])).toString()).toBe("[[8 2 5 7 6]\n [0 0 0 0 0]]");
  });

  test("takes strings whole", async () => {
    // TextVectorization(split=None).adapt(["a b", "c", "a b"])
    const whole = await adapted(new TextVectorization({ split: null }), ["a b", "c", "a b"]);
    expect(whole.getVocabulary()).toEqual(["", "[UNK]", "a b", "c"]);
    expect(whole.apply(tensor(["a b", "c"])).toString()).toBe("[2 3]");
    expect(whole.apply(tensor([["a b", "c"]])).toString()).toBe("[[2 3]]");
    const hot = await adapted(new TextVectorization({ split: null, outputMode: "multiHot" }), ["a b", "c", "a b"]);
    expect(hot.apply(tensor(["a b", "c"])).toString()).toBe("[0. 1. 1.]");
    expect(hot.apply(tensor([["a b"], ["c"]])).toString()).toBe("[[0. 1. 0.]\n [0. 0. 1.]]");
  });

  test("cuts and fills to a length, but learns from whole texts", async () => {
    const layer = await adapted(new TextVectorization({ outputSequenceLength: 2 }), ["a b c", "c"]);
    expect(layer.getVocabulary()).toEqual(["", "[UNK]", "c", "b", "a"]);
    expect(layer.apply(tensor(["a b c", "c"])).toString()).toBe("[[4 3]\n [2 0]]");
    expect(layer.computeOutputShape([null])).toEqual([null, 2]);
  });

  test("takes functions, which are not saved", async () => {
    const split = (text: string): string[] => text.split("-");
    const layer = new TextVectorization({ split, standardize: (text) => text.toUpperCase() });
    await layer.adapt(tensor(["a-b", "b"]));
    expect(layer.getVocabulary({ includeSpecialTokens: false })).toEqual(["B", "A"]);
    expect(() => layer.getConfig()).toThrow(/split is a function/);
  });

  test("refuses what does not fit", () => {
    for (const options of [
      { standardize: "lowercase" },
      { split: "words" },
      { ngrams: 0 },
      { ngrams: [1, 2.5] },
      { outputMode: "oneHot" },
      { outputMode: "count", outputSequenceLength: 3 },
      { outputSequenceLength: 0 },
    ])
      expect(() => new TextVectorization(options as object), JSON.stringify(options)).toThrow(ValueError);
    expect(() => new TextVectorization().apply(tensor([1]))).toThrow(DTypeError);
    expect(() => getLayer({ className: "TextVectorization", config: { ragged: true } })).toThrow(/ragged/);
  });
});

/** Layers that have learned something, and an input for each. */
const learned: readonly (() => Promise<readonly [unknown, Tensor]>)[] = [
  async () => [await adapted(new Normalization({ axis: [1, 2] }), ones([2, 3, 4])), ones([5, 3, 4])],
  async () => [new Normalization({ mean: [1, 2], variance: [3, 4], invert: true, axis: 1 }), ones([5, 2])],
  async () => [new CategoryEncoding(3, { outputMode: "count" }), tensor([[1, 2, 2]], { dtype: "int32" })],
  async () => [new Discretization({ binBoundaries: [0, 1], outputMode: "oneHot" }), tensor([[-1], [0.5]])],
  async () => [await adapted(new Discretization({ numBins: 3 }), [3, 1, 2, 5, 4]), tensor([1, 2, 6])],
  async () => [new Hashing(4, { salt: [1, 2], maskValue: "a", outputMode: "count" }), tensor([["a", "b"]])],
  async () => [await adapted(new StringLookup({ maskToken: "" }), ["a", "b", "b"]), tensor(["b", "", "c"])],
  async () => [await adapted(new StringLookup({ outputMode: "tfIdf" }), [["a", "b", "b"]]), tensor([["b", "c"]])],
  async () => [
    new IntegerLookup({
      vocabulary: [3, 5],
      numOovIndices: 2,
      outputMode: "multiHot",
      maxTokens: 9,
      padToMaxTokens: true,
    }),
    tensor([[5, 8]], { dtype: "int32" }),
  ],
  async () => [new StringLookup({ vocabulary: ["x", "y"], invert: true }), tensor([[1, 2]], { dtype: "int32" })],
  async () => [
    await adapted(new TextVectorization({ ngrams: [1, 2], standardize: "lower", outputSequenceLength: 3 }), ["a b c"]),
    tensor(["A b", "d"]),
  ],
  async () => [await adapted(new TextVectorization({ outputMode: "tfIdf" }), ["a b c", "a"]), tensor(["A b!", "d"])],
];

for (const [i, make] of learned.entries())
  test(`what layer ${i} has learned goes with its config and weights, and a call leaves only its output`, async () => {
    const [made, x] = await make();
    const layer = made as AnyLayer;
    const y = layer.apply(x) as Tensor;
    const config = JSON.parse(JSON.stringify(layer.getConfig())) as Record<string, unknown>;
    const copy = getLayer({ className: layer.className, config }) as unknown as AnyLayer;
    copy.ensureBuilt(x.shape as never);
    copy.setWeights(layer.getWeights());
    const again = copy.apply(x) as Tensor;
    expect(copy.getConfig()).toEqual(layer.getConfig());
    expect(await again.array()).toEqual(await y.array());
    const expected = layer.computeOutputShape(x.shape as never) as unknown as (number | null)[];
    expect(expected.map((size, axis) => size ?? y.shape[axis])).toEqual(y.shape);
    expect(layer.computeOutputDType(x.dtype)).toBe(y.dtype);
    const before = getBackend().memory();
    (layer.apply(x) as Tensor).dispose();
    expect(getBackend().memory()).toEqual(before);
  });

test("Rescaling computes in its dtype, and takes a number for each channel", async () => {
  const layer = new Rescaling([1, 2], { offset: [0, 1] });
  const y = layer.apply(tensor(Float64Array.of(3, 4), { shape: [1, 2] }));
  expect([y.dtype, await y.array()]).toEqual(["float32", [[3, 9]]]);
  expect(() => new Rescaling("2" as unknown as number)).toThrow(ValueError);
  expect(() => new Rescaling(1, { offset: [Number.NaN] })).toThrow(ValueError);
});
