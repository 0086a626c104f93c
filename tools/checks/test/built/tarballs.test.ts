// Packages picked singly: the tarballs of three packages and what they need, in a fresh folder, in plain Node and for `tsc`.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { closure, type Installed, installPacked, listNodes } from "../../src/pack.ts";
import { root } from "../../src/workspace.ts";

const picked = ["@crease/autograd", "@crease/optimizers", "@crease/tensor"];

const loop = `
import { GradientTape } from "@crease/autograd";
import { SGD } from "@crease/optimizers";
import { scope, tensor, Variable } from "@crease/tensor";
const x = tensor([[0], [1], [2], [3]]);
const y = tensor([[1], [3], [5], [7]]);
const weights = [new Variable(tensor([[0]])), new Variable(tensor([0]))];
const optimizer = new SGD({ learningRate: 0.1 });
for (let step = 0; step < 300; step++) scope(() => {
  const tape = new GradientTape();
  const loss = tape.record(() => x.matmul(weights[0]).add(weights[1]).sub(y).square().mean());
  optimizer.apply(tape.gradient(loss, weights), weights);
});
console.log(weights.map((weight) => Number(weight.value.itemSync()).toFixed(3)).join(" "));
`;

let installed: Installed;

beforeAll(() => {
  installed = installPacked(picked);
  installed.write("loop.js", loop);
});

// Undefined if the installation failed.
afterAll(() => (installed as Installed | undefined)?.remove());

test("the packed packages bring what they depend on, and nothing else", () => {
  const names = readdirSync(join(installed.folder, "node_modules/@crease")).map((name) => `@crease/${name}`);
  expect(names.sort()).toEqual(closure(picked).map(({ name }) => name));
  expect(readdirSync(join(installed.folder, "node_modules")).filter((name) => !name.startsWith("."))).toEqual([
    "@crease",
  ]);
});

test.each(listNodes())("a gradient loop learns y = 2x + 1 on Node $version", ({ path }) => {
  expect(installed.run(path, ["loop.js"]).trim()).toBe("2.000 1.000");
});

test("the emitted types are whole and fit the loop", () => {
  const compilerOptions = {
    target: "es2022",
    lib: ["es2022", "esnext.disposable", "dom"],
    module: "nodenext",
    types: [],
    strict: true,
    checkJs: true,
    noEmit: true,
    skipLibCheck: false,
  };
  installed.write("tsconfig.json", JSON.stringify({ compilerOptions, files: ["loop.js"] }));
  expect(installed.run(join(root, "node_modules/.bin/tsc"), ["-p", "."])).toBe("");
});
