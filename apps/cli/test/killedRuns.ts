/** Runs that are killed again and again, and what must not depend on it. */
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { philox } from "@crease/backend";
import { readZip } from "@crease/files";
import { expect } from "vitest";
import { type Ended, runCrease, temporaryFolder } from "./runCrease.ts";

/** Digests of what must not depend on whether a run was stopped; a model's file also holds the time when it was saved. */
export async function outcome(run: string): Promise<Readonly<Record<string, string>>> {
  const entries = await readZip(await readFile(join(run, "model.keras")));
  const parts = {
    history: await readFile(join(run, "history.csv")),
    best: await readFile(join(run, "checkpoints", "best.safetensors")),
    config: entries.get("config.json"),
    weights: entries.get("model.weights.h5"),
  };
  return Object.fromEntries(
    Object.entries(parts).map(([name, bytes]) => {
      if (bytes === undefined) throw new Error(`model.keras holds no ${name}`);
      return [name, createHash("sha256").update(bytes).digest("hex")];
    }),
  );
}

/** Kills a run so many times, at moments that a seed decides, and expects of its end what a whole run's is. */
export async function expectToSurviveKills(args: readonly string[], times: number): Promise<void> {
  const cwd = await temporaryFolder();
  const train = [...args, "--epochs", String(times * 20), "--checkpoint-every", "7", "--json"];
  const began = performance.now();
  expect(await runCrease([...train, "--out", "whole"], { cwd })).toMatchObject({ code: 0, stderr: "" });
  // All kills together come to less than half of what a whole run takes, so that it is not over before the last of them.
  const longest = (0.8 * (performance.now() - began)) / times;
  const goOn = async (killAfter?: number): Promise<Ended> => {
    const hasBegun = existsSync(join(cwd, "parts", "config.json"));
    const words = hasBegun ? ["resume", "parts", "--quiet", "--json"] : [...train, "--out", "parts"];
    return runCrease(words, { cwd, ...(killAfter === undefined ? {} : { killAfter }) });
  };
  const moments = Array.from(philox([7, 7], 0, 4 * times), (word) => (word >>> 0) / 2 ** 32);
  for (const moment of moments.slice(0, times))
    expect(await goOn(longest * moment)).toMatchObject({ signal: "SIGKILL", stderr: "" });
  expect(await goOn()).toMatchObject({ code: 0, stderr: "" });
  expect(await outcome(join(cwd, "parts"))).toEqual(await outcome(join(cwd, "whole")));
  expect((await readdir(join(cwd, "parts", "checkpoints"))).sort()).toEqual(["best.safetensors", "last.safetensors"]);
}
