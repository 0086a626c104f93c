/** The programs that the page shows: each parses, names what is set, and one is run. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { parseSync } from "vite";
import { expect, test } from "vitest";
import { backendNames } from "../src/compute/backendNames.ts";
import { programOf } from "../src/pages/network/program.ts";
import { optimizerNames, optimizerRates, type Settings } from "../src/pages/network/settings.ts";

const chapter: Settings = {
  units: 512,
  activation: "relu",
  optimizer: "rmsprop",
  learningRate: 0.001,
  batchSize: 128,
  epochs: 5,
  backend: "wasm",
};

test.each(backendNames)("the program for %s parses and imports what it uses", (backend) => {
  const code = programOf({ ...chapter, backend });
  const { program, errors } = parseSync("program.ts", code, { lang: "ts", sourceType: "module" });
  expect(errors).toEqual([]);
  const imported = program.body.flatMap((statement) =>
    statement.type === "ImportDeclaration" ? statement.specifiers.map(({ local }) => local.name) : [],
  );
  for (const name of imported) expect(code.match(new RegExp(`\\b${name}\\b`, "g"))?.length, name).toBeGreaterThan(1);
});

test.each(optimizerNames)("the program names %s by its class", async (optimizer) => {
  const code = programOf({ ...chapter, optimizer, learningRate: optimizerRates[optimizer] });
  const name = /import \{ (\w+) \} from "@crease\/optimizers"/.exec(code)?.[1] ?? "";
  expect(await import("@crease/optimizers")).toHaveProperty(name);
  expect(name.toLowerCase()).toBe(optimizer);
});

test("the program runs as it stands and prints a test accuracy", () => {
  // One epoch over the first thousand digits: the program's own words otherwise.
  const code = programOf({ ...chapter, units: 32, epochs: 1 }).replace(".shuffle()", ".take(1000).shuffle()");
  const { stdout, stderr } = spawnSync("node", ["--conditions=@crease/source", "--input-type=module-typescript", "-"], {
    input: code,
    cwd: join(import.meta.dirname, ".."),
    encoding: "utf8",
  });
  expect(stderr).toBe("");
  const accuracy = Number(/^test accuracy (0\.\d+)$/m.exec(stdout)?.[1]);
  expect(accuracy).toBeGreaterThan(0.3);
});
