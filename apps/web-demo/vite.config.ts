// How the demo is bundled and served: a static folder with relative paths, the packages from source.
import { defineConfig, type UserConfig } from "vite";
import { packMnist } from "./plugins/packMnist.ts";

// Cross-origin isolation: shared memory, and with it the threads of the WASM backend.
const headers = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
};

const bundling: NonNullable<UserConfig["build"]>["rolldownOptions"] = {
  checks: { pluginTimings: false },
  onLog(level, log, pass) {
    // Libraries import Node's modules where they run in Node only.
    if (!log.message.includes("externalized for browser compatibility")) pass(level, log);
  },
};

export default defineConfig({
  root: import.meta.dirname,
  base: "./",
  resolve: { conditions: ["@crease/source", "module", "browser", "development|production"] },
  plugins: [packMnist()],
  worker: { format: "es", rolldownOptions: bundling },
  build: { target: "es2022", chunkSizeWarningLimit: 1500, rolldownOptions: bundling },
  server: { headers },
  preview: { headers },
});
