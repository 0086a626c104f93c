/** The table for the documentation. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { backendNames } from "./backends.ts";
import { root } from "./command.ts";
import { type Compared, trainingKey } from "./goldens.ts";
import { type Entry, isOfOtherField, type Kind, kinds } from "./kinds.ts";
import type { Live } from "./live.ts";

/** What was found out. */
export interface Findings {
  readonly goldens: ReadonlyMap<string, Compared>;
  readonly live: Live | undefined;
}

/** The whole text of `docs/parity.md`. */
export function report({ goldens, live }: Findings): string {
  const training = goldens.get(trainingKey);
  return [
    "# Keras and Crease, name by name",
    "",
    "Written by `pnpm parity`; do not edit. A row is a public name of Keras 3.15.1. *Here* is our name, or the reason why there is",
    "none. *Tested against* counts the cases of `testdata/golden`, numbers that Keras 3.15.1 on TensorFlow computed, and the nets that",
    "were trained side by side with a live Keras (a function has those of its class); where there are neither, it names the tests,",
    "whose expected values are formulas or results of Keras. The other columns hold the largest `|a - b| / max(1, |b|)` of any number of these cases, b Keras's, in float32.",
    "",
    ...kinds.flatMap((kind) => table(kind, { goldens, live })),
    ...(training === undefined ? [] : trainingLines(training)),
    ...(live === undefined ? [] : liveLines(live)),
  ].join("\n");
}

function table(kind: Kind, findings: Findings): string[] {
  const rest = kind.entries.filter(isOfOtherField);
  return [
    `## ${kind.title}`,
    "",
    `| Keras | here | tested against | ${backendNames.join(" | ")} |`,
    `|---|---|---|${backendNames.map(() => "---|").join("")}`,
    ...kind.entries.filter((entry) => !isOfOtherField(entry)).map((entry) => row(kind, entry, findings)),
    "",
    ...(rest.length === 0
      ? []
      : [`Not here, as each is ${rest[0]?.note}: ${rest.map(({ keras }) => `\`${keras}\``).join(", ")}.`, ""]),
  ];
}

function row(kind: Kind, entry: Entry, { goldens, live }: Findings): string {
  const { module } = kind;
  const { keras, here, note } = entry;
  const shown = here === undefined ? `no: ${note}` : (note ?? `\`${here.name}\``);
  const key = `${module}.${classOf(kind, keras)}`;
  const golden = goldens.get(key);
  const runs = here && live?.runs.filter(({ names }) => names.includes(key));
  const against =
    here === undefined
      ? []
      : [
          ...(golden === undefined ? [] : [count(golden.cases, "case")]),
          ...(runs === undefined || runs.length === 0 ? [] : [count(runs.length, "live net")]),
        ];
  if (here !== undefined && golden === undefined) against.push(...testsOf(here.package, here.name));
  const cells = backendNames.map((backend) => {
    const all = [golden?.differences[backend], ...(runs ?? []).map(({ differences }) => differences[backend])];
    const known = all.filter((difference) => difference !== undefined);
    return here === undefined || known.length === 0 ? "" : shortest(Math.max(...known));
  });
  return `| \`keras.${module}.${keras}\` | ${shown} | ${against.join(", ")} | ${cells.join(" | ")} |`;
}

/** The class that a second name or a function stands for, whose cases test both: `KLDivergence` for `kl_divergence`. */
function classOf({ entries }: Kind, keras: string): string {
  const bare = (name: string): string =>
    name
      .replaceAll("_", "")
      .replace(/Initializer$/, "")
      .toLowerCase();
  return entries.find((entry) => /^[A-Z]/.test(entry.keras) && bare(entry.keras) === bare(keras))?.keras ?? keras;
}

/** The tests of a package that use a name, besides those of the reference numbers. */
function testsOf(home: string, name: string): string[] {
  const folder = `packages/${home.split("/")[1]}/test`;
  if (!existsSync(join(root, folder))) return [];
  const [first, last] = name.split(".") as [string, string?];
  const uses = new RegExp(`\\b${last === undefined || last === "loadData" ? first : last}\\b`);
  const files = readdirSync(join(root, folder)).filter(
    (file) => file.endsWith(".test.ts") && !/options|golden/.test(file),
  );
  const found = files.filter((file) => uses.test(readFileSync(join(root, folder, file), "utf8")));
  return found.slice(0, 2).map((file) => `[${file}](../${folder}/${file})`);
}

function trainingLines({ cases, differences }: Compared): string[] {
  return [
    "## Training",
    "",
    `${cases} runs of \`fit\` and batch by batch, the digit network of MNIST among them: losses, metrics, weights and predictions are`,
    `at most this far from Keras's: ${backendNames.map((name) => `${name} ${shortest(differences[name] ?? 0)}`).join(", ")}.`,
    "",
  ];
}

function liveLines({ keras, kerasBackend, steps, runs }: Live): string[] {
  return [
    "## Side by side with a live Keras",
    "",
    `Keras ${keras} on ${kerasBackend} and Crease trained the nets of \`tools/parity/nets.json\` from the same weights on the same ${steps}`,
    "batches. The largest difference between the losses of a step:",
    "",
    `| net | optimizer | loss | ${backendNames.join(" | ")} |`,
    `|---|---|---|${backendNames.map(() => "---|").join("")}`,
    ...runs.map(
      ({ net, optimizer, loss, differences }) =>
        `| ${net} | \`${optimizer}\` | \`${loss}\` | ${backendNames.map((name) => shortest(differences[name] ?? Number.NaN)).join(" | ")} |`,
    ),
    "",
    "The net with an `Embedding` is trained with SGD: where a batch holds a word twice, Keras on TensorFlow gives optimizers such as",
    "Adam the sum of the squares of its gradients, and Keras on torch, like Crease, the square of their sum.",
    "",
  ];
}

function count(n: number, what: string): string {
  return `${n} ${what}${n === 1 ? "" : "s"}`;
}

/** Two digits: `3.1e-7`. */
function shortest(x: number): string {
  return x === 0 ? "0" : x.toExponential(1);
}
