/** Two million rows in a process whose heap could not hold them. */
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const rows = 2_000_000;
const script = `
  import { csvDataset, disposeElement } from ${JSON.stringify(fileURLToPath(new URL("../src/index.ts", import.meta.url)))};
  const encoder = new TextEncoder();
  const source = async function* () {
    let text = "id,price,colour,size,weight\\n";
    for (let i = 0; i < ${rows}; i++) {
      text += i + "," + ((i * 7919) % 100003) / 7 + "," + ["red", "green", "blue"][i % 3] + "," + (i % 17) + ',"' + (i % 1000) / 10 + '"\\n';
      if (text.length < 65536) continue;
      yield encoder.encode(text);
      text = "";
    }
    yield encoder.encode(text);
  };
  const options = { target: "price", batchSize: 4096, seed: 1, memoryLimit: 2 ** 22, validationSplit: 0.2, subset: "both" };
  const [train, validation] = await csvDataset(source, options);
  const counts = [];
  for (const data of [train, validation]) {
    let count = 0;
    for await (const batch of data) {
      count += batch[0].shape[0];
      disposeElement(batch);
    }
    counts.push(count);
  }
  console.log(JSON.stringify({ counts, sizes: [train.size, validation.size], mean: train.schema.columns[0].mean }));
`;

test("go through a heap of 40 MB twice over", async () => {
  const flags = ["--conditions=@crease/source", "--max-old-space-size=40", "--input-type=module-typescript"];
  const { stdout } = await promisify(execFile)(process.execPath, [...flags, "--eval", script], {
    cwd: fileURLToPath(new URL("..", import.meta.url)),
  });
  const { counts, sizes, mean } = JSON.parse(stdout) as { counts: number[]; sizes: number[]; mean: number };
  expect(counts).toEqual([1_600_000, 400_000]);
  expect(sizes).toEqual(counts.map((count) => Math.ceil(count / 4096)));
  expect(Math.abs(mean - (rows - 1) / 2)).toBeLessThan(10);
});
