/** One installation at a time in a folder, over all processes. */
import { nodeBuiltin } from "@crease/backend";

/** How often a waiting installation looks whether the other one is done, in milliseconds. */
const patience = 500;

/** Runs `body` when no other process of this machine is installing there; one that died holds nobody up. */
export async function alone<T>(cache: string, body: () => Promise<T>): Promise<T> {
  const { mkdirSync, rmSync, writeFileSync } = nodeBuiltin("node:fs");
  const file = nodeBuiltin("node:path").join(cache, "installing");
  mkdirSync(cache, { recursive: true });
  for (;;) {
    try {
      writeFileSync(file, String(globalThis.process.pid), { flag: "wx" });
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
    if (isLeft(file)) rmSync(file, { force: true });
    else await new Promise((resolve) => setTimeout(resolve, patience));
  }
  try {
    return await body();
  } finally {
    rmSync(file, { force: true });
  }
}

/** Whether the process that wrote a lock is no more. */
function isLeft(file: string): boolean {
  const { readFileSync, statSync } = nodeBuiltin("node:fs");
  try {
    const text = readFileSync(file, "utf8");
    // Killed between making the file and writing into it.
    if (text === "") return Date.now() - statSync(file).mtimeMs > 10_000;
    globalThis.process.kill(Number(text), 0);
    return false;
  } catch (error) {
    // ENOENT: given back just now. Of another user's process one may not ask.
    return (error as NodeJS.ErrnoException).code === "ESRCH";
  }
}
