// Errors of the vector functions in units in the last place, against JavaScript's own.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type WasmBackend, wasmBackend } from "../src/index.ts";
import { numbers } from "./product.ts";

const count = 20_000;
/** erf by its series, for |x| up to 4, in double precision. */
function erf(x: number): number {
  let [term, sum] = [x, x];
  for (let n = 1; n < 120; n++) {
    term *= (-x * x) / n;
    sum += term / (2 * n + 1);
  }
  return (2 / Math.sqrt(Math.PI)) * sum;
}

/** The distance of two float32 in units in the last place of the second. */
function ulps(actual: number, exact: number): number {
  const wanted = Math.fround(exact);
  if (Object.is(actual, wanted) || actual === wanted) return 0;
  const unit = 2 ** Math.max(-149, Math.floor(Math.log2(Math.abs(wanted))) - 23);
  return Math.abs(actual - wanted) / unit;
}

const functions = [
  ["exp", Math.exp, -103, 88.7],
  ["exp", Math.exp, -1, 1],
  ["log", Math.log, 0, 2],
  ["log", Math.log, 1e-42, 1e-37],
  ["log", Math.log, 1, 1e30],
  ["tanh", Math.tanh, -1, 1],
  ["tanh", Math.tanh, -12, 12],
  ["sigmoid", (x: number) => 1 / (1 + Math.exp(-x)), -80, 30],
  ["erf", erf, -1.1, 1.1],
  ["erf", erf, -3.9, 3.9],
  ["expm1", Math.expm1, -5, 5],
  ["log1p", Math.log1p, -0.9, 5],
  ["sin", Math.sin, -1000, 1000],
] as const;

for (const variant of ["relaxed", "plain"] as const)
  describe(variant, () => {
    let backend: WasmBackend;
    beforeAll(async () => {
      backend = await wasmBackend({ variant, threads: 1 });
    });
    afterAll(() => backend.dispose());

    const map = (op: "exp" | "log" | "tanh" | "sigmoid" | "erf" | "expm1" | "log1p" | "sin", values: Float32Array) => {
      const spec = { dtype: "float32", shape: [values.length] } as const;
      const x = { ...spec, handle: backend.upload(values, spec) };
      const [handle] = backend.run(op, [x], {}, [spec]);
      return backend.downloadSync({ ...spec, handle }) as Float32Array;
    };

    for (const [op, f, from, to] of functions)
      test(`${op} is within 2 units from ${from} to ${to}`, () => {
        const next = numbers(3);
        const x = Float32Array.from({ length: count }, () => from + ((next() + 1) / 2) * (to - from));
        const y = map(op, x);
        let worst = 0;
        x.forEach((value, i) => {
          worst = Math.max(worst, ulps(y[i]!, f(value)));
        });
        expect(worst).toBeLessThanOrEqual(2);
      });

    test("limits", () => {
      const limits = Float32Array.of(Number.NaN, Infinity, -Infinity, 0, 1e30);
      expect([...map("exp", limits)]).toEqual([NaN, Infinity, 0, 1, Infinity]);
      expect([...map("tanh", limits)]).toEqual([NaN, 1, -1, 0, 1]);
      expect([...map("sigmoid", limits)]).toEqual([NaN, 1, 0, 0.5, 1]);
      expect([...map("erf", limits)]).toEqual([NaN, 1, -1, 0, 1]);
      expect([...map("log", Float32Array.of(Number.NaN, Infinity, -1, 0, 1))]).toEqual([
        NaN,
        Infinity,
        NaN,
        -Infinity,
        0,
      ]);
    });
  });
