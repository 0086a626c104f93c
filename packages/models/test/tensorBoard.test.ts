/** The event files of the TensorBoard callback; `tensorBoard.wide.test.ts` lets the real TensorBoard read them. */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DataError, ValueError } from "@crease/backend";
import { Dense, Input } from "@crease/layers";
import { type FitOptions, LambdaCallback, type SafePoint, Sequential, TensorBoard } from "@crease/models";
import { randomNormal } from "@crease/tensor";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { crc32c, maskedCrc32c } from "../src/tensorBoard/crc32c.ts";
import { histogramOf } from "../src/tensorBoard/histogram.ts";
import { eventsIn, type Seen } from "./events.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "crease-tensorboard-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const [x, y] = [randomNormal([10, 3], { seed: 1 }), randomNormal([10, 1], { seed: 2 })];
const modelOf = (): Sequential => {
  const model = new Sequential([Input({ shape: [3] }), new Dense(2), new Dense(1)]);
  model.compile({ optimizer: "adam", loss: "mse", metrics: ["mae"] });
  return model;
};
const options: FitOptions = { epochs: 3, batchSize: 4, shuffle: false, verbose: 0 };
const valuesOf = (events: readonly Seen[], tag: string): [number, number | undefined][] =>
  events.filter((event) => event.tag === tag).map(({ step, value }) => [step, value]);
const rounded = (values: readonly number[] | undefined): [number, number][] =>
  (values ?? []).map((value, i) => [i, Math.fround(value)]);

describe("checksum", () => {
  // RFC 3720, B.4, and the check value of the CRC catalogue.
  test.each<[string, Uint8Array, number]>([
    ["123456789", new TextEncoder().encode("123456789"), 0xe3069283],
    ["32 zeros", new Uint8Array(32), 0x8a9136aa],
    ["32 ones", new Uint8Array(32).fill(255), 0x62a8ab43],
    ["0 to 31", Uint8Array.from({ length: 32 }, (_, i) => i), 0x46dd794e],
  ])("%s", (_, bytes, crc) => {
    expect(crc32c(bytes)).toBe(crc);
    // Undone as TFRecord's readers do it.
    const rotated = (maskedCrc32c(bytes) - 0xa282ead8) >>> 0;
    expect(((rotated >>> 17) | (rotated << 15)) >>> 0).toBe(crc);
  });
});

test("the numbers of each epoch, of training and validation apart", async () => {
  const { history } = await modelOf().fit(x, y, {
    ...options,
    validationSplit: 0.3,
    callbacks: [new TensorBoard(folder)],
  });
  const [train, validation] = [eventsIn(join(folder, "train")), eventsIn(join(folder, "validation"))];
  expect(new Set(train.map(({ tag }) => tag))).toEqual(new Set(["epoch_loss", "epoch_mae", "epoch_learning_rate"]));
  expect(valuesOf(train, "epoch_loss")).toEqual(rounded(history.loss));
  expect(valuesOf(train, "epoch_mae")).toEqual(rounded(history.mae));
  expect(valuesOf(train, "epoch_learning_rate")).toEqual(rounded([0.001, 0.001, 0.001]));
  expect(valuesOf(validation, "epoch_loss")).toEqual(rounded(history.valLoss));
  expect(valuesOf(validation, "epoch_mae")).toEqual(rounded(history.valMae));
  const evaluations = (history.valLoss ?? []).map((value, i) => [2 * (i + 1), Math.fround(value)]);
  expect(valuesOf(validation, "evaluation_loss_vs_iterations")).toEqual(evaluations);
});

test("without validation there is no such folder", async () => {
  await modelOf().fit(x, y, { ...options, callbacks: [new TensorBoard(folder)] });
  expect(readdirSync(folder)).toEqual(["train"]);
});

test.each<[FitOptions["epochs"], "batch" | number, number[]]>([
  [2, "batch", [0, 1, 2, 3, 4, 5]],
  [3, 4, [0, 4, 8]],
])("the numbers of batches: %i epochs, %s", async (epochs, updateFreq, steps) => {
  const losses: number[] = [];
  const seen = new LambdaCallback({
    onTrainBatchEnd: async (_, logs) => {
      losses.push(Math.fround((await logs()).loss as number));
    },
  });
  const callbacks = [seen, new TensorBoard(folder, { updateFreq, writeStepsPerSecond: true })];
  await modelOf().fit(x, y, { ...options, epochs: epochs ?? 1, callbacks });
  const events = eventsIn(join(folder, "train"));
  expect(valuesOf(events, "batch_loss")).toEqual(steps.map((step) => [step, losses[step]]));
  expect(valuesOf(events, "batch_steps_per_second").map(([step]) => step)).toEqual(steps);
  for (const [, value] of valuesOf(events, "epoch_steps_per_second")) expect(value).toBeGreaterThan(0);
});

test("histograms of all weights, after each so many epochs", async () => {
  await modelOf().fit(x, y, { ...options, callbacks: [new TensorBoard(folder, { histogramFreq: 2 })] });
  const tags = eventsIn(join(folder, "train")).filter(({ tag }) => tag.endsWith("/histogram"));
  const names = ["layers.0/kernel", "layers.0/bias", "layers.1/kernel", "layers.1/bias"];
  expect(tags.map(({ tag, step }) => [tag, step])).toEqual(
    [0, 2].flatMap((epoch) => names.map((name) => [`${name}/histogram`, epoch])),
  );
});

describe("a histogram", () => {
  test("counts each value once, in order", () => {
    const values = fc.array(fc.float({ noNaN: true, noDefaultInfinity: true }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(values, (data) => {
        const { min, max, count, limits, counts } = histogramOf(data);
        expect([min + 0, max + 0, count]).toEqual([Math.min(...data) + 0, Math.max(...data) + 0, data.length]);
        expect(counts.reduce((sum, n) => sum + n)).toBe(data.length);
        expect(limits).toHaveLength(counts.length);
        for (let i = 1; i < limits.length; i++)
          expect(limits[i] as number).toBeGreaterThanOrEqual(limits[i - 1] as number);
        expect(counts[0]).toBe(0);
        expect(limits.at(-1)).toBeGreaterThanOrEqual(max);
      }),
    );
  });

  test("buckets are of one width", () => {
    const { limits, counts } = histogramOf([0, 0.5, 1, 14.5, 29.5, 30]);
    expect(limits).toEqual(Array.from({ length: 31 }, (_, i) => i));
    expect(counts.map((n, i) => (n > 0 ? [i, n] : [])).filter((pair) => pair.length > 0)).toEqual([
      [1, 2],
      [2, 1],
      [15, 1],
      [30, 2],
    ]);
  });

  test("what is no number is left out, nothing gives nothing", () => {
    expect(histogramOf([Number.NaN, 1, Number.POSITIVE_INFINITY, 3])).toMatchObject({
      min: 1,
      max: 3,
      count: 2,
      sum: 4,
    });
    expect(histogramOf([Number.NaN])).toMatchObject({ count: 0, counts: [] });
    expect(histogramOf([2, 2]).counts).toEqual([0, 2]);
  });
});

test("a training that was cut off leaves the same events as a whole one", async () => {
  const [whole, cut] = [join(folder, "whole"), join(folder, "cut")];
  const board = (where: string): TensorBoard => new TensorBoard(where, { updateFreq: "batch", histogramFreq: 1 });
  const start = await modelOf().getWeights();
  const train = async (where: string, last: LambdaCallback, resumeFrom?: Uint8Array): Promise<void> => {
    const model = modelOf();
    model.setWeights(start);
    const more = resumeFrom && { resumeFrom };
    await model.fit(x, y, { ...options, validationSplit: 0.3, callbacks: [board(where), last], ...more });
  };
  await train(whole, new LambdaCallback({}));
  let checkpoint: Uint8Array | undefined;
  const fail = (failAt: string): LambdaCallback =>
    new LambdaCallback({
      onSafePoint: async (point: SafePoint) => {
        const now = `${point.epoch}.${point.step}`;
        if (now === "1.1") checkpoint ??= await point.encode();
        if (now === failAt) throw new Error("cut");
      },
    });
  writeFileSync(join(folder, "other"), "");
  await expect(train(cut, fail("2.0"))).rejects.toThrow("cut");
  // Twice from the same checkpoint: the second run takes away what the first one wrote.
  await expect(train(cut, fail("2.1"), checkpoint)).rejects.toThrow("cut");
  await train(cut, new LambdaCallback({}), checkpoint);
  for (const place of ["train", "validation"]) expect(eventsIn(join(cut, place))).toEqual(eventsIn(join(whole, place)));
  expect(readdirSync(join(cut, "train"))).toHaveLength(2);
});

test("another training in the folder keeps its files", async () => {
  for (let i = 0; i < 2; i++) await modelOf().fit(x, y, { ...options, callbacks: [new TensorBoard(folder)] });
  expect(readdirSync(join(folder, "train"))).toHaveLength(2);
});

test("a state that names files elsewhere is refused", async () => {
  const board = new TensorBoard(folder);
  const { id: _, ...state } = board.getState();
  for (const id of ["../x", "", "a/b"]) await expect(board.setState({ ...state, id })).rejects.toThrow(DataError);
});

test("a folder that cannot be written: DataError", async () => {
  writeFileSync(join(folder, "file"), "");
  const callbacks = [new TensorBoard(join(folder, "file"))];
  await expect(modelOf().fit(x, y, { ...options, callbacks })).rejects.toThrow(DataError);
});

test.each([{ histogramFreq: -1 }, { histogramFreq: 1.5 }, { updateFreq: 0 }, { updateFreq: "step" as "batch" }])(
  "%o is refused",
  (wrong) => {
    expect(() => new TensorBoard(folder, wrong)).toThrow(ValueError);
  },
);
