// Runs one command of the repository with the pinned tools (and the pinned Node) first on PATH.
import { spawn } from "node:child_process";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../..", import.meta.url));

/**
 * Starts `command` in the repository's root and resolves to its exit status.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {Record<string, string>} [env]
 * @param {import("node:child_process").StdioOptions} [stdio]
 * @returns {Promise<number>}
 */
export function run(command, args, env = {}, stdio = "inherit") {
  const child = spawn(command, args, {
    cwd: root,
    stdio,
    shell: process.platform === "win32",
    env: {
      ...process.env,
      ...env,
      PATH: join(root, "node_modules", ".bin") + delimiter + process.env.PATH,
      TURBO_TELEMETRY_DISABLED: "1",
      DO_NOT_TRACK: "1",
    },
  });
  // A Ctrl-C reaches the child too: it decides when to end, so that it can save its work first.
  const wait = () => {};
  process.on("SIGINT", wait);
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => {
      process.off("SIGINT", wait);
      resolve(code ?? (signal === "SIGINT" ? 130 : 1));
    });
  });
}
