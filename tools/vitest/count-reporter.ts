// A vitest reporter that adds one line of counts, `{"passed":1,"failed":0,"skipped":0}`, to the file named by CREASE_COUNTS.
import { appendFileSync } from "node:fs";
import process from "node:process";
import type { Reporter, SerializedError, TestModule } from "vitest/node";

/** Counts the tests of a run; a file that can't be loaded or an error outside any test counts as one failed test. */
export default class CountReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly SerializedError[]): void {
    const counts = { passed: 0, failed: errors.length, skipped: 0 };
    for (const module of modules) {
      if (module.errors().length > 0) counts.failed++;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state === "passed") counts.passed++;
        else if (state === "failed") counts.failed++;
        else counts.skipped++;
      }
    }
    const file = process.env.CREASE_COUNTS;
    if (file) appendFileSync(file, `${JSON.stringify(counts)}\n`);
  }
}
