// The architecture as tests: imports go one way, files are small and say what they are, state lives in one place.
import { describe, expect, test } from "vitest";
import { fileViolations } from "../src/file-rules.ts";
import { importViolations } from "../src/import-rules.ts";
import { listPackages, sourceFiles } from "../src/workspace.ts";

test("imports follow the picture, without cycles", () => {
  expect(importViolations().join("\n")).toBe("");
});

describe.each(listPackages())("$folder", (pack) => {
  test("its files open with a sentence, are small, well named and stateless", () => {
    const files = sourceFiles(pack);
    expect(files.length).toBeGreaterThan(0);
    expect(files.flatMap((file) => fileViolations(file)).join("\n")).toBe("");
  });
});
