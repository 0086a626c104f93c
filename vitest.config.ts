// The test projects: Node, the built packages, the packages' `test/browser` folders in one Chromium, and the web demo's pages in another.
import { playwright } from "@vitest/browser-playwright";
import { defineConfig, type TestProjectConfiguration } from "vitest/config";
import { exampleModules } from "./tools/checks/src/example-modules.ts";
import { findChromium } from "./tools/vitest/chromium.ts";

const wide = Boolean(process.env.CREASE_WIDE);
const chromium = findChromium();
const never = ["**/node_modules/**", "**/dist/**", ...(wide ? [] : ["**/*.wide.test.ts"])];
const builtTests = "tools/*/test/built/**/*.test.ts";
const browserTests = "packages/*/test/browser/**/*.test.ts";
const demoTests = "apps/web-demo/test/pages/**/*.test.ts";
const assemble = "./tools/vitest/assemble.ts";
const consoleFails = "./tools/vitest/console-fails.ts";

const browser: TestProjectConfiguration = chromium
  ? {
      extends: true,
      resolve: { conditions: ["@crease/source", "module", "browser", "development|production"] },
      test: {
        name: "browser",
        include: [browserTests],
        exclude: never,
        globalSetup: [assemble],
        setupFiles: [consoleFails],
        browser: {
          enabled: true,
          headless: true,
          screenshotFailures: false,
          instances: [{ browser: "chromium" }],
          provider: playwright({
            launchOptions: {
              executablePath: chromium,
              args: [
                "--no-sandbox",
                "--disable-gpu",
                // WebGPU on the processor: machines of tests have no graphics card.
                "--enable-unsafe-webgpu",
                "--use-webgpu-adapter=swiftshader",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--no-first-run",
              ],
            },
          }),
        },
      },
    }
  : {
      extends: true,
      test: { name: "browser", include: [browserTests], setupFiles: [consoleFails, "./tools/vitest/skip-browser.ts"] },
    };

// Not at the top, where the browser project would inherit the condition "node" and get packages' code for Node.
const conditions = ["@crease/source", "module", "node", "development|production"];
const inNode = { resolve: { conditions }, ssr: { resolve: { conditions } } };

const builtCommand: TestProjectConfiguration = {
  extends: true,
  ...inNode,
  test: {
    name: "built command",
    include: ["apps/cli/test/*.test.ts"],
    exclude: ["**/*.wide.test.ts"],
    env: { CREASE_BUILT: "1" },
    globalSetup: [assemble, "./tools/vitest/build.ts"],
    setupFiles: [consoleFails, "./tools/vitest/needs-build.ts"],
  },
};

export default defineConfig({
  // Cross-origin isolation: SharedArrayBuffer in the browser tests.
  server: {
    headers: { "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Embedder-Policy": "require-corp" },
  },
  plugins: [exampleModules()],
  test: {
    testTimeout: wide ? 600_000 : 60_000,
    hookTimeout: wide ? 600_000 : 60_000,
    reporters: process.env.CREASE_COUNTS ? ["default", "./tools/vitest/count-reporter.ts"] : ["default"],
    projects: [
      {
        extends: true,
        ...inNode,
        test: {
          name: "node",
          include: [
            "packages/*/test/**/*.test.ts",
            "apps/*/test/**/*.test.ts",
            "benchmarks/test/**/*.test.ts",
            "tools/*/test/**/*.test.ts",
          ],
          exclude: [...never, browserTests, builtTests, demoTests],
          globalSetup: [assemble],
          setupFiles: [consoleFails],
        },
      },
      {
        extends: true,
        ...inNode,
        test: {
          name: "built",
          include: [builtTests],
          exclude: never,
          globalSetup: [assemble, "./tools/vitest/build.ts"],
          setupFiles: [consoleFails, "./tools/vitest/needs-build.ts"],
        },
      },
      // The command's tests once more, with the command as npm installs it.
      ...(wide ? [builtCommand] : []),
      browser,
      {
        extends: true,
        test: {
          name: "demo",
          include: [demoTests],
          exclude: never,
          globalSetup: [assemble, "./tools/vitest/demo.ts"],
          setupFiles: [consoleFails],
          // They share one browser, and training on several pages at once would only be slower.
          fileParallelism: false,
        },
      },
    ],
  },
});
