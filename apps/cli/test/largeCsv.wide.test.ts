/** Two million rows of a CSV through `crease train`, in a process whose memory is watched. */
import { createWriteStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { expect, test } from "vitest";
import { runCrease, temporaryFolder } from "./runCrease.ts";

const count = 2_000_000;
const megabyte = 1e6;

/** Lets a process tell at its end, as the last line of stderr, how many kilobytes it ever held. */
const tellPeak = `data:text/javascript,import{isMainThread}from"node:worker_threads";if(isMainThread)process.on("exit",()=>process.stderr.write("peak "+process.resourceUsage().maxRSS+"\\n"))`;

/** The text of the file, a few rows at a time; `towns` is how many values its last column has. */
function* table(towns: number): Generator<string> {
  let text = "id,price,colour,size,weight,town\n";
  for (let i = 0; i < count; i++) {
    const price = ((i * 7919) % 100_003) / 100_003;
    text += `${i},${price},${["red", "green", "blue"][i % 3]},${i % 17},"${(i % 1000) / 10}",t${(i * 31) % towns}\n`;
    if (text.length < 2 ** 16) continue;
    yield text;
    text = "";
  }
  yield text;
}

/*
 * A process that trains on a few rows holds about 160 MB: Node, the code, what wasm computes in. To that come 64 MB of
 * old JavaScript objects at most, by the flag, 48 MB of young ones, and 40 MB for what no flag bounds: 312 MB whatever
 * the file. Beyond them only dense arrays may come: all encoded rows up to csvDataset's `memoryLimit` of 256 MB, else a
 * pool of 65,536 of them. What must not: the text (80 MB), its cells as strings (0.7 GB), rows as objects.
 */
const whateverTheFile = 312;

test.each([
  // 10 numbers, target and weight of 4 bytes each are 96 MB, and 13 MB for their order.
  ["kept as dense arrays", 4, whateverTheFile + 96 + 13],
  // 86 numbers, target and weight are 704 MB: the file is read anew in each pass, from a pool of 23 MB.
  ["streamed, where encoded rows are more than memory is for", 80, whateverTheFile + 23],
])("two million rows are %s", async (_, towns, most) => {
  const cwd = await temporaryFolder();
  await pipeline(Readable.from(table(towns)), createWriteStream(join(cwd, "rows.csv")));
  const args = ["train", "rows.csv", "--target", "price", "--epochs", "1", "--batch-size", "1024", "--threads", "1"];
  const { code, stderr } = await runCrease([...args, "--quiet"], {
    cwd,
    env: { NODE_OPTIONS: `--max-old-space-size=64 --import=${JSON.stringify(tellPeak)}` },
  });
  expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringMatching(/^peak \d+\n$/) });
  expect((Number(stderr.split(" ")[1]) * 1024) / megabyte).toBeLessThan(most);
  const [start, epoch] = (await readFile(join(cwd, "runs", "rows-1", "log.jsonl"), "utf8"))
    .split("\n", 2)
    .map((line) => JSON.parse(line));
  expect(start.trainSamples + start.validationSamples).toBe(count);
  expect(epoch).toMatchObject({ event: "epoch", epoch: 1, valLoss: expect.any(Number) });
});
