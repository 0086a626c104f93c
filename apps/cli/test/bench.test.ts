/** `crease bench` as a process, on the backends that start anywhere; nothing is asked of the times themselves. */
import { expect, test } from "vitest";
import { runCrease } from "./runCrease.ts";

test("measures every backend that starts, and says why one does not", async () => {
  const { code, stdout, stderr } = await runCrease(["bench", "--seconds", "0.05", "--size", "64"]);
  expect(code).toBe(0);
  for (const line of stdout.split("\n").slice(1)) expect(line.length).toBeLessThanOrEqual(80);
  const [, steps = "", products = ""] = stdout.split("\n\n");
  for (const part of [steps, products])
    expect(
      part
        .trimEnd()
        .split("\n")
        .slice(1)
        .map((line) => line.trim().split(" ")[0]),
    ).toEqual(expect.arrayContaining(["wasm", "cpu", "tfjs"]));
  expect(steps).toMatch(/images\/s/);
  expect(products).toMatch(/GFLOP\/s/);
  for (const [name, label] of [
    ["cuda", /^ {2}cuda {2,}/m],
    ["cuda-cpu", /^ {2}cuda on the CPU /m],
  ] as const)
    expect(label.test(stdout) || new RegExp(`^${name} is left out: .*\\.$`, "m").test(stderr), name).toBe(true);
});

test("gives programs a line for each; refuses what cannot be meant", async () => {
  const [json, ...refused] = await Promise.all([
    runCrease(["bench", "--backend", "wasm", "--threads", "1", "--seconds", "0.05", "--size", "64", "--json"]),
    runCrease(["bench", "mnist"]),
    runCrease(["bench", "--backend", "cpu", "--threads", "2"]),
    runCrease(["bench", "--seconds", "0"]),
  ]);
  expect(JSON.parse(json.stdout)).toMatchObject({
    name: "wasm",
    label: "wasm on 1 thread",
    step: expect.any(Number),
    product: expect.any(Number),
  });
  for (const { code, stdout, stderr } of refused)
    expect([code, stdout, stderr]).toEqual([2, "", expect.stringMatching(/^crease: .*\.\n$/)]);
});

test("beside other libraries: passes its cases on, and refuses what does nothing there", async () => {
  // The benchmark itself says what it does not know, before it measures anything.
  const unknown = await runCrease(["bench", "--peers", "predict-on"]);
  expect(unknown.stderr).toMatch(/^bench: unknown case "predict-on"\. Known: .*predict-one/m);
  expect([unknown.code, unknown.stdout]).toEqual([2, ""]);
  const refused = await Promise.all([
    runCrease(["bench", "--peers", "--json"]),
    runCrease(["bench", "--peers", "--size", "64"]),
    runCrease(["bench", "--peers", "--python", "nowhere/python"]),
    runCrease(["bench", "--peers"], { env: { CREASE_PYTHON: process.execPath } }),
    runCrease(["bench", "--python", "python3"]),
  ]);
  for (const { code, stdout, stderr } of refused)
    expect([code, stdout, stderr]).toEqual([2, "", expect.stringMatching(/^crease: .*\.\n$/)]);
});
