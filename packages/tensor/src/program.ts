/** A recorded body as a list of kernel calls that can be done again with other inputs. */
import type { Attrs, Backend, CallName, KernelName, Shape, Spec } from "@crease/backend";
import { sameShape } from "@crease/backend";
import type { Cell } from "./cell.ts";
import { context, setRandomState, takeBlocks } from "./context.ts";
import { type Origin, plain, type RecordedCall, Recording, recordInto } from "./recording.ts";
import { sameAttrs } from "./sameAttrs.ts";
import { Storage } from "./storage.ts";
import { Tensor } from "./tensor.ts";

/** What a body returns: tensors, and nulls for what is not there. */
export type Outputs = readonly (Tensor | null)[];

/** A body that can be recorded. */
export type Body = (inputs: readonly Tensor[]) => Outputs;

interface Step {
  readonly op: KernelName;
  readonly attrs: Attrs<CallName>;
  readonly block: number | null;
  readonly outs: readonly Spec[];
  readonly inputs: readonly number[];
  readonly operands: readonly { handle: unknown; readonly dtype: Spec["dtype"]; readonly shape: Shape }[];
  readonly results: readonly number[];
  /** Buffers that nothing needs any more. */
  readonly frees: readonly number[];
}

interface Output {
  readonly buffer: number;
  readonly spec: Spec;
}

/**
 * What a synchronous body made its backend compute, as a list of kernel calls that is done again without the body:
 * its tensor methods, gradients and shape checks cost nothing any more. Calls whose results nothing uses are left out, and what
 * depends on constants alone is computed once. Variables are read and assigned at each run, random numbers go on.
 *
 * The body is not run again, so record it twice and compare with `equals` where it might do different things each time.
 * A program holds the body's constants until `dispose`.
 *
 * @example
 * ```ts
 * import { Program, tensor, Variable } from "@crease/tensor";
 * const count = new Variable(0);
 * const { program } = Program.record([tensor([1, 2])], ([x]) => {
 *   count.assign(count.value.add(1));
 *   return [x.mul(3).sum()];
 * });
 * program.run([tensor([10, 20])])[0]; // => 90.0
 * count.value; // => 2.0
 * program.dispose();
 * ```
 */
export class Program {
  readonly #recording: Recording;
  readonly #outputs: readonly (Output | null)[];
  readonly #inputSpecs: readonly Spec[];
  readonly #variables: readonly { readonly buffer: number; readonly cell: Cell }[];
  readonly #steps: readonly Step[];
  /** Handles by number; constants stay, the others are set by each run. */
  readonly #handles: unknown[];

  private constructor(recording: Recording, outputs: readonly (Output | null)[]) {
    this.#recording = recording;
    this.#outputs = outputs;
    this.#inputSpecs = recording.inputs.map(plain);
    this.#variables = recording.origins.flatMap((origin, buffer) =>
      origin.kind === "variable" ? [{ buffer, cell: origin.cell }] : [],
    );
    this.#steps = this.#stepsOf(this.#usedCalls());
    this.#handles = recording.origins.map((origin) =>
      origin.kind === "constant" || origin.kind === "folded" ? origin.storage.handle : undefined,
    );
  }

  /**
   * Runs `body` and returns its outputs with the program of what it did; null where that cannot be repeated: it read
   * values back, made or kept something that outlives it, or used tensors that are neither inputs nor Variables.
   */
  static record(
    inputs: readonly Tensor[],
    body: Body,
  ): { readonly outputs: Outputs; readonly program: Program | null } {
    const [first] = inputs;
    if (first === undefined || context.frame !== null) return { outputs: body(inputs), program: null };
    const recording = new Recording(first.backend, inputs);
    try {
      const outputs = recordInto(recording, () => body(inputs));
      const numbered = outputs.map((x) => x && { buffer: recording.numberOf(x.storage), spec: plain(x) });
      if (recording.obstacle === null) return { outputs, program: new Program(recording, numbered) };
      recording.dispose();
      return { outputs, program: null };
    } catch (error) {
      recording.dispose();
      throw error;
    }
  }

  /** True where both do the same, random numbers and the inputs' values aside. */
  equals(other: Program): boolean {
    return sameAttrs(this.#outputs, other.#outputs) && this.#recording.equals(other.#recording);
  }

  /** True where these inputs have the shapes, dtypes and backend that were recorded, and no interpreter wants to see calls. */
  accepts(inputs: readonly Tensor[]): boolean {
    const { backend } = this.#recording;
    return (
      context.frame === null &&
      inputs.length === this.#inputSpecs.length &&
      inputs.every((x, i) => {
        const spec = this.#inputSpecs[i] as Spec;
        return x.backend === backend && x.dtype === spec.dtype && sameShape(x.shape, spec.shape);
      }) &&
      this.#variables.every(({ cell }) => cell.held.backend === backend)
    );
  }

  /** Does what the body did, with these inputs. Where a kernel raises, nothing has changed. */
  run(inputs: readonly Tensor[]): Outputs {
    const { backend, origins, blocks, assignments } = this.#recording;
    const handles = this.#handles;
    // Inputs are the first buffers.
    for (let i = 0; i < inputs.length; i++) handles[i] = (inputs[i] as Tensor).handle;
    for (const { buffer, cell } of this.#variables) handles[buffer] = cell.held.handle;
    const random = context.random;
    const { key, counter } = takeBlocks(blocks);
    try {
      for (const step of this.#steps) this.#perform(step, backend, key, counter);
    } catch (error) {
      origins.forEach((origin, i) => {
        if (origin.kind !== "computed" || handles[i] === undefined) return;
        backend.release(handles[i]);
        handles[i] = undefined;
      });
      if (random !== null) setRandomState(random);
      throw error;
    }
    const holders = new Map<number, Storage>();
    const tensorOf = (buffer: number, spec: Spec): Tensor => {
      const held = holders.get(buffer) ?? storageOf(origins[buffer] as Origin, inputs);
      if (held !== undefined) {
        held.retain();
        return new Tensor(held, spec);
      }
      const storage = new Storage(backend, handles[buffer]);
      handles[buffer] = undefined;
      holders.set(buffer, storage);
      return new Tensor(storage, spec);
    };
    const outputs = this.#outputs.map((output) => output && tensorOf(output.buffer, output.spec));
    for (const { variable, buffer } of assignments) {
      const value = tensorOf(buffer, variable);
      variable.assign(value);
      value.dispose();
    }
    return outputs;
  }

  #perform(step: Step, backend: Backend, key: readonly [number, number], position: number): void {
    const handles = this.#handles;
    const { operands, results, frees, block } = step;
    for (let i = 0; i < operands.length; i++)
      (operands[i] as { handle: unknown }).handle = handles[step.inputs[i] as number];
    const attrs = block === null ? step.attrs : { ...step.attrs, key, counter: position + block };
    const made: readonly unknown[] = backend.run(step.op, operands as never, attrs as never, step.outs as never);
    for (let i = 0; i < results.length; i++) handles[results[i] as number] = made[i];
    for (const buffer of frees) {
      backend.release(handles[buffer]);
      handles[buffer] = undefined;
    }
  }

  /** The calls that outputs and assignments need, each once. */
  #usedCalls(): RecordedCall[] {
    const used = new Set(this.#kept());
    const calls: RecordedCall[] = [];
    for (const call of [...this.#recording.calls].reverse()) {
      if (!call.results.some((buffer) => used.has(buffer))) continue;
      for (const buffer of call.inputs) used.add(buffer);
      calls.push(call);
    }
    return calls.reverse();
  }

  /** Buffers that outlive the run. */
  #kept(): number[] {
    return [
      ...this.#outputs.flatMap((output) => (output === null ? [] : [output.buffer])),
      ...this.#recording.assignments.map(({ buffer }) => buffer),
    ];
  }

  #stepsOf(calls: readonly RecordedCall[]): Step[] {
    const needed = new Set(this.#kept());
    const steps: Step[] = [];
    for (const { op, attrs, block, outs, inputs, specs, results } of [...calls].reverse()) {
      const frees = [...new Set([...results, ...inputs])].filter(
        (buffer) => this.#recording.origins[buffer]?.kind === "computed" && !needed.has(buffer),
      );
      for (const buffer of inputs) needed.add(buffer);
      const operands = specs.map((spec) => ({ handle: undefined, ...spec }));
      steps.push({ op, attrs, block, outs, inputs, operands, results, frees });
    }
    return steps.reverse();
  }

  /** Gives the constants up. */
  dispose(): void {
    this.#recording.dispose();
  }
}

/** The storage that a buffer stands in already, if it is not computed by the run. */
function storageOf(origin: Origin, inputs: readonly Tensor[]): Storage | undefined {
  if (origin.kind === "input") return inputs[origin.index]?.storage;
  if (origin.kind === "variable") return origin.cell.held.storage;
  return origin.kind === "computed" ? undefined : origin.storage;
}
