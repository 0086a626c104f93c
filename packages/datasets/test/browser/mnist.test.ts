/** In a browser, files come from a URL and `path` is refused. */
import { expect, test } from "vitest";
import { mnist, readIdx } from "../../src/index.ts";

test("a path names the way out", async () => {
  await expect(mnist.loadData({ path: "data" })).rejects.toThrow(/Use `url`/);
});

test("a URL without the files names both addresses tried", async () => {
  const loading = mnist.loadData({ url: new URL("/no-such-folder", location.href) });
  await expect(loading).rejects.toThrow(/^mnist\.loadData: .*ubyte\.gz .*no-such-folder\/train-images-idx3-ubyte /);
});

test("gzip is read", async () => {
  const file = new Blob([new Uint8Array([0, 0, 8, 1, 0, 0, 0, 2, 7, 2])]);
  const compressed = file.stream().pipeThrough(new CompressionStream("gzip"));
  const { data } = await readIdx(new Uint8Array(await new Response(compressed).arrayBuffer()));
  expect([...data]).toEqual([7, 2]);
});
