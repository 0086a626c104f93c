/** All initializers against Keras: exact values, moments, bounds, orthogonality. */
import { describe, expect, test } from "vitest";
import { decode, expectClose, expectCloseTensor, type GoldenTensor, readGolden } from "../../../testdata/golden.ts";
import { tolerances } from "../../../testdata/tolerances.ts";
import * as all from "../src/index.ts";
import { fansOf, getInitializer, Initializer, Orthogonal } from "../src/index.ts";
import { camelCase, camelCaseAll } from "./goldenNames.ts";

interface Random {
  readonly name: string;
  readonly class: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly shape: readonly number[];
  readonly expected: {
    readonly fan_in?: number;
    readonly fan_out?: number;
    readonly mean: number;
    readonly std: number;
    readonly min: number | null;
    readonly max: number | null;
  };
}
interface Exact {
  readonly name: string;
  readonly class: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly shape: readonly number[];
  readonly value: GoldenTensor;
}
interface Orthogonality {
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly shape: readonly number[];
  readonly matrix_shape: readonly [number, number];
  readonly orthogonal: "rows" | "columns";
  readonly gain_squared: number;
}
interface File {
  readonly cases: readonly Random[];
  readonly exact: readonly Exact[];
  readonly orthogonal: readonly Orthogonality[];
  readonly get: Readonly<Record<string, string | null>>;
}

const file = readGolden<File>("initializers.json");
const rename: Readonly<Record<string, string>> = { minval: "minValue", maxval: "maxValue" };
const sampleSize = 20_000;

/** Keras's class with its arguments as our JSON form. */
function make(className: string, args: Readonly<Record<string, unknown>>, seed?: number): Initializer {
  const config = camelCaseAll(
    Object.fromEntries(Object.entries(args).map(([name, value]) => [rename[name] ?? name, value])),
  );
  return getInitializer({
    className: className === "Identity" ? "IdentityInitializer" : className,
    config: seed === undefined ? config : { ...config, seed },
  });
}

describe("initializers agree with Keras", () => {
  test("each class that we export has a case", () => {
    const classes = Object.entries(all).flatMap(([name, value]) =>
      typeof value === "function" && value.prototype instanceof Initializer ? [name] : [],
    );
    const covered = new Set(
      [...file.cases, ...file.exact].map((c) => (c.class === "Identity" ? "IdentityInitializer" : c.class)),
    );
    if (file.orthogonal.length > 0) covered.add("Orthogonal");
    // The file has no case of it; keras.test.ts has.
    covered.add("STFTInitializer");
    expect([...covered].sort()).toEqual(classes.sort());
  });

  for (const c of file.cases)
    test(c.name, async () => {
      const { expected, shape } = c;
      if (expected.fan_in !== undefined) expect(fansOf(shape)).toEqual([expected.fan_in, expected.fan_out]);
      const numbers: number[] = [];
      for (let seed = 0; numbers.length < sampleSize; seed++) {
        const x = make(c.class, c.args, seed).initialize(shape);
        expect(x.shape).toEqual(shape);
        for (const value of (await x.data()) as Float32Array) numbers.push(value);
        x.dispose();
      }
      const n = numbers.length;
      const mean = numbers.reduce((sum, x) => sum + x, 0) / n;
      const std = Math.sqrt(numbers.reduce((sum, x) => sum + (x - mean) ** 2, 0) / n);
      const { standardErrors } = tolerances.initializers;
      expect(Math.abs(mean - expected.mean)).toBeLessThan((standardErrors * expected.std) / Math.sqrt(n));
      // A normal distribution's standard error; that of the others is smaller.
      expect(Math.abs(std - expected.std)).toBeLessThan((standardErrors * expected.std) / Math.sqrt(2 * n));
      for (const x of numbers) {
        if (expected.min !== null && x < Math.fround(expected.min)) expect.fail(`${x} is below ${expected.min}`);
        if (expected.max !== null && x > Math.fround(expected.max)) expect.fail(`${x} is above ${expected.max}`);
      }
    });

  for (const c of file.exact)
    test(c.name, async () => {
      await expectCloseTensor(
        make(c.class, c.args).initialize(c.shape),
        c.value,
        tolerances.initializers.exact,
        c.name,
      );
    });

  for (const c of file.orthogonal)
    test(c.name, async () => {
      const matrix = make("Orthogonal", c.args, 3).initialize(c.shape).reshape(c.matrix_shape);
      const gram =
        c.orthogonal === "columns"
          ? matrix.matmul(matrix, { transposeA: true })
          : matrix.matmul(matrix, { transposeB: true });
      const size = Math.min(...c.matrix_shape);
      const expected = Array.from({ length: size * size }, (_, i) => (i % (size + 1) === 0 ? c.gain_squared : 0));
      expectClose((await gram.data()) as Float32Array, decode(expected), tolerances.initializers.exact, c.name);
    });

  test("names give the classes that they give in Keras", () => {
    for (const [name, className] of Object.entries(file.get)) {
      const ours = camelCase(name);
      if (className === null || ours !== ours[0]?.toLowerCase() + ours.slice(1)) continue;
      const expected = className === "Identity" ? "IdentityInitializer" : className;
      expect(getInitializer(ours as "zeros").className).toBe(expected);
    }
  });

  test("a seed repeats, other seeds and no seed do not", async () => {
    const values = async (x: Initializer): Promise<number[]> => [
      ...((await x.initialize([4, 3]).data()) as Float32Array),
    ];
    for (const className of new Set(file.cases.map((c) => c.class))) {
      const first = await values(make(className, {}, 1));
      expect(await values(make(className, {}, 1)), className).toEqual(first);
      expect(await values(make(className, {}, 2)), className).not.toEqual(first);
      const unseeded = make(className, {});
      expect(await values(unseeded), className).not.toEqual(await values(unseeded));
    }
  });

  test("orthogonal matrices are spread evenly: no entry leans to one side", async () => {
    const size = 3;
    const count = 400;
    const sums = new Float64Array(size * size);
    for (let seed = 0; seed < count; seed++) {
      const q = (await new Orthogonal({ seed }).initialize([size, size]).data()) as Float32Array;
      for (const [i, x] of q.entries()) sums[i] = (sums[i] as number) + x;
    }
    // Entries of a Haar matrix have mean 0 and variance 1/size.
    const standardError = Math.sqrt(1 / size / count);
    for (const sum of sums)
      expect(Math.abs(sum / count)).toBeLessThan(tolerances.initializers.standardErrors * standardError);
  });
});
