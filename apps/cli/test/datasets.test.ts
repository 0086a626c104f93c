/** `crease datasets` as a process, with a cache that is empty or holds something damaged. */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { dataSets } from "../src/data/dataSets.ts";
import { drawPictures } from "../src/view/pictures.ts";
import { runCrease, temporaryFolder } from "./runCrease.ts";

test("lists every data set and says which are there", async () => {
  const cache = await temporaryFolder();
  await mkdir(join(cache, "fashion-mnist"));
  await writeFile(join(cache, "fashion-mnist", "x.gz"), new Uint8Array(2_000_000));
  const env = { CREASE_CACHE: cache };
  const { code, stdout, stderr } = await runCrease(["datasets"], { env });
  expect(code).toBe(0);
  expect(stderr).toContain(`kept in ${cache}.`);
  const lines = stdout.trimEnd().split("\n");
  expect(lines.map((line) => line.split(/\s+/)[1])).toEqual(Object.keys(dataSets));
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(80);
  expect(lines.find((line) => line.includes("mnist "))).toMatch(/included$/);
  expect(lines.find((line) => line.includes("fashionMnist"))).toMatch(/kept, 2 MB$/);
  expect(lines.find((line) => line.includes("imdb"))).toMatch(/fetched at first use$/);
  const json = (await runCrease(["datasets", "--json"], { env })).stdout.trimEnd().split("\n");
  expect(JSON.parse(json[1] as string)).toMatchObject({ name: "fashionMnist", state: "kept", bytes: 2_000_000 });
});

test("verifies what is there and says what is damaged or missing", async () => {
  const env = { CREASE_CACHE: await temporaryFolder() };
  const { code, stdout } = await runCrease(["datasets", "verify"], { env });
  expect(code).toBe(0);
  expect(stdout).toMatch(/^ok {2}mnist +60,000 train, 10,000 test +whole$/m);
  expect(stdout).toMatch(/^ok {2}iris +120 train, 30 test +whole$/m);
  expect(stdout).not.toContain("imdb");
  expect(await runCrease(["datasets", "verify", "imdb"], { env })).toMatchObject({
    code: 3,
    stderr: "crease: imdb: it is not there yet. Get it by crease datasets fetch imdb.\n",
  });
});

test("previews pictures, points and tables in 80 columns", async () => {
  const [digits, moons, iris] = await Promise.all([
    runCrease(["datasets", "preview", "mnist", "--count", "2"]),
    runCrease(["datasets", "preview", "moons"]),
    runCrease(["datasets", "preview", "iris"]),
  ]);
  for (const { code, stdout } of [digits, moons, iris]) {
    expect(code).toBe(0);
    for (const line of stdout.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
  }
  expect(digits.stdout).toContain("60,000 train, 10,000 test samples; 10 classes");
  expect(digits.stdout).toMatch(/[▒▓█]{2}/);
  expect(moons.stdout).toMatch(/[\u2801-\u28ff]/);
  expect(iris.stdout).toMatch(/^sepal length.* +4\.3 [ ▁▂▃▄▅▆▇█]{10} +7\.9 /m);
  expect(iris.stdout).toMatch(/^target +(setosa|versic|virgin)/m);
});

test("refuses other actions and names, with the nearest", async () => {
  const refusals: readonly (readonly [args: readonly string[], text: string])[] = [
    [["fetsh"], 'datasets has no "fetsh". Did you mean "fetch"'],
    [["mnist"], "what of mnist? Write crease datasets preview mnist, or fetch, or verify."],
    [["preview", "minst"], 'unknown data set "minst". Did you mean "mnist"'],
    [["preview"], "preview takes one data set."],
    [["fetch"], "fetch which?"],
    [["list", "--count", "3"], "--count is for preview, not for list."],
  ];
  const ends = await Promise.all(refusals.map(([args]) => runCrease(["datasets", ...args])));
  ends.forEach(({ code, stdout, stderr }, i) => {
    expect(stderr).toContain(refusals[i]?.[1]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  });
});

test("draws pictures in the colours that there are", () => {
  const red = { width: 2, height: 2, channels: 3 as const, pixels: [1, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1], title: "ab" };
  expect(drawPictures([red], 80, 24)).toEqual([
    "ab",
    "\u001b[38;2;255;0;0;48;2;0;0;255m▀\u001b[38;2;0;0;0;48;2;255;255;255m▀\u001b[0m",
    "",
  ]);
  expect(drawPictures([red], 80, 8)[1]).toBe("\u001b[38;5;196;48;5;21m▀\u001b[38;5;16;48;5;231m▀\u001b[0m");
  const grey = { width: 3, height: 2, channels: 1 as const, pixels: [0, 0.5, 1, 0, 0.5, 1], title: "grey" };
  expect(drawPictures([grey, grey], 8, 1)).toEqual(["gre  gre", " ▒█   ▒█", ""]);
});
