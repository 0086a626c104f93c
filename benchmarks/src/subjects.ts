/** Everything that is measured: which cases it has, with how many threads, and what starts it. */
import { fileURLToPath } from "node:url";
import type { CaseName } from "./cases.ts";
import type { Options } from "./options.ts";

/** A library in one configuration. */
export interface Subject {
  readonly name: string;
  readonly group: "crease" | "js" | "python" | "yardstick";
  /** Its child program. */
  readonly program: string;
  /** Numbers of threads for each case that it has; `"all"` where it takes what the machine has. */
  readonly cases: { readonly [name in CaseName]?: readonly (number | "all")[] };
  /** Training samples in an epoch of chapter2 where the whole of MNIST would take minutes. */
  readonly samples?: number;
}

const program = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

const wasm = {
  chapter2: [1, 2],
  gemm: [1, 2],
  op: [1],
  "small-net": [1],
  "predict-one": [1],
  evaluate: [1, 2],
  "start-up": [1, 2],
} as const;

const oneThread = {
  chapter2: [1],
  gemm: [1],
  op: [1],
  "small-net": [1],
  "predict-one": [1],
  evaluate: [1],
  "start-up": [1],
} as const;

/** libtensorflow takes what the machine has. */
const allThreads = {
  chapter2: ["all"],
  gemm: ["all"],
  op: ["all"],
  "small-net": ["all"],
  "predict-one": ["all"],
  evaluate: ["all"],
  "start-up": ["all"],
} as const;

/** All subjects, in the order in which they run. */
export const subjects: readonly Subject[] = [
  {
    name: "crease-cpu",
    group: "crease",
    program: program("./crease/run.ts"),
    cases: oneThread,
    samples: 2560,
  },
  { name: "crease-wasm", group: "crease", program: program("./crease/run.ts"), cases: wasm },
  {
    name: "crease-wasm-revectorize",
    group: "crease",
    program: program("./crease/run.ts"),
    cases: { chapter2: [1, 2], gemm: [1, 2], evaluate: [1, 2] },
  },
  { name: "crease-tfjs-wasm", group: "crease", program: program("./crease/run.ts"), cases: oneThread, samples: 12_800 },
  {
    name: "crease-tfjs-cpu",
    group: "crease",
    program: program("./crease/run.ts"),
    cases: { chapter2: [1], gemm: [1], op: [1] },
    samples: 1280,
  },
  { name: "crease-cuda-cpu", group: "crease", program: program("./crease/run.ts"), cases: allThreads },
  { name: "tfjs-cpu", group: "js", program: program("./tfjs/run.ts"), cases: { gemm: [1], op: [1] } },
  {
    name: "tfjs-layers-wasm",
    group: "js",
    program: program("./tfjs/run.ts"),
    cases: oneThread,
    samples: 2560,
  },
  { name: "tfjs-layers-node", group: "js", program: program("./tfjs/run.ts"), cases: allThreads, samples: 12_800 },
  {
    name: "jax-js-wasm",
    group: "js",
    program: program("./jax/run.ts"),
    cases: { chapter2: [1], gemm: [1], "start-up": [1] },
    samples: 12_800,
  },
  {
    name: "keras",
    group: "python",
    program: program("../python/keras_run.py"),
    cases: { chapter2: ["all"], "small-net": ["all"], "predict-one": ["all"], evaluate: ["all"], "start-up": ["all"] },
  },
  {
    name: "torch",
    group: "python",
    program: program("../python/torch_run.py"),
    cases: {
      chapter2: [1, 2],
      gemm: [1, 2],
      op: [1],
      "small-net": [1],
      "predict-one": [1],
      evaluate: [1, 2],
      "start-up": [2],
    },
  },
  {
    name: "web-demo",
    group: "crease",
    program: program("./demo/run.ts"),
    cases: { frames: [1, 2], "page-start": [1] },
  },
  { name: "yardstick", group: "yardstick", program: program("./yardstick/run.ts"), cases: { chapter2: [1, 2] } },
];

/** The subjects that the command line asks for. @throws Error for an unknown name, listing the known ones. */
export function chooseSubjects({ peers, subjects: names }: Pick<Options, "peers" | "subjects">): readonly Subject[] {
  const known = subjects.map(({ name }) => name);
  for (const name of names)
    if (!known.includes(name)) throw new Error(`bench: unknown subject "${name}". Known: ${known.join(", ")}.`);
  if (names.length > 0) return subjects.filter(({ name }) => names.includes(name));
  const groups: readonly Subject["group"][] = {
    none: ["crease"] as const,
    js: ["crease", "js", "yardstick"] as const,
    python: ["crease", "python"] as const,
    all: ["crease", "js", "python", "yardstick"] as const,
  }[peers];
  return subjects.filter(({ group }) => groups.includes(group));
}
