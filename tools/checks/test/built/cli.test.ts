// The built `crease` command, as npm installs it: plain JavaScript, without the sources' export condition.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { listNodes } from "../../src/pack.ts";
import { root } from "../../src/workspace.ts";

const folder = mkdtempSync(join(tmpdir(), "crease-built-"));
afterAll(() => rmSync(folder, { recursive: true }));

function crease(node: string, ...args: string[]): { readonly status: number | null; readonly out: string } {
  const { status, stdout, stderr } = spawnSync(node, [join(root, "apps/cli/dist/main.js"), ...args], {
    cwd: folder,
    encoding: "utf8",
  });
  return { status, out: stdout + stderr };
}

test.each(listNodes())("trains and resumes on Node $version", ({ path, version }) => {
  mkdirSync(join(folder, "node_modules", "@crease"), { recursive: true });
  symlinkSync(join(root, "apps/cli"), join(folder, "node_modules", "@crease", `cli-${version}`));
  writeFileSync(
    join(folder, "my.config.mjs"),
    `import { defineConfig } from "@crease/cli-${version}";\nexport default defineConfig({ data: "iris", epochs: 2 });\n`,
  );
  expect(crease(path, "--help")).toMatchObject({ status: 0, out: expect.stringMatching(/^Usage: crease/) });
  const run = `run-${version}`;
  const trained = crease(path, "train", "--config", "my.config.mjs", "--out", run, "--plain");
  expect(trained).toMatchObject({ status: 0, out: expect.stringMatching(/Epoch 2\/2\n.*test accuracy 0\.\d{4}\n$/s) });
  const resumed = crease(path, "resume", run, "--epochs", "3");
  expect(resumed).toMatchObject({ status: 0, out: expect.stringMatching(/Epoch 3\/3\n/) });
  expect(crease(path, "train", "iris", "--epocs", "3")).toMatchObject({ status: 2 });
  const weights = join(folder, `${run}.npz`);
  writeFileSync(join(folder, "rows.csv"), "a,b,c,d\n5.1,3.5,1.4,0.2\n");
  for (const args of [
    ["evaluate", run],
    ["predict", run, "rows.csv", "--json"],
    ["inspect", run],
    ["compare", run],
    ["convert", run, weights],
    ["datasets", "preview", "iris"],
    ["learn", "--step", "5"],
    ["bench", "--backend", "wasm", "--seconds", "0.01", "--size", "16"],
    ["new", `project-${version}`],
  ])
    expect({ args, ...crease(path, ...args) }).toMatchObject({ args, status: 0 });
});
