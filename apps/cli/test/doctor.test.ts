/** `crease doctor` on this machine, without a binding to libtensorflow. */
import { expect, test } from "vitest";
import { runCrease, temporaryFolder } from "./runCrease.ts";

test("shows a line for each thing and computes on each backend", async () => {
  const { code, stdout } = await runCrease(["doctor"], { env: { CREASE_CACHE: await temporaryFolder() } });
  expect(code).toBe(0);
  const lines = stdout.trimEnd().split("\n");
  for (const line of lines) expect(line).toMatch(/^(ok|--) {2}\S.*\.$/);
  expect(stdout).toContain(`ok  Node                ${process.version} `);
  for (const name of [
    "CPU",
    "WASM SIMD",
    "WASM relaxed SIMD",
    "WASM threads",
    "NVIDIA driver",
    "CUDA libraries",
    "GPUs registered",
  ])
    expect(lines.filter((line) => line.slice(4, 24).trimEnd() === name)).toHaveLength(1);
  expect(stdout).toMatch(/^-- {2}TensorFlow binding {2}not built\. crease cuda install\.$/m);
  expect(stdout).toMatch(/^ok {2}matmul on cpu {7}right, /m);
  expect(stdout).toMatch(/^ok {2}matmul on wasm {6}right, /m);
  expect(stdout).toMatch(/^-- {2}matmul on cuda {6}not set up\.$/m);
});

test("gives programs one object a line, and people the text on stderr", async () => {
  const { code, stdout, stderr } = await runCrease(["doctor", "--json"], {
    env: { CREASE_CACHE: await temporaryFolder() },
  });
  expect(code).toBe(0);
  const checks = stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(checks.length).toBe(stderr.trimEnd().split("\n").length);
  for (const check of checks)
    expect(check).toMatchObject({ event: "check", name: expect.any(String), text: expect.any(String) });
  expect(checks.find(({ name }) => name === "matmul on wasm")).toMatchObject({ state: "well" });
});

test("takes no arguments", async () => {
  expect(await runCrease(["doctor", "me"])).toMatchObject({ code: 2, stdout: "" });
});
