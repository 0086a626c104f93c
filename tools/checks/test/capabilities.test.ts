// The capability table of the docs is what the backends say now.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { capabilities, capabilitiesFile } from "../src/capabilities.ts";
import { root } from "../src/workspace.ts";

test("docs/capabilities.md is up to date", async () => {
  const stored = readFileSync(join(root, capabilitiesFile), "utf8");
  const how = "write it anew: pnpm capabilities";
  expect(stored, how).toBe(await capabilities());
});
