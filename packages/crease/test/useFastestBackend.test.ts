// The choice of a backend: what is installed decides, and what was passed over is said.
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { getBackend, setBackend, useFastestBackend } from "../src/index.ts";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "crease-fastest-"));
  vi.spyOn(process, "cwd").mockReturnValue(folder);
});
afterEach(async () => {
  vi.restoreAllMocks();
  setBackend(null);
  await rm(folder, { recursive: true });
});

/** Installs a package of that name whose backend is started by `body`. */
async function install(body: string): Promise<void> {
  const home = join(folder, "node_modules", "@crease", "backend-cuda");
  await mkdir(home, { recursive: true });
  const manifest = { name: "@crease/backend-cuda", type: "module", exports: { ".": { default: "./index.js" } } };
  await writeFile(join(home, "package.json"), JSON.stringify(manifest));
  await writeFile(join(home, "index.js"), `export async function cudaBackend() { ${body} }\n`);
}

test("takes wasm where the package for CUDA is not installed, and says so", async () => {
  // A process of its own: pnpm's commands let all that they start see every package of the repository.
  const { NODE_PATH: _, ...env } = process.env;
  const script = `
    const { useFastestBackend } = await import(${JSON.stringify(new URL("../src/index.ts", import.meta.url).href)});
    const { backend, passedOver } = await useFastestBackend();
    console.log(JSON.stringify([backend.name, passedOver]));
    await backend.dispose();`;
  const args = ["--conditions=@crease/source", "--input-type=module", "--eval", script];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: folder, env });
  expect(JSON.parse(stdout)).toEqual(["wasm", [{ name: "cuda", reason: "@crease/backend-cuda is not installed" }]]);
});

test("takes wasm where no binding is built or no GPU registered, with the reason of the package", async () => {
  await install(`throw new Error("libtensorflow registered no GPU");`);
  const { backend, passedOver } = await useFastestBackend();
  expect(backend.name).toBe("wasm");
  expect(passedOver).toEqual([{ name: "cuda", reason: "libtensorflow registered no GPU" }]);
  await backend.dispose();
});

test("takes CUDA where it starts, before anything else", async () => {
  await install(`return { name: "stands for a GPU", traits: {}, run() {} };`);
  const { backend, passedOver } = await useFastestBackend();
  expect(backend.name).toBe("stands for a GPU");
  expect(getBackend()).toBe(backend);
  expect(passedOver).toEqual([]);
});
