// The tests against the reference numbers of Keras, on the backend that CREASE_BACKEND names.
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const conditions = ["@crease/source", "module", "node", "development|production"];

export default defineConfig({
  root: fileURLToPath(new URL("../..", import.meta.url)),
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: [
      "packages/{layers,losses,metrics,models,optimizers}/test/*.golden.test.ts",
      "packages/optimizers/test/golden.test.ts",
    ],
    exclude: ["**/errors.golden.test.ts"],
    globalSetup: ["./tools/vitest/assemble.ts"],
    setupFiles: ["./tools/vitest/console-fails.ts", "./tools/parity/src/setUp.ts"],
    testTimeout: 300_000,
    // Timed by nobody, and other work goes on beside it.
    maxWorkers: 2,
  },
});
