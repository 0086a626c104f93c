/** What a run ran on, so that its numbers can be understood later. */
import { arch, cpus, platform, release, totalmem } from "node:os";
import type { StartedBackend } from "./backends.ts";
import { version } from "./version.ts";

/** The environment report of a run, as plain values. */
export async function environmentOf({ backend, label }: StartedBackend): Promise<Readonly<Record<string, unknown>>> {
  const processors = cpus();
  const { info } = backend as { readonly info?: unknown };
  return {
    crease: await version(),
    started: new Date().toISOString(),
    node: process.versions.node,
    v8: process.versions.v8,
    platform: platform(),
    release: release(),
    arch: arch(),
    processor: processors[0]?.model ?? "unknown",
    processors: processors.length,
    memoryBytes: totalmem(),
    backend: label,
    backendInfo: info ?? null,
    command: process.argv.slice(2),
  };
}
