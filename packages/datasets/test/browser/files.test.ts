/** In a browser, files come as Blobs and bytes: CSVs in any encoding, images, arrays; tables come with the package. */
import { writeNpz } from "@crease/files";
import { expect, test } from "vitest";
import {
  breastCancer,
  csvDataset,
  getFile,
  imageDatasetFromDirectory,
  imdb,
  npzDataset,
  readImage,
} from "../../src/index.ts";

const fromBase64 = (text: string): Uint8Array => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));

test("a CSV file that a spreadsheet saved as UTF-16", async () => {
  const text = "\ufeffgröße;farbe\r\n1,5;rot\r\n2,5;blau\r\n";
  const bytes = new Uint8Array(Uint16Array.from(text, (c) => c.charCodeAt(0)).buffer);
  const file = new File([bytes], "maße.csv");
  const data = await csvDataset(file, { target: "farbe", normalize: false, shuffle: false });
  const found: unknown[] = [];
  for await (const batch of data) for (const x of batch) found.push(await x?.array());
  expect(found).toEqual([
    [[1.5], [2.5]],
    [1, 0],
  ]);
  await expect(csvDataset(file, { target: "farb" })).rejects.toThrow(/maße\.csv has no column "farb"/);
  await expect(csvDataset("maße.csv")).rejects.toThrow(/Give a Blob/);
});

test("images", async () => {
  const png = "iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAAAAADRSSBWAAAAC0lEQVR4nGNg+A8AAQIBAEK+vGgAAAAASUVORK5CYII=";
  const image = await readImage(fromBase64(png), { imageSize: [2, 2], colorMode: "rgb" });
  expect(await image.array()).toEqual(Array(2).fill([Array(3).fill(0), Array(3).fill(255)]));
  const canvas = new OffscreenCanvas(8, 8);
  const context = canvas.getContext("2d") as OffscreenCanvasRenderingContext2D;
  context.fillStyle = "rgb(200 100 50)";
  context.fillRect(0, 0, 8, 8);
  const jpeg = await canvas.convertToBlob({ type: "image/jpeg", quality: 1 });
  const pixel = (await (await readImage(new Uint8Array(await jpeg.arrayBuffer()))).at(4, 4).array()) as number[];
  for (const [i, value] of [200, 100, 50].entries()) expect(Math.abs((pixel[i] as number) - value)).toBeLessThan(4);
  await expect(imageDatasetFromDirectory("images")).rejects.toThrow(/Use `readImage`/);
});

test("arrays, tables, and what needs Node", async () => {
  const bytes = writeNpz(new Map([["x", { dtype: "float32", shape: [2], data: new Float32Array([1, 2]) }]]));
  for await (const [x] of await npzDataset(new Blob([bytes as Uint8Array<ArrayBuffer>]), { shuffle: false }))
    expect(await x.array()).toEqual([1, 2]);
  const [[x]] = await breastCancer.loadData();
  expect(x.shape).toEqual([455, 30]);
  await expect(getFile({ origin: "a" })).rejects.toThrow(/there are no files here/);
  const url = new URL("/no-such-folder", location.href);
  await expect(imdb.getWordIndex({ url })).rejects.toThrow(
    /^imdb\.getWordIndex: .*no-such-folder.imdb_word_index\.json/,
  );
});
