// The documentation as tests: every export is explained, and every example does what it says.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { mismatch } from "../src/compare-shown.ts";
import { missingDocs, missingExamples } from "../src/doc-rules.ts";
import { exampleModule, examplesOf, type Shown } from "../src/examples.ts";
import { listPackages, root, sourceFiles } from "../src/workspace.ts";

// Examples say what happens on a machine where nothing was downloaded and no binding was built.
const cache = mkdtempSync(join(tmpdir(), "crease-examples-"));
process.env.CREASE_CACHE = cache;
afterAll(() => rmSync(cache, { recursive: true, force: true }));

describe.each(listPackages())("$folder", (pack) => {
  test("every export has TSDoc", () => {
    expect(
      sourceFiles(pack)
        .flatMap((file) => missingDocs(file))
        .join("\n"),
    ).toBe("");
  });

  test("every public function and class has an example", () => {
    expect(missingExamples(pack).join("\n")).toBe("");
  });

  const files = sourceFiles(pack).filter((file) => examplesOf(file).length > 0);
  test.each(files)("the examples of %s are true", async (file) => {
    const wrong: string[] = [];
    for (const [index, example] of examplesOf(file).entries()) {
      const place = `${file}:${example.line}`;
      try {
        const { expected } = exampleModule(example);
        const { shown } = (await import(`${join(root, file)}?example=${index}`)) as { shown: readonly Shown[] };
        if (expected.length === 0) wrong.push(`${place}: no "// =>", so it checks nothing`);
        shown.forEach((value, at) => {
          const problem = mismatch(value, expected[at] ?? "");
          if (problem) wrong.push(`${place}: result ${at + 1} ${problem}`);
        });
      } catch (error) {
        wrong.push(`${place}: ${error}`);
      }
    }
    expect(wrong.join("\n")).toBe("");
  });
});
