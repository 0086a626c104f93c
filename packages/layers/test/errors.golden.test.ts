/** Mistakes with layers that must be refused, from the list of calls that Keras refuses. */
import { ShapeError, ValueError } from "@crease/backend";
import { tensor, zeros } from "@crease/tensor";
import { describe, expect, test } from "vitest";
import { readGolden } from "../../../testdata/golden.ts";
import { Add, Concatenate, Dense, Dropout, Embedding, getActivation, getInitializer, Reshape } from "../src/index.ts";

interface Case {
  readonly name: string;
  readonly op: string;
  readonly input_shapes: readonly (readonly number[])[];
  readonly attrs: Readonly<Record<string, unknown>>;
  readonly why: string;
}

const { cases } = readGolden<{ readonly cases: readonly Case[] }>("errors.json");

/** What to do for each op of the file, the error's class, and what the message must name. */
const calls: Readonly<
  Record<string, (c: Case) => { run: () => unknown; error: typeof ShapeError | typeof ValueError; names: RegExp[] }>
> = {
  get_activation: (c) => ({
    run: () => getActivation(c.attrs.name as "relu"),
    error: ValueError,
    names: [new RegExp(c.attrs.name as string), /getActivation/, /softmax/],
  }),
  get_initializer: (c) => ({
    run: () => getInitializer(c.attrs.name as "zeros"),
    error: ValueError,
    names: [new RegExp(c.attrs.name as string), /getInitializer/, /glorotUniform/],
  }),
  dense: (c) => ({
    run: () => new Dense(c.attrs.units as number),
    error: ValueError,
    names: [/Dense/, new RegExp(String(c.attrs.units))],
  }),
  dense_call: (c) => ({
    run: () => {
      const layer = new Dense(c.attrs.units as number);
      for (const shape of c.input_shapes) layer.apply(zeros(shape));
    },
    error: ShapeError,
    names: [/Dense/, ...(c.input_shapes.at(-1) ?? []).map((size) => new RegExp(String(size)))],
  }),
  dropout: (c) => ({
    run: () => new Dropout(c.attrs.rate as number),
    error: ValueError,
    names: [/Dropout/, new RegExp(String(c.attrs.rate))],
  }),
  reshape_layer: (c) => ({
    run: () => new Reshape(c.attrs.target_shape as number[]).apply(zeros(c.input_shapes[0] ?? [])),
    error: ShapeError,
    names: [/Reshape/, new RegExp(`\\[${String(c.attrs.target_shape)}\\]`)],
  }),
  add_layer: (c) => ({
    run: () => new Add().apply(c.input_shapes.map((shape) => zeros(shape))),
    error: ShapeError,
    names: [/Add/, ...c.input_shapes.map((shape) => new RegExp(`\\[${shape}\\]`))],
  }),
  concatenate_layer: (c) => ({
    run: () => new Concatenate({ axis: c.attrs.axis as number }).apply(c.input_shapes.map((shape) => zeros(shape))),
    error: ShapeError,
    names: [/Concatenate/, ...c.input_shapes.map((shape) => new RegExp(`\\[${shape}\\]`))],
  }),
  embedding: (c) => {
    const [indices, size] = [c.attrs.indices as number[], c.attrs.input_dim as number];
    return {
      run: () => new Embedding(size, 2).apply(tensor(indices, { dtype: "int32" })),
      error: ValueError,
      names: [/Embedding/, new RegExp(String(indices.find((index) => index < 0 || index >= size)))],
    };
  },
  set_weights: (c) => ({
    run: () => {
      const units = Number(/\d+/.exec(c.attrs.layer as string)?.[0]);
      const layer = new Dense(units);
      layer.apply(zeros([1, c.input_shapes[0]?.[0] ?? 1]));
      layer.setWeights(c.input_shapes.map((shape) => zeros(shape)));
    },
    error: c.input_shapes.length === 2 ? ShapeError : ValueError,
    names: [/Dense\.setWeights/, /bias/],
  }),
};

describe("mistakes with layers", () => {
  const ours = cases.filter((c) => Object.hasOwn(calls, c.op));

  test("the file has such cases", () => expect(ours.length).toBeGreaterThan(0));

  for (const c of ours)
    test(`${c.name}: ${c.why}`, () => {
      const { run, error, names } = (calls[c.op] as (typeof calls)[string])(c);
      expect(run).toThrow(error);
      for (const name of names) expect(run).toThrow(name);
    });
});
