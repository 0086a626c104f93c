/** Checks of buffers: what goes in comes out, copied, counted, in order. */
import { bytesPerElement, type DType, isFloat, sizeOf } from "@crease/backend";
import type { Bench } from "../bench.ts";
import { type Check, check, failure } from "../check.ts";
import { fromNumbers, identical, type Nested, type Value, value } from "../value.ts";
import { expectArray } from "./expectArray.ts";

/** The widest elements of each dtype: what a narrower storage would change. */
const extremes: { readonly [D in DType]: readonly Nested[] } = {
  bool: [0, 1],
  int8: [-128, 127, 0],
  uint8: [0, 255, 128],
  int32: [-2147483648, 2147483647, 16777215, -16777216, 0],
  float16: [65504, -65504, 2 ** -14, 2 ** -24, 1 + 2 ** -10, Infinity, -Infinity, NaN],
  float32: [1.5 * 2 ** 127, -(1.5 * 2 ** 127), 2 ** -126, 1 + 2 ** -23, Infinity, -Infinity, NaN],
  float64: [1.5 * 2 ** 1023, 2 ** -1022, 1 + 2 ** -52, Infinity, -Infinity, NaN],
  string: ["", "a", "\u{1F600}", "é"],
};

/** Elements of a dtype that the backend holds exactly. */
function exact({ backend: { traits } }: Bench, dtype: DType): Value {
  const elements = extremes[dtype].filter((x) => dtype !== "int32" || Math.abs(x as number) <= traits.exactInt);
  return value(dtype, elements);
}

/** A small matrix of different elements. */
function matrix(dtype: DType): Value {
  return fromNumbers(
    dtype,
    [2, 3],
    dtype === "string" ? ["a", "b", "c", "d", "e", "f"] : dtype === "bool" ? [0, 1, 1, 0, 0, 1] : [1, 2, 3, 4, 5, 6],
  );
}

const numeric = ({ backend }: Bench): readonly DType[] =>
  backend.traits.dtypes.filter((dtype) => dtype !== "string" && dtype !== "bool");

async function expectRead(bench: Bench, what: string, x: Parameters<Bench["read"]>[0], expected: Value): Promise<void> {
  const actual = await bench.read(x);
  if (!identical(actual, expected))
    throw failure(what, `the elements are ${String(actual.data)}, expected ${String(expected.data)}`, [x]);
}

/** A new array of other elements in place of the old ones. */
function overwrite(x: Value): void {
  const data = x.data as Float32Array & string[];
  for (let i = 0; i < data.length; i++) data[i] = (x.dtype === "string" ? "?" : 9) as never;
}

async function dense(bench: Bench): Promise<void> {
  for (const dtype of bench.backend.traits.dtypes)
    for (const shape of [[], [0], [1], [7], [2, 3], [2, 0, 3], [2, 1, 3, 1, 5]]) {
      const x = fromNumbers(
        dtype,
        shape,
        Array.from({ length: sizeOf(shape) }, (_, i) => (dtype === "bool" ? i % 2 : i)),
      );
      await bench.withOperands([x], async ([operand]) => expectRead(bench, "download", operand as never, x));
    }
}

async function uploadCopies(bench: Bench): Promise<void> {
  for (const dtype of bench.backend.traits.dtypes) {
    const given = matrix(dtype);
    const x = bench.upload(given);
    overwrite(given);
    await expectRead(bench, "upload", x, matrix(dtype));
    bench.release([x]);
  }
}

async function downloadCopies(bench: Bench): Promise<void> {
  for (const dtype of bench.backend.traits.dtypes)
    await bench.withOperands([matrix(dtype)], async ([operand]) => {
      const x = operand as Parameters<Bench["read"]>[0];
      overwrite(await bench.read(x));
      await expectRead(bench, "download", x, matrix(dtype));
      if (bench.backend.downloadSync === undefined) return;
      overwrite({ ...x, data: bench.backend.downloadSync(x) });
      await expectRead(bench, "downloadSync", x, matrix(dtype));
    });
}

async function agreedArrays(bench: Bench): Promise<void> {
  const { backend } = bench;
  for (const dtype of backend.traits.dtypes)
    await bench.withOperands([matrix(dtype)], async ([operand]) => {
      const x = operand as Parameters<Bench["read"]>[0];
      expectArray("download", x, await backend.download(x));
      if (backend.downloadSync === undefined) return;
      const data = backend.downloadSync(x);
      expectArray("downloadSync", x, data);
      if (!identical({ ...x, data }, matrix(dtype))) throw failure("downloadSync", "it differs from download", [x]);
    });
}

async function releaseOne(bench: Bench): Promise<void> {
  for (const dtype of bench.backend.traits.dtypes) {
    const [first, second, third] = [0, 1, 2].map(() => bench.upload(matrix(dtype))) as [never, never, never];
    bench.release([second]);
    const fourth = bench.upload(matrix(dtype));
    for (const x of [first, third, fourth]) await expectRead(bench, "release", x, matrix(dtype));
    bench.release([first]);
    for (const x of [third, fourth]) await expectRead(bench, "release", x, matrix(dtype));
    bench.release([third, fourth]);
  }
}

async function counts(bench: Bench): Promise<void> {
  const { backend } = bench;
  const start = backend.memory();
  for (const dtype of backend.traits.dtypes) {
    const xs = [matrix(dtype), value(dtype, [], [0]), matrix(dtype)].map((x) => bench.upload(x));
    const now = backend.memory();
    if (now.buffers !== start.buffers + 3)
      throw failure("memory", `3 uploads count as ${now.buffers - start.buffers} buffers`, xs);
    // A backend may store an element in more bytes than the contract counts, a bool or float16 in 32 bits for one.
    const least = isFloat(dtype) && dtype !== "float16" ? 12 * bytesPerElement[dtype] : 12;
    if (now.bytes - start.bytes < least)
      throw failure("memory", `they count as ${now.bytes - start.bytes} bytes, at least ${least} are stored`, xs);
    bench.release(xs);
    await backend.flush();
    const end = backend.memory();
    if (end.buffers !== start.buffers || end.bytes !== start.bytes)
      throw failure(
        "memory",
        `${end.buffers - start.buffers} buffers and ${end.bytes - start.bytes} bytes are left`,
        xs,
      );
  }
}

/** A chain of calls whose intermediate results are given up at once. */
async function inOrder(bench: Bench): Promise<void> {
  for (const dtype of numeric(bench)) {
    if (!bench.canRun("add", dtype, [matrix(dtype), value(dtype, 1)], {})) continue;
    const one = bench.upload(value(dtype, 1));
    let x = bench.upload(matrix(dtype));
    for (let i = 0; i < 20; i++) {
      const [next] = bench.run("add", [x, one], {}) as [typeof x];
      bench.release([x]);
      x = next;
    }
    await expectRead(bench, "add", x, fromNumbers(dtype, [2, 3], [21, 22, 23, 24, 25, 26]));
    await bench.backend.flush();
    bench.release([x, one]);
  }
}

async function storesAll(bench: Bench): Promise<void> {
  for (const dtype of bench.backend.traits.dtypes) {
    const x = exact(bench, dtype);
    await bench.withOperands([x], async ([operand]) => expectRead(bench, "upload", operand as never, x));
  }
}

/** Halfway cases of the 11 bits of float16: exact, because its tolerance is wider than one bit. */
async function roundsHalves(bench: Bench): Promise<void> {
  const given = [1 + 2 ** -11, 1 + 3 * 2 ** -11, -(1 + 2 ** -11), 65519, 65520, 2 ** -25, 3 * 2 ** -25, 0.1];
  const expected = value("float16", [1, 1 + 2 ** -9, -1, 65504, Infinity, 0, 2 ** -23, 0.0999755859375]);
  const { dtypes } = bench.backend.traits;
  if (!dtypes.includes("float16")) return;
  const raw: Value = { dtype: "float16", shape: [8], data: new Float32Array(given) };
  await bench.withOperands([raw], async ([x]) => expectRead(bench, "upload", x as never, expected));
  for (const dtype of ["float32", "float64"] as const)
    if (bench.canRun("cast", dtype, [value(dtype, given)], { dtype: "float16" })) {
      const [y] = await bench.compute("cast", [value(dtype, given)], { dtype: "float16" });
      if (!identical(y as Value, expected))
        throw failure("cast", `the halves are ${String(y?.data)}, expected ${String(expected.data)}`);
    }
  if (bench.canRun("add", "float16", [expected, expected], {})) {
    // 2049 has no half: the sum of two halves is rounded, to the even neighbour.
    const [y] = await bench.compute("add", [value("float16", [2048, 2048]), value("float16", [1, 3])], {});
    if (!identical(y as Value, value("float16", [2048, 2052])))
      throw failure("add", `the halves are ${String(y?.data)}, expected 2048,2052`);
  }
}

/** Two backends of one kind: one goes, the other stays. */
async function disposesItsOwn(bench: Bench): Promise<void> {
  const [kept, gone] = [await bench.create(), await bench.create()];
  const dtype = kept.traits.dtypes[0] as DType;
  const x = matrix(dtype);
  const other = { ...x, handle: kept.upload(x.data, x) };
  gone.upload(x.data, x);
  await gone.dispose();
  if (kept.memory().buffers !== 1) throw failure("dispose", "another backend lost or gained buffers");
  if (!identical({ ...x, data: await kept.download(other) }, x))
    throw failure("dispose", "another backend's buffer changed");
  kept.release(other.handle);
  await kept.dispose();
}

/** All checks of buffers. */
export const bufferChecks: readonly Check[] = [
  check("R1", undefined, dense),
  check("R2", undefined, uploadCopies),
  check("R3", undefined, downloadCopies),
  check("R4", undefined, agreedArrays),
  check("R5", undefined, releaseOne),
  check("R6", undefined, counts),
  check("R7", undefined, inOrder),
  check("R19", undefined, storesAll, "elements that a narrower type would change"),
  check("R20", undefined, roundsHalves, "float16 to the nearest, halves to even"),
  check("R38", undefined, disposesItsOwn),
];
