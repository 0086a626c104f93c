/** Small runs that the tests of a file look at together. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect } from "vitest";
import { type Ended, runCrease } from "./runCrease.ts";

/** What crease is asked to train on, by the folder that the run goes to. */
type Trainings = { readonly [run: string]: readonly string[] };

/** Lines of a table in which a price follows from a size and a colour. */
export const houses: readonly string[] = [
  "size,colour,price",
  ...Array.from({ length: 60 }, (_, i) => {
    const colour = ["red", "blue", "green"][i % 3];
    const size = 50 + ((i * 7) % 41);
    return `${size},${colour},${size * 10 + (colour === "red" ? 100 : 0)}`;
  }),
];

/** Trains before the tests of a file, in a folder that also holds `houses.csv` and is gone after them; runs crease there. */
export function trainedRuns(trainings: Trainings): (...args: readonly string[]) => Promise<Ended> {
  let cwd = "";
  beforeAll(async () => {
    cwd = await mkdtemp(join(tmpdir(), "crease-cli-"));
    await writeFile(join(cwd, "houses.csv"), `${houses.join("\n")}\n`);
    for (const [run, args] of Object.entries(trainings))
      expect(await runCrease(["train", ...args, "--out", run, "--quiet", "--seed", "1"], { cwd })).toMatchObject({
        code: 0,
        stderr: "",
      });
  }, 60_000);
  afterAll(() => rm(cwd, { recursive: true, force: true }));
  return (...args) => runCrease(args, { cwd });
}
