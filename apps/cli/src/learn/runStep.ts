/** Runs the code of a step exactly as it is shown. */
import * as autograd from "@crease/autograd";
import * as datasets from "@crease/datasets";
import * as layers from "@crease/layers";
import * as models from "@crease/models";
import * as tensors from "@crease/tensor";
import { setRandomSeed, type Tensor } from "@crease/tensor";
import { drawDigits } from "../digits.ts";
import type { Step } from "./step.ts";

const packages: { readonly [name: string]: Readonly<Record<string, unknown>> } = {
  "@crease/autograd": autograd,
  "@crease/datasets": datasets,
  "@crease/layers": layers,
  "@crease/models": models,
  "@crease/tensor": tensors,
};

/** Where a step shows what it found. */
export interface StepOutput {
  /** Takes a line. */
  write(line: string): void;
  readonly useColor: boolean;
}

type Body = (...values: readonly unknown[]) => Promise<void>;

/** Runs the step; each time it draws the same random numbers. */
export async function runStep({ imports, code }: Step, { write, useColor }: StepOutput): Promise<void> {
  setRandomSeed(1);
  const named = Object.entries(imports).flatMap(([from, names]) =>
    names.map((name) => [name, packages[from]?.[name]] as const),
  );
  const show = (...values: readonly unknown[]): void => {
    for (const line of values.map(textOf).join(" ").split("\n")) write(line);
  };
  const draw = (pixels: Tensor, probabilities: Tensor, label: number): void => {
    const digit = {
      pixels: pixels.at(0).dataSync() as Float32Array,
      probabilities: probabilities.dataSync() as Float32Array,
      label,
    };
    for (const line of drawDigits([digit], 40, useColor).trimEnd().split("\n")) write(line);
  };
  // The text is this program's own: what people read is what runs.
  const AsyncFunction = (async () => undefined).constructor as new (...parts: readonly string[]) => Body;
  const body = new AsyncFunction("show", "draw", ...named.map(([name]) => name), `"use strict";\n${code}`);
  await body(show, draw, ...named.map(([, value]) => value));
}

function textOf(value: unknown): string {
  return Array.isArray(value) ? `[${value.join(", ")}]` : String(value);
}
