/** The tests against the reference numbers on each backend: how many cases each name of Keras has, and how far off the worst is. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Difference } from "../../../testdata/differences.ts";
import { backendNames } from "./backends.ts";
import { command, root } from "./command.ts";

/** What the reference numbers say about one name of Keras. */
export interface Compared {
  readonly cases: number;
  /** The largest difference by backend; a backend without comparisons of single numbers is missing. */
  readonly differences: Readonly<Record<string, number>>;
}

interface Case {
  readonly name: string;
  readonly class?: string;
  readonly activation?: string;
}

/** The golden files by test file, with the lists in them that hold cases, and the module of Keras that these are of. */
const sources: readonly {
  readonly test: string;
  readonly file: string;
  readonly lists: readonly { readonly list: string; readonly module: string; readonly suite?: string }[];
}[] = [
  {
    test: "optimizers/test/golden.test.ts",
    file: "optimizers.json",
    lists: [
      { list: "cases", module: "optimizers", suite: "optimizers" },
      { list: "schedules", module: "optimizers.schedules", suite: "schedules" },
    ],
  },
  { test: "losses.golden.test.ts", file: "losses.json", lists: [{ list: "cases", module: "losses" }] },
  { test: "metrics.golden.test.ts", file: "metrics.json", lists: [{ list: "cases", module: "metrics" }] },
  { test: "activations.golden.test.ts", file: "activations.json", lists: [{ list: "cases", module: "activations" }] },
  {
    test: "initializers.golden.test.ts",
    file: "initializers.json",
    lists: ["cases", "exact", "orthogonal"].map((list) => ({ list, module: "initializers" })),
  },
  { test: "layers.golden.test.ts", file: "layers.json", lists: [{ list: "cases", module: "layers" }] },
];

/** The training runs of training.json, as one name. */
export const trainingKey = "training";

/**
 * Runs the tests on every backend; by `module.name` what they compared.
 *
 * @throws Error where a test fails.
 */
export async function compareGoldens(): Promise<ReadonlyMap<string, Compared>> {
  const folder = mkdtempSync(join(tmpdir(), "crease-parity-"));
  try {
    const noted: Record<string, Difference[]> = {};
    for (const backend of backendNames) {
      const file = join(folder, `${backend}.jsonl`);
      const status = await command("vitest", ["run", "-c", "tools/parity/vitest.config.ts"], {
        CREASE_BACKEND: backend,
        CREASE_DIFFERENCES: file,
      });
      if (status !== 0) throw new Error(`parity: tests against the reference numbers fail on ${backend}.`);
      noted[backend] = readFileSync(file, "utf8")
        .split("\n")
        .filter(Boolean)
        .map((line) => JSON.parse(line) as Difference);
    }
    return gather(noted);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function gather(noted: Readonly<Record<string, readonly Difference[]>>): ReadonlyMap<string, Compared> {
  const found = new Map<string, { cases: number; differences: Record<string, number> }>();
  const entryOf = (key: string): { cases: number; differences: Record<string, number> } => {
    const entry = found.get(key) ?? { cases: 0, differences: {} };
    found.set(key, entry);
    return entry;
  };
  const add = (key: string, backend: string, { difference }: Difference): void => {
    const { differences } = entryOf(key);
    differences[backend] = Math.max(differences[backend] ?? 0, difference ?? Number.POSITIVE_INFINITY);
  };
  for (const { test, file, lists } of sources) {
    const golden = JSON.parse(readFileSync(join(goldenFolder(), file), "utf8")) as Record<string, Case[]>;
    const keys = new Map<string, string>();
    for (const { list, module, suite = "" } of lists)
      for (const c of golden[list] ?? []) {
        const key = `${module}.${c.class ?? c.activation ?? c.name.split("/")[0]}`;
        keys.set(`${suite}>${c.name}`, key);
        entryOf(key).cases++;
      }
    for (const [backend, differences] of Object.entries(noted))
      for (const each of differences.filter((difference) => difference.file.endsWith(test))) {
        const names = each.test.split(" > ");
        const name = (names.at(-1) as string).split(": ")[0];
        const key = keys.get(`>${name}`) ?? keys.get(`${names.at(-2)}>${name}`);
        if (key !== undefined) add(key, backend, each);
      }
  }
  const isTraining = ({ file }: Difference): boolean => file.endsWith("training.golden.test.ts");
  for (const [backend, differences] of Object.entries(noted))
    for (const each of differences.filter(isTraining)) add(trainingKey, backend, each);
  entryOf(trainingKey).cases = new Set((noted.cpu ?? []).filter(isTraining).map(({ test }) => test)).size;
  return found;
}

function goldenFolder(): string {
  return process.env.CREASE_GOLDEN || join(root, "testdata/golden");
}
