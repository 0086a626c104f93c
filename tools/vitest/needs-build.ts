// Set-up of the tests that look at built packages: they fail where the build failed.
import { beforeAll, inject } from "vitest";

beforeAll(() => {
  if (inject("buildStatus") !== 0) throw new Error("`tsc -b` failed: see its messages above.");
});
