// The public API as a file to review: a change that isn't in the checked-in report fails.
import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { apiReport, reportFile } from "../../src/api-report.ts";
import { listLibraries } from "../../src/workspace.ts";

const remedy = "If it is as intended: `pnpm api`, and commit tools/checks/api.";

test.each(listLibraries())("the API of $name is the one in tools/checks/api", (pack) => {
  const file = reportFile(pack);
  expect(existsSync(file), `no report yet. ${remedy}`).toBe(true);
  expect(apiReport(pack), `The public API changed. ${remedy}`).toBe(readFileSync(file, "utf8"));
});
