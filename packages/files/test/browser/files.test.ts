/** In a browser: deflate by the page's own streams, and the formats that are read and written without Node. */
import { DataError } from "@crease/backend";
import { expect, test } from "vitest";
import {
  inflate,
  readHdf5,
  readNpz,
  readZip,
  type StoredArray,
  writeHdf5,
  writeNpz,
  writeZip,
} from "../../src/index.ts";

async function compress(bytes: Uint8Array, format: CompressionFormat): Promise<Uint8Array> {
  const stream = new Blob([bytes as Uint8Array<ArrayBuffer>]).stream().pipeThrough(new CompressionStream(format));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

test("inflate gives back what was compressed, up to its limit, and refuses damage", async () => {
  const bytes = Uint8Array.from({ length: 100_000 }, (_, i) => (i * i) % 251);
  for (const format of ["gzip", "deflate", "deflate-raw"] as const) {
    const data = await compress(bytes, format);
    expect(await inflate(data, { format, limit: bytes.length })).toEqual(bytes);
    await expect(inflate(data, { format, limit: bytes.length - 1 })).rejects.toThrow(DataError);
    await expect(inflate(data.subarray(0, -20), { format, limit: 1e6 })).rejects.toThrow(DataError);
    const longer = Uint8Array.from([...data, 1, 2, 3]);
    await expect(inflate(longer, { format, limit: 10 })).rejects.toThrow(DataError);
  }
});

test("archives, npz and HDF5 come back", async () => {
  const x: StoredArray = { dtype: "float32", shape: [2], data: Float32Array.of(1, 2.5) };
  expect((await readNpz(writeNpz(new Map([["x", x]])))).get("x")).toEqual(x);
  const root = { attributes: new Map(), members: new Map([["x", { attributes: new Map(), array: x }]]) };
  expect(readHdf5(writeHdf5(root))).toEqual(root);
  const archive = writeZip(new Map([["a", Uint8Array.of(1, 2)]]));
  expect(await readZip(archive)).toEqual(new Map([["a", Uint8Array.of(1, 2)]]));
  archive[31] = 9;
  await expect(readZip(archive)).rejects.toThrow(DataError);
});
