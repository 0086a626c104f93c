// The rules themselves, on small sources: each catches what it is for and lets the rest pass.
import { describe, expect, test } from "vitest";
import { missingDocs } from "../src/doc-rules.ts";
import { exampleModule } from "../src/examples.ts";
import { fileViolations } from "../src/file-rules.ts";
import { findCycles, importsOf, violationsOf } from "../src/import-rules.ts";
import { parse } from "../src/syntax.ts";
import type { Package } from "../src/workspace.ts";

const file = "packages/tensor/src/made-up.ts";
const header = "// A made-up file for this test.\n";
const rules = (code: string, name = file) => fileViolations(name, parse(name, code));

describe("files", () => {
  test.each([
    "let count = 0;",
    "export let count = 0;",
    "var count = 0;",
    "const cache = new Map();",
    "const cache = new WeakMap<object, number>();",
    "export const list: string[] = [];",
    "const table: Record<string, number> = {};",
    "const buffer = new Float32Array(4);",
    "register();",
    "if (typeof window === 'undefined') install();",
  ])("module-level state is found: %s", (code) => {
    expect(rules(header + code)).toHaveLength(1);
  });

  test.each([
    "const names = ['a', 'b'] as const;",
    "const known: ReadonlySet<string> = new Set(['a']);",
    "const none: readonly string[] = [];",
    "const none: Readonly<Record<string, number>> = {};",
    "export function make(): number[] { let x = 1; const list: number[] = []; list.push(x++); return list; }",
    "declare const __brand: unique symbol;",
  ])("constants and local state are not: %s", (code) => {
    expect(rules(header + code)).toEqual([]);
  });

  test("the context file may hold state", () => {
    expect(rules(`${header}let count = 0;`, "packages/tensor/src/context.ts")).toEqual([]);
  });

  test("a file without an opening sentence, with a vague name or with too much code is found", () => {
    expect(rules("export const a = 1;\n// Too late, this comment.")).toHaveLength(1);
    expect(rules(`${header}export const a = 1;`, "packages/tensor/src/utils.ts")).toHaveLength(1);
    const lines = Array.from({ length: 301 }, (_, index) => `export const a${index} = 1;`);
    expect(rules(header + lines.join("\n"))).toHaveLength(1);
    expect(rules(`${header}${"// A remark.\n\n".repeat(400)}${lines.slice(1).join("\n")}`)).toEqual([]);
  });
});

describe("imports", () => {
  const layers: Package = {
    name: "@crease/layers",
    folder: "packages/layers",
    dependencies: ["@crease/tensor", "@crease/backend"],
    workspaceDependencies: ["@crease/tensor", "@crease/backend"],
  };
  const broken = (code: string) => violationsOf(layers, importsOf(file, parse(file, code)));

  test.each([
    'import { Sequential } from "@crease/models";',
    'import type { Loss } from "@crease/losses";',
    'export * from "@crease/optimizers";',
    'export const lazy = () => import("@crease/autograd");',
    'import { readFile } from "node:fs/promises";',
    'import left from "left-pad";',
    'import { Dense } from "@crease/layers";',
    'import { Dense } from "./dense";',
  ])("broken rules are found: %s", (code) => {
    expect(broken(code)).toHaveLength(1);
  });

  test.each([
    'import { Tensor } from "@crease/tensor";',
    'import type { Shape } from "@crease/backend";',
    'import { Dense } from "./dense.ts";',
    'export const lazy = () => import("node:fs/promises");',
  ])("what the picture allows is not: %s", (code) => {
    expect(broken(code)).toEqual([]);
  });

  test("a cycle is named once, a diamond is none", () => {
    const graph = (edges: Record<string, string[]>) => findCycles(new Map(Object.entries(edges)));
    expect(graph({ a: ["b"], b: ["c"], c: ["b"] })).toEqual(["import cycle: b -> c -> b"]);
    expect(graph({ a: ["b", "c"], b: ["d"], c: ["d"], d: [] })).toEqual([]);
    expect(importsOf(file, parse(file, 'import type { A } from "./a.ts";'))[0]?.kind).toBe("type");
  });
});

describe("documentation", () => {
  const missing = (code: string) => missingDocs(file, parse(file, code));

  test.each([
    "export const a = 1;",
    "/** About b. */\nexport const b = 1;\nexport function a(): void {}",
    "// Not TSDoc.\nexport interface A {}",
    "/** A class. */\nexport class A { method(): void {} }",
  ])("an export without TSDoc is found: %s", (code) => {
    expect(missing(code)).toHaveLength(1);
  });

  test.each([
    "const a = 1;",
    "/** Both. */\nexport function a(x: string): void;\nexport function a(x: number): void;\nexport function a(): void {}",
    "/** A class. */\nexport class A extends B { #x = 1; constructor() { super(); } override call(): void {} private hidden(): void {} }",
  ])("what needs none is not: %s", (code) => {
    expect(missing(code)).toEqual([]);
  });

  test("an example becomes a module that records each result", () => {
    const code = "const a = 1 + 1; // => 2\na * 2;\n// => 4\nnull.x; // => throws TypeError";
    const { code: made, expected } = exampleModule({ file, line: 1, code, commentEnd: 0 });
    expect(expected).toEqual(["2", "4", "throws TypeError"]);
    expect(made.match(/shown\.push\(\{ value: (a|\(a \* 2\)) \}\)/g)).toHaveLength(2);
  });
});
