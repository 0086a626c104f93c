// Set-up of the browser tests where there is no Chromium: each counts as skipped, with the reason.
import { beforeEach } from "vitest";

beforeEach((context) => {
  context.skip("no Chromium: set CREASE_CHROMIUM or put chromium on PATH");
});
