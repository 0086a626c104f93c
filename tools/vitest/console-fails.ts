// Set-up of every test file: a test during which anything is written to the console fails.
import { afterEach, beforeEach } from "vitest";

const methods = ["debug", "dir", "error", "info", "log", "table", "trace", "warn"] as const;
let written: string[] = [];

for (const method of methods) {
  console[method] = (...values: unknown[]) => {
    written.push(`console.${method}(${values.map(String).join(", ")})`);
  };
}

beforeEach(() => {
  written = [];
});

afterEach(() => {
  if (written.length > 0) throw new Error(`This test wrote to the console: ${written.join("; ")}`);
});
