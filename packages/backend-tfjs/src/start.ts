/** Starting one of tfjs's backends by its name. */
import { type Backend, BackendError } from "@crease/backend";
import { tfjsBackend } from "./backend.ts";
import type { TfjsBuffer } from "./buffer.ts";
import type { TfjsCore } from "./tfjs.ts";

/** What starting needs of `@tensorflow/tfjs-core`. */
interface Startable extends TfjsCore {
  setBackend(name: string): Promise<boolean>;
}

/** The modules that `load` imports. @throws BackendError where a package is not installed. */
export async function loadPackages<T>(op: string, packages: string, load: () => Promise<T>): Promise<T> {
  // tfjs warns of a second copy of itself, which shares the engine of the first; unless it is told to be in production.
  const flags = (globalThis as { _tfengine?: { readonly ENV: Flags } })._tfengine?.ENV;
  const before = flags?.getBool("PROD") ?? false;
  flags?.set("PROD", true);
  try {
    return await load();
  } catch (cause) {
    const fix = `Run \`npm install ${packages}\``;
    throw new BackendError({ op, problem: "TensorFlow.js cannot be loaded", fix, cause });
  } finally {
    flags?.set("PROD", before);
  }
}

/** The flags of tfjs's engine. */
interface Flags {
  getBool(name: string): boolean;
  set(name: string, value: boolean): void;
}

/**
 * Starts the backend of that name and adapts it; what was current in tfjs is so again.
 *
 * @throws BackendError where it does not start.
 */
export async function startBackend(op: string, tf: Startable, name: string, fix: string): Promise<Backend<TfjsBuffer>> {
  const before = tf.getBackend();
  let cause: unknown;
  const started = await tf.setBackend(name).catch((error: unknown) => {
    cause = error;
    return false;
  });
  const backend = started ? tfjsBackend(tf) : null;
  if (before) await tf.setBackend(before);
  if (backend === null) throw new BackendError({ op, problem: `tfjs's backend "${name}" did not start`, fix, cause });
  return backend;
}
