/** Runs that are killed again and again, and what must not depend on it. */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { philox } from "@crease/backend";
import { expect } from "vitest";
import { runCrease, temporaryFolder } from "./runCrease.ts";

/** What must not depend on whether a run was stopped. */
export async function outcome(run: string): Promise<Readonly<Record<string, Buffer>>> {
  const files = ["history.csv", "model.keras", join("checkpoints", "best.safetensors")];
  return Object.fromEntries(await Promise.all(files.map(async (file) => [file, await readFile(join(run, file))])));
}

/** Kills a run so many times, at moments that a seed decides, and expects of its end what a whole run's is. */
export async function expectToSurviveKills(args: readonly string[], times: number): Promise<void> {
  const cwd = await temporaryFolder();
  const epochs = String(times * 10);
  const train = [...args, "--epochs", epochs, "--checkpoint-every", "7"];
  expect(await runCrease([...train, "--out", "whole"], { cwd })).toMatchObject({ code: 0, stderr: "" });
  const moments = Array.from(philox([7, 7], 0, 4 * times), (word) => (word >>> 0) / 2 ** 32);
  let kills = 0;
  for (const moment of moments.slice(0, times)) {
    const hasBegun = await readdir(join(cwd, "parts")).then(
      (names) => names.includes("config.json"),
      () => false,
    );
    const { signal, code, stderr } = await runCrease(
      hasBegun ? ["resume", "parts", "--quiet"] : [...train, "--out", "parts"],
      {
        cwd,
        killAfter: 200 + 1500 * moment,
      },
    );
    expect(stderr).toBe("");
    if (signal === "SIGKILL") kills++;
    else expect(code).toBe(0);
    if (code === 0) break;
  }
  expect(kills).toBeGreaterThan(times / 3);
  const last = await runCrease(["resume", "parts", "--quiet"], { cwd });
  if (last.code !== 2) expect(last).toMatchObject({ code: 0, stderr: "" });
  expect(await outcome(join(cwd, "parts"))).toEqual(await outcome(join(cwd, "whole")));
  expect((await readdir(join(cwd, "parts", "checkpoints"))).sort()).toEqual(["best.safetensors", "last.safetensors"]);
}
