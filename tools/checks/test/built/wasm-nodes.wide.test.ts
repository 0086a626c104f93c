// The packed wasm backend passes the conformance suite on each Node, in every build that it has SIMD for, on one thread
// and on two. Installs vitest from the registry, so wide tier only.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { installPacked, listNodes } from "../../src/pack.ts";

const suite = `
import { describe, expect, test } from "vitest";
import { testBackend } from "@crease/backend-conformance";
import { wasmBackend } from "@crease/backend-wasm";

const best = await wasmBackend({ threads: 1 });
await best.dispose();
for (const variant of new Set([best.info.variant, "plain"]))
  for (const threads of [1, 2])
    describe(variant + " SIMD, " + threads + " threads", () => {
      testBackend(() => wasmBackend({ variant, threads }));
      test("has its threads", async () => {
        const backend = await wasmBackend({ variant, threads });
        expect(backend.info.threads).toBe(threads);
        await backend.dispose();
      });
    });
`;

// vitest 5 needs Node 22 or newer, vitest 4 runs on 20: both are in the suite's peer range.
const newest = (version: string) => (version.startsWith("v20.") ? "^4.1.0" : "^5.1.0");

test.each(listNodes())("the wasm backend passes the conformance suite on Node $version", (node) => {
  const names = ["@crease/backend-conformance", "@crease/backend-wasm"];
  const installed = installPacked(names, { vitest: newest(node.version) }, node);
  try {
    installed.write("wasm.test.js", suite);
    installed.run(node.path, ["node_modules/vitest/vitest.mjs", "run", "--reporter=json", "--outputFile=report.json"]);
    const report = JSON.parse(readFileSync(join(installed.folder, "report.json"), "utf8"));
    expect(report).toMatchObject({ success: true, numFailedTests: 0 });
    expect(report.numPassedTests).toBeGreaterThan(1000);
  } finally {
    installed.remove();
  }
});
