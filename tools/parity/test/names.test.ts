/** The table's names against what the packages export, and against the written table. */
import { readFileSync } from "node:fs";
import * as layers from "@crease/layers";
import * as losses from "@crease/losses";
import * as metrics from "@crease/metrics";
import * as models from "@crease/models";
import * as optimizers from "@crease/optimizers";
import * as tensor from "@crease/tensor";
import { describe, expect, test } from "vitest";
import * as datasets from "../../../packages/datasets/src/index.ts";
import { type Entry, isOfOtherField, kinds } from "../src/kinds.ts";

const packages: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  "@crease/layers": layers,
  "@crease/losses": losses,
  "@crease/metrics": metrics,
  "@crease/optimizers": optimizers,
};

/** Packages with much that Keras has elsewhere, or not at all. */
const others: typeof packages = {
  "@crease/datasets": datasets,
  "@crease/models": models,
  "@crease/tensor": tensor as unknown as Readonly<Record<string, unknown>>,
};

/** What an entry says is here. */
function exported({ here }: Entry): unknown {
  if (here === undefined) return undefined;
  let value: unknown = { ...packages, ...others }[here.package];
  for (const name of here.name.split(".")) value = (value as Record<string, unknown> | undefined)?.[name];
  return value;
}

const entries = kinds.flatMap(({ module, entries: rows }) =>
  rows.map((entry) => [module, entry.keras, entry] as const),
);

test.each(entries)("keras.%s.%s is exported, or has a reason", (_, __, entry) => {
  if (entry.here === undefined) expect(entry.note).toMatch(/\S/);
  else expect(exported(entry), `${entry.here.package} ${entry.here.name}`).toBeTypeOf("function");
});

test("what is said to be absent is not exported under Keras's name", () => {
  const found = entries.filter(([, keras, { here }]) => {
    const isBase = keras === "Regularizer" || keras === "Constraint";
    return here === undefined && !isBase && Object.values(packages).some((names) => Object.hasOwn(names, keras));
  });
  expect(found.map(([module, keras]) => `${module}.${keras}`)).toEqual([]);
});

/** Classes of ours that Keras has no public class for. */
const ownClasses = ["LossFunctionWrapper", "Seeds", "SymbolicTensor"];

describe("the classes that we export", () => {
  const listed = new Set(entries.map(([, , { here }]) => here && `${here.package} ${here.name}`));
  const isClass = (value: unknown): boolean =>
    typeof value === "function" && /^class\b/.test(Function.prototype.toString.call(value));
  const classes = Object.entries(packages).flatMap(([name, names]) =>
    Object.entries(names).flatMap(([key, value]) => (isClass(value) && !ownClasses.includes(key) ? [[name, key]] : [])),
  );
  test.each(classes)("%s %s is in the table", (name, key) => {
    expect(listed).toContain(`${name} ${key}`);
  });
  test.each(Object.keys(layers.activations))("the activation %s is in the table", (name) => {
    expect(listed).toContain(`@crease/layers activations.${name}`);
  });
});

test("the written table has these rows, and no others", () => {
  const text = readFileSync(new URL("../../../docs/parity.md", import.meta.url), "utf8");
  const written = text
    .split("\n")
    .flatMap((line) => /^\| `(keras\.[\w.]+)` \|/.exec(line)?.[1] ?? [])
    .sort();
  const rows = kinds.flatMap(({ module, entries: all }) =>
    all.filter((entry) => !isOfOtherField(entry)).map(({ keras }) => `keras.${module}.${keras}`),
  );
  expect(written).toEqual(rows.sort());
  const rest = kinds.flatMap(({ entries: all }) => all.filter(isOfOtherField).map(({ keras }) => keras));
  for (const keras of rest) expect(text).toMatch(new RegExp(`\\b${keras}\\b`));
});
