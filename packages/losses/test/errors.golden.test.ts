/** Mistakes with losses that must be refused, from the list of calls that Keras refuses. */
import { ShapeError, ValueError } from "@crease/backend";
import { tensor, zeros } from "@crease/tensor";
import { describe, expect, test } from "vitest";
import { readGolden } from "../../../testdata/golden.ts";
import * as losses from "../src/index.ts";

interface Case {
  readonly name: string;
  readonly op: string;
  readonly input_shapes: readonly (readonly number[])[];
  readonly attrs: Readonly<Record<string, unknown>>;
  readonly why: string;
}

const { cases } = readGolden<{ readonly cases: readonly Case[] }>("errors.json");

const classes: ReadonlyMap<string, unknown> = new Map(Object.entries(losses));

interface Refusal {
  readonly run: () => unknown;
  readonly error: typeof ShapeError | typeof ValueError;
  readonly names: readonly RegExp[];
}

/** What to do for each op of the file, the error's class, and what the message must name. */
const calls: Readonly<Record<string, (c: Case) => Refusal>> = {
  get_loss: (c) => ({
    run: () => losses.getLoss(c.attrs.name as "mse"),
    error: ValueError,
    names: [new RegExp(c.attrs.name as string), /getLoss/, /meanSquaredError/],
  }),
  loss_reduction: (c) => ({
    run: () =>
      new (classes.get(c.attrs.loss as string) as typeof losses.MeanSquaredError)({
        reduction: c.attrs.reduction as losses.Reduction,
      }),
    error: ValueError,
    names: [new RegExp(`"${c.attrs.reduction}"`), /sumOverBatchSize/],
  }),
  categorical_crossentropy: (c) => ({
    run: () =>
      new losses.CategoricalCrossentropy().apply(zeros(c.input_shapes[0] ?? []), zeros(c.input_shapes[1] ?? [])),
    error: ShapeError,
    names: [/categoricalCrossentropy/, ...c.input_shapes.map((shape) => new RegExp(`\\[${shape}\\]`))],
  }),
  sparse_categorical_crossentropy: (c) => ({
    run: () =>
      new losses.SparseCategoricalCrossentropy({ fromLogits: true }).apply(
        tensor(c.attrs.labels as number[], { dtype: "int32" }),
        zeros(c.input_shapes[1] ?? []),
      ),
    error: ValueError,
    names: [/sparseCategoricalCrossentropy/, new RegExp(`${(c.attrs.labels as number[]).at(-1)}`)],
  }),
};

describe("mistakes with losses", () => {
  const ours = cases.filter((c) => Object.hasOwn(calls, c.op));

  test("the file has such cases", () => expect(ours.length).toBeGreaterThan(0));

  for (const c of ours)
    test(`${c.name}: ${c.why}`, () => {
      const { run, error, names } = (calls[c.op] as (c: Case) => Refusal)(c);
      expect(run).toThrow(error);
      for (const name of names) expect(run).toThrow(name);
    });
});
