// Global set-up of the tests that look at built packages: brings every `dist` up to date.
import { spawnSync } from "node:child_process";
import type { TestProject } from "vitest/node";
import { listPackages } from "../checks/src/workspace.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** The exit status of the build. */
    buildStatus: number;
  }
}

/** Builds all packages with `tsc -b`; 0.1 s when nothing changed. */
export default function build(project: TestProject): void {
  const { status } = spawnSync("tsc", ["-b", ...listPackages().map(({ folder }) => folder)], {
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  project.provide("buildStatus", status ?? 1);
}
