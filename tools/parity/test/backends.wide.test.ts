/** The tests against the reference numbers, and training beside a live Keras, on the backends that users train on. */
import { expect, test } from "vitest";
import { command } from "../src/command.ts";
import { compareLive } from "../src/live.ts";

test.each(["wasm", "tfjs"])("all cases of the reference numbers pass on %s", async (backend) => {
  const args = ["run", "-c", "tools/parity/vitest.config.ts", "--reporter=dot"];
  expect(await command("vitest", args, { CREASE_BACKEND: backend })).toBe(0);
});

const python = process.env.CREASE_PYTHON ?? "";

// Without a Python that has Keras there is nothing to compare with: CREASE_PYTHON names one.
test.skipIf(python === "")("loss curves are Keras's on every backend", async () => {
  const { live } = await compareLive(python);
  expect(live.runs.length).toBeGreaterThan(40);
});
