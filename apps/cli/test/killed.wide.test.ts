/** A run that is killed fifty times. */
import { test } from "vitest";
import { expectToSurviveKills } from "./killedRuns.ts";
import { smallRun } from "./smallRun.ts";

test("fifty kills at random moments", () => expectToSurviveKills(smallRun, 50));
