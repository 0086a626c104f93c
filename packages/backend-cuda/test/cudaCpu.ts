// The binding on libtensorflow's CPU kernels: installed where it is not yet, which takes a network the first time.
import { spawnSync } from "node:child_process";
import type { Backend } from "@crease/backend";
import type { TfjsBuffer } from "@crease/backend-tfjs";
import { bindingStatus, cudaBackend, installBinding } from "../src/index.ts";

/** Why this machine cannot build the binding; undefined where it can. */
function missing(): string | undefined {
  if (process.platform !== "linux") return `libtensorflow's binding is for Linux, this is ${process.platform}`;
  const programs = {
    "a C++ compiler": [process.env.CXX || "g++"],
    npm: ["npm"],
    "Python with pip": ["python3", "-m", "pip"],
  };
  const absent = Object.entries(programs).find(
    ([, [file, ...args]]) => spawnSync(file as string, [...args, "--version"]).status !== 0,
  );
  return absent === undefined ? undefined : `no ${absent[0]} on this machine, which builds the binding`;
}

/** Why the tests of the binding are skipped; undefined where they run. */
export const reason: string | undefined = missing();

/** libtensorflow's CPU kernels as one of ours. */
export async function cudaCpu(): Promise<Backend<TfjsBuffer>> {
  if (bindingStatus() === undefined) await installBinding({ device: "cpu" });
  return cudaBackend({ device: "cpu" });
}
