// Writes the API report of every package to tools/checks/api; `pnpm api` builds first and then runs this.
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { apiReport, reportFile } from "./api-report.ts";
import { listLibraries } from "./workspace.ts";

for (const pack of listLibraries()) {
  mkdirSync(dirname(reportFile(pack)), { recursive: true });
  writeFileSync(reportFile(pack), apiReport(pack));
}
