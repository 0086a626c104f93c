// The public API as a file to review: a change that isn't in the checked-in report fails.
import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { apiReport, reportFile } from "../../src/api-report.ts";
import { listLibraries } from "../../src/workspace.ts";

test.each(listLibraries())("the API of $name is the one in tools/checks/api", (pack) => {
  const file = reportFile(pack);
  const recorded = existsSync(file) ? readFileSync(file, "utf8") : "";
  expect(apiReport(pack), "The public API changed. If that is intended: `pnpm api`, and commit tools/checks/api.").toBe(
    recorded,
  );
});
