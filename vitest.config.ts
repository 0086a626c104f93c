// The test projects: everything in Node, and the packages' `test/browser` folders in one Chromium.
import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: { conditions: ["@crease/source", "module", "node", "development|production"] },
  ssr: { resolve: { conditions: ["@crease/source", "module", "node", "development|production"] } },
  test: {
    include: ["packages/*/test/**/*.test.ts", "apps/*/test/**/*.test.ts", "tools/*/test/**/*.test.ts"],
    exclude: ["**/node_modules/**", "**/test/browser/**", "**/*.wide.test.ts"],
  },
});
