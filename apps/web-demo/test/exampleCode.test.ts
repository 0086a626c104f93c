/** The programs with a tape that page 5 shows: run as they are shown, they give the results that are shown with them. */
import { GradientTape } from "@crease/autograd";
import { tensor, Variable, zeros } from "@crease/tensor";
import { expect, test } from "vitest";
import { examples, withResults } from "../src/pages/descent/exampleCode.ts";
import { runExamples } from "../src/pages/descent/examples.ts";

/** What the program prints at its lines that end in `// =>`. */
function run(code: string): string[] {
  const results: string[] = [];
  const listening = code.replaceAll(/^(.+); \/\/ =>$/gm, "print($1);");
  const names = { GradientTape, Variable, tensor, zeros, print: (value: unknown) => results.push(String(value)) };
  new Function(...Object.keys(names), `"use strict";\n${listening}`)(...Object.values(names));
  return results;
}

test.each(examples.map(({ name, code }, i) => ({ name, code, i })))("$name", ({ code, i }) => {
  const printed = run(code);
  expect(printed.length).toBe(code.match(/\/\/ =>/g)?.length);
  expect(runExamples()[i]).toEqual(printed);
  // And the page shows each of them.
  const shown = withResults(code, printed);
  for (const line of printed.flatMap((text) => text.split("\n"))) expect(shown).toContain(line.trim());
});
