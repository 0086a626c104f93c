// An installation from nothing, interrupted, gone on with and removed: with a network and a compiler.
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { bindingStatus, installBinding, probeBinding, removeBinding } from "../src/index.ts";
import { cudaCpu, reason } from "./cudaCpu.ts";

const cacheFolder = mkdtempSync(join(tmpdir(), "crease-cuda-"));
afterAll(() => rmSync(cacheFolder, { recursive: true, force: true }));

const name = (text: string): string => (reason === undefined ? text : `${text}: ${reason}`);

test.skipIf(reason !== undefined)(name("goes on where it was interrupted, and builds once"), async () => {
  // The libtensorflow of the usual installation: PyPI is asked once, not for each test.
  await (await cudaCpu()).dispose();
  const { libtensorflow } = bindingStatus() as { libtensorflow: string };
  const told: string[] = [];
  const options = { cacheFolder, libtensorflow, device: "cpu" as const, tell: (line: string) => void told.push(line) };
  const { file, packageFolder } = await installBinding(options);
  expect(told).toHaveLength(2);
  expect(await probeBinding(file)).toMatchObject({ version: expect.stringMatching(/^2\.\d+\.\d+/), gpu: false });
  // Node 23 and later lack three functions of util; the global one stays as it is.
  const patched = readFileSync(join(packageFolder, "dist", "kernels", "TopK.js"), "utf8");
  expect(patched).toContain('require("../crease-util.js")');
  const built = statSync(file).mtimeMs;
  await installBinding(options);
  expect(statSync(file).mtimeMs).toBe(built);
  expect(told).toHaveLength(2);
  // Killed while compiling: the package is kept, the binding made anew.
  rmSync(file);
  await installBinding(options);
  expect(told.slice(2)).toEqual([expect.stringMatching(/^Compiling/)]);
  expect(removeBinding({ cacheFolder })).toBe(true);
  expect(existsSync(libtensorflow)).toBe(true);
  expect(bindingStatus({ cacheFolder })).toBeUndefined();
});
