/** A step that is computed anew until two in a row did the same, and from then on by the program of its calls. */
import { type Body, type Outputs, Program, type Tensor } from "@crease/tensor";

/** Steps that may differ from the one before, as those do that make state, before it is no use to go on recording. */
const patience = 4;

/** Runs one body on batch after batch. */
export class RepeatedStep {
  #recorded: Program | null = null;
  #isSettled = false;
  #tries = 0;

  /** The body's outputs. */
  run(inputs: readonly Tensor[], body: Body): Outputs {
    if (this.#isSettled && this.#recorded?.accepts(inputs)) return this.#recorded.run(inputs);
    if (this.#isSettled || this.#tries === patience) return body(inputs);
    this.#tries++;
    const { outputs, program } = Program.record(inputs, body);
    if (program !== null && this.#recorded?.equals(program)) {
      this.#isSettled = true;
      program.dispose();
    } else {
      this.#recorded?.dispose();
      this.#recorded = program;
    }
    return outputs;
  }

  /** Gives up what was recorded. */
  dispose(): void {
    this.#recorded?.dispose();
    this.#recorded = null;
  }
}
