/** Runs the programs with a tape that page 5 shows. */
import { GradientTape } from "@crease/autograd";
import { scope, type Tensor, tensor, Variable, zeros } from "@crease/tensor";
import type { Example } from "./exampleCode.ts";

/** What each program prints at its lines that end in `// =>`. */
const programs: Readonly<Record<Example["name"], () => string[]>> = {
  scalar() {
    const x = new Variable(0);
    const tape = new GradientTape();
    const y = tape.record(() => x.value.mul(2).add(3));
    return [String(tape.gradient(y, x))];
  },
  matrix() {
    const x = new Variable(zeros([2, 2]));
    const tape = new GradientTape();
    const y = tape.record(() => x.value.mul(2).add(3));
    return [String(tape.gradient(y, x))];
  },
  dense() {
    const W = new Variable([
      [0.5, -1],
      [2, 0.25],
    ]);
    const b = new Variable(zeros([2]));
    const x = tensor([
      [0.2, 0.6],
      [0.9, 0.1],
    ]);
    const tape = new GradientTape();
    const y = tape.record(() => x.matmul(W).add(b));
    const [gradW, gradB] = tape.gradient(y, [W, b]);
    return [String(gradW), String(gradB)];
  },
  second() {
    const time = new Variable(2);
    const outer = new GradientTape();
    const speed = outer.record(() => {
      const inner = new GradientTape();
      const position = inner.record(() => time.value.square().mul(4.9));
      return inner.gradient(position, time) as Tensor;
    });
    return [String(speed), String(outer.gradient(speed, time))];
  },
};

/** What all programs print, in the chapter's order. */
export function runExamples(): string[][] {
  return Object.values(programs).map((program) => scope(program));
}
