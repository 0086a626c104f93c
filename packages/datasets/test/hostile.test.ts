/** Files of any bytes give data or a DataError: never another error, never a crash. */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync, gzipSync } from "node:zlib";
import { DataError } from "@crease/backend";
import fc from "fast-check";
import { expect, test } from "vitest";
import { cifar100, csvDataset, disposeElement, npzDataset, readCsvSchema, readImage } from "../src/index.ts";

const fixture = (name: string): Promise<Buffer> =>
  readFile(fileURLToPath(new URL(`fixtures/${name}`, import.meta.url)));

/** Waits for `work`; what it raises must be a DataError with a way out. */
async function endsWell(work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    expect(error.fix.length).toBeGreaterThan(0);
  }
}

/** Copies of a file with some bytes changed, some cut off its end. */
function damaged(bytes: Uint8Array): fc.Arbitrary<Uint8Array> {
  const change = fc.tuple(fc.nat(bytes.length - 1), fc.nat(255));
  return fc
    .tuple(fc.array(change, { minLength: 1, maxLength: 4 }), fc.nat(3 * bytes.length))
    .map(([changes, length]) => {
      const copy = Uint8Array.from(bytes).slice(0, Math.max(1, length));
      for (const [at, value] of changes) if (at < copy.length) copy[at] = value;
      return copy;
    });
}

const pieces = fc.constantFrom(
  "1",
  "2.5",
  "x",
  "yes",
  "",
  " ",
  ",",
  ",",
  ";",
  "\t",
  '"',
  '""',
  "\n",
  "\n",
  "\r",
  "\r\n",
  "é",
  "\ufeff",
  "NA",
  "\0",
);

test("CSVs of any bytes and of any pieces", async () => {
  const readAll = async (bytes: Uint8Array): Promise<void> => {
    await endsWell(readCsvSchema(bytes));
    const read = async (): Promise<void> => {
      for await (const batch of await csvDataset(bytes, { batchSize: 3, seed: 1 })) disposeElement(batch);
    };
    await endsWell(read());
  };
  await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 80 }), readAll), { numRuns: 150 });
  const text = fc.array(pieces, { maxLength: 40 }).map((parts) => Buffer.from(parts.join("")));
  await fc.assert(fc.asyncProperty(text, readAll), { numRuns: 300 });
});

test.each([
  "images/a/rgb.PNG",
  "images/b/palette.png",
  "images/a/gray1.png",
  "jpegs/smooth.jpg",
  "jpegs/progressive.jpg",
])("%s, damaged", async (name) => {
  const read = async (bytes: Uint8Array): Promise<void> =>
    endsWell(readImage(bytes, { imageSize: [3, 3] }).then((image) => image.dispose()));
  await fc.assert(fc.asyncProperty(damaged(await fixture(name)), read), { numRuns: 150 });
});

test("npz, damaged", async () => {
  const read = async (bytes: Uint8Array): Promise<void> => endsWell(npzDataset(bytes, { x: "x", y: null }));
  await fc.assert(fc.asyncProperty(damaged(await fixture("boston_housing.npz")), read), { numRuns: 100 });
});

test("CIFAR's archive, damaged outside and inside its compression", async () => {
  const archive = await fixture("cifar-100-binary.tar.gz");
  const folder = await mkdtemp(join(tmpdir(), "crease-hostile-"));
  try {
    const load = async (bytes: Uint8Array): Promise<void> => {
      await writeFile(join(folder, "cifar-100-binary.tar.gz"), bytes);
      await endsWell(cifar100.loadData({ path: folder, fileHash: false }));
    };
    await fc.assert(fc.asyncProperty(damaged(archive), load), { numRuns: 40 });
    const inner = damaged(gunzipSync(archive).subarray(0, 2048)).map((bytes) => gzipSync(bytes));
    await fc.assert(fc.asyncProperty(inner, load), { numRuns: 60 });
  } finally {
    await rm(folder, { recursive: true });
  }
});
