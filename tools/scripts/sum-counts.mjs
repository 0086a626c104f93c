// Sums the count lines of a file (see tools/vitest/count-reporter.ts) and prints `N passed, N failed, N skipped`.
import { readFileSync } from "node:fs";
import { argv, exit } from "node:process";

const total = { passed: 0, failed: 0, skipped: 0 };
for (const line of readFileSync(argv[2] ?? "", "utf8")
  .split("\n")
  .filter(Boolean)) {
  const counts = JSON.parse(line);
  total.passed += counts.passed;
  total.failed += counts.failed;
  total.skipped += counts.skipped;
}
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
exit(total.failed === 0 && total.passed > 0 ? 0 : 1);
