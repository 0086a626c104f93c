/** The check of a backend that a caller names. */
import { type Backend, BackendError } from "@crease/backend";

/** Raises BackendError for what is no backend: a name, or a promise that was not awaited. */
export function checkBackend(op: string, backend: Backend): void {
  if (typeof backend?.run === "function" && backend.traits !== undefined) return;
  const isPromise = typeof (backend as { then?: unknown } | undefined)?.then === "function";
  throw new BackendError({
    op,
    problem: isPromise ? "a promise is no backend" : `${JSON.stringify(backend)} is no backend`,
    fix: isPromise
      ? "Await it first: `setBackend(await wasmBackend())`"
      : "Pass a backend itself, such as `cpuBackend()`",
  });
}
