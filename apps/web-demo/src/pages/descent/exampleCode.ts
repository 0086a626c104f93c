/** The programs with a tape that page 5 shows. `examples.ts` runs the same. */

/** A program; the values of its lines that end in `// =>` are computed in the worker. */
export interface Example {
  readonly name: "scalar" | "matrix" | "dense" | "second";
  readonly code: string;
}

/** In the chapter's order. */
export const examples: readonly Example[] = [
  {
    name: "scalar",
    code: `const x = new Variable(0);
const tape = new GradientTape();
const y = tape.record(() => x.value.mul(2).add(3));
tape.gradient(y, x); // =>`,
  },
  {
    name: "matrix",
    code: `const x = new Variable(zeros([2, 2]));
const tape = new GradientTape();
const y = tape.record(() => x.value.mul(2).add(3));
tape.gradient(y, x); // =>`,
  },
  {
    name: "dense",
    code: `const W = new Variable([[0.5, -1], [2, 0.25]]);
const b = new Variable(zeros([2]));
const x = tensor([[0.2, 0.6], [0.9, 0.1]]);
const tape = new GradientTape();
const y = tape.record(() => x.matmul(W).add(b));
const [gradW, gradB] = tape.gradient(y, [W, b]);
gradW; // =>
gradB; // =>`,
  },
  {
    name: "second",
    code: `const time = new Variable(2);
const outer = new GradientTape();
const speed = outer.record(() => {
  const inner = new GradientTape();
  const position = inner.record(() => time.value.square().mul(4.9));
  return inner.gradient(position, time);
});
speed; // =>
outer.gradient(speed, time); // =>`,
  },
];

/** The program with its results behind the arrows, aligned with them where they take several lines. */
export function withResults(code: string, results: readonly string[]): string {
  let next = 0;
  return code
    .split("\n")
    .map((line) => {
      if (!line.endsWith("// =>")) return line;
      const margin = `${" ".repeat(line.length - "// =>".length)}//    `;
      return `${line} ${(results[next++] ?? "…").replaceAll("\n", `\n${margin}`)}`;
    })
    .join("\n");
}
