// How the demo is bundled and served: a static folder with relative paths, the packages from source.
import { defineConfig } from "vite";
import { packMnist } from "./plugins/packMnist.ts";

// Cross-origin isolation: shared memory, and with it the threads of the WASM backend.
const headers = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
};

export default defineConfig({
  root: import.meta.dirname,
  base: "./",
  resolve: { conditions: ["@crease/source", "module", "browser", "development|production"] },
  plugins: [packMnist()],
  worker: { format: "es" },
  build: { target: "es2022", chunkSizeWarningLimit: 1500 },
  server: { headers },
  preview: { headers },
});
