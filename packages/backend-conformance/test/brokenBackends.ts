// For each rule of SPEC.md that the suite checks, backends that break it and keep the others as far as they can.
import type { Rule } from "../src/rule.ts";
import { brokenBuffers } from "./brokenBuffers.ts";
import { brokenCalls } from "./brokenCalls.ts";
import { brokenValues } from "./brokenValues.ts";
import type { Broken } from "./changes.ts";

/** A rule without a broken backend does not compile. */
export const brokenBackends: { readonly [R in Rule]: readonly Broken[] } = {
  ...brokenBuffers,
  ...brokenValues,
  ...brokenCalls,
};
