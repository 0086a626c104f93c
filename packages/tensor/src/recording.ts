/** What a body does to its backend, written down call by call, so that it can be done again without the body. */
import { type Attrs, type Backend, type CallName, type KernelName, type Spec, updates } from "@crease/backend";
import type { Call } from "./call.ts";
import type { Cell } from "./cell.ts";
import { context, getRandomState } from "./context.ts";
import type { Elements } from "./operands.ts";
import { sameAttrs } from "./sameAttrs.ts";
import type { Storage } from "./storage.ts";
import type { Tensor } from "./tensor.ts";
import type { Variable } from "./variable.ts";

/** Numbers uploaded in a body are compared and kept; longer arrays are data, which no program should hold. */
const mostElements = 4096;

/** Where a buffer of a recording comes from. */
export type Origin =
  | { readonly kind: "input"; readonly index: number }
  | { readonly kind: "variable"; readonly cell: Cell }
  | { readonly kind: "constant"; readonly elements: Elements; readonly storage: Storage }
  /** Computed from constants alone, so that it is one. */
  | { readonly kind: "folded"; readonly call: RecordedCall; readonly storage: Storage }
  | { readonly kind: "computed" };

/** One kernel call; buffers are numbered in the order of their first use. */
export interface RecordedCall {
  readonly op: KernelName;
  readonly inputs: readonly number[];
  readonly specs: readonly Spec[];
  readonly attrs: Attrs<CallName>;
  readonly outs: readonly Spec[];
  readonly results: readonly number[];
  /** For a draw from the context's stream, how far behind the body's first block it began; else null. */
  readonly block: number | null;
}

/** A Variable with the number of the buffer that became its value. */
export interface Assignment {
  readonly variable: Variable;
  readonly buffer: number;
}

/** The notes of one run of a body. It holds the constants until `dispose`. */
export class Recording {
  readonly backend: Backend;
  readonly inputs: readonly Tensor[];
  readonly origins: Origin[] = [];
  readonly calls: RecordedCall[] = [];
  readonly assignments: Assignment[] = [];
  /** Why the body cannot be repeated, if it cannot. */
  obstacle: string | null = null;
  readonly #numbers = new Map<Storage, number>();
  readonly #read = new Map<Storage, Cell>();
  readonly #random = getRandomState();
  /** Philox blocks that the body took. */
  blocks = 0;

  constructor(backend: Backend, inputs: readonly Tensor[]) {
    this.backend = backend;
    this.inputs = inputs;
    inputs.forEach(({ storage }, index) => {
      if (storage.backend !== backend) this.obstacle = "an input lives on another backend";
      if (this.#numbers.has(storage)) this.obstacle = "two inputs share a buffer";
      this.#number(storage, { kind: "input", index });
    });
  }

  /** Notes that a Variable's value is about to be used. */
  read(cell: Cell, storage: Storage): void {
    this.#read.set(storage, cell);
  }

  /** Notes something that a program could not do again. */
  refuse(obstacle: string): void {
    this.obstacle ??= obstacle;
  }

  /** Notes numbers that came from the host; they become constants. */
  uploaded(storage: Storage, elements: Elements): void {
    if (storage.backend !== this.backend) this.obstacle = "it uploads to another backend";
    else if (elements.data.length > mostElements) this.obstacle = "it uploads an array";
    else {
      storage.retain();
      this.#number(storage, { kind: "constant", elements: { ...elements, data: elements.data.slice() }, storage });
    }
  }

  /** Notes a kernel's call. */
  computed({ op, inputs, attrs, outs, backend }: Call, outputs: readonly Tensor[]): void {
    if (backend !== this.backend) this.obstacle = "it computes on another backend";
    else if (updates.has(op as never)) this.obstacle = "it writes into buffers";
    if (this.obstacle !== null) return;
    const operands = inputs as readonly Tensor[];
    const numbers = operands.map(({ storage }) => this.numberOf(storage));
    const { key, counter } = attrs as { readonly key?: unknown; readonly counter?: number };
    const isDraw = key !== undefined && key === this.#random.key;
    const isFolded = numbers.length > 0 && numbers.every((number) => this.#isConstant(number));
    const results: number[] = [];
    const call = {
      op: op as KernelName,
      inputs: numbers,
      specs: operands.map(plain),
      attrs,
      outs: outs.map(plain),
      results,
      block: isDraw ? (counter as number) - this.#random.position : null,
    };
    if (!isFolded) this.calls.push(call);
    for (const { storage } of outputs) {
      if (isFolded) storage.retain();
      results.push(this.#number(storage, isFolded ? { kind: "folded", call, storage } : { kind: "computed" }));
    }
  }

  #isConstant(number: number): boolean {
    const kind = this.origins[number]?.kind;
    return kind === "constant" || kind === "folded";
  }

  /** Notes a Variable's new value. */
  assigned(variable: Variable, storage: Storage): void {
    if (this.assignments.some((other) => other.variable === variable)) this.obstacle = "it assigns a Variable twice";
    else this.assignments.push({ variable, buffer: this.numberOf(storage) });
  }

  /** Ends the notes: outputs have been returned. */
  close(): void {
    const { key, position } = getRandomState();
    if (key !== this.#random.key) this.obstacle = "it sets the random state";
    this.blocks = position - this.#random.position;
  }

  /** The number of a buffer: a known one, or that of a Variable read before. */
  numberOf(storage: Storage): number {
    const known = this.#numbers.get(storage);
    if (known !== undefined) return known;
    const cell = this.#read.get(storage);
    if (cell !== undefined) return this.#number(storage, { kind: "variable", cell });
    this.obstacle ??= "it uses a tensor from outside that is neither an input nor a Variable";
    return -1;
  }

  #number(storage: Storage, origin: Origin): number {
    const number = this.origins.push(origin) - 1;
    this.#numbers.set(storage, number);
    return number;
  }

  /** True where another run of the body did just the same, random numbers and data aside. */
  equals(other: Recording): boolean {
    return (
      this.backend === other.backend &&
      this.blocks === other.blocks &&
      this.origins.length === other.origins.length &&
      this.calls.length === other.calls.length &&
      this.assignments.length === other.assignments.length &&
      this.origins.every((origin, i) => sameOrigin(origin, other.origins[i] as Origin)) &&
      this.calls.every((call, i) => sameCall(call, other.calls[i] as RecordedCall)) &&
      this.assignments.every(
        (one, i) =>
          sameAttrs(one.buffer, other.assignments[i]?.buffer) && one.variable === other.assignments[i]?.variable,
      )
    );
  }

  /** Gives the constants up. */
  dispose(): void {
    for (const origin of this.origins)
      if (origin.kind === "constant" || origin.kind === "folded") origin.storage.release();
    this.origins.length = 0;
  }
}

function sameOrigin(a: Origin, b: Origin): boolean {
  if (a.kind === "input") return b.kind === "input" && a.index === b.index;
  if (a.kind === "variable") return b.kind === "variable" && a.cell === b.cell;
  if (a.kind === "constant") return b.kind === "constant" && sameAttrs(a.elements, b.elements);
  if (a.kind === "folded") return b.kind === "folded" && sameCall(a.call, b.call);
  return b.kind === "computed";
}

function sameCall(a: RecordedCall, b: RecordedCall): boolean {
  return (
    a.op === b.op &&
    a.block === b.block &&
    sameAttrs(a.inputs, b.inputs) &&
    sameAttrs(a.specs, b.specs) &&
    sameAttrs(a.outs, b.outs) &&
    sameAttrs(a.results, b.results) &&
    (a.block !== null || sameAttrs(a.attrs, b.attrs))
  );
}

/** Runs `body` and writes down what it does. */
export function recordInto<T>(recording: Recording, body: () => T): T {
  const outer = context.recording;
  context.recording = recording;
  try {
    return body();
  } finally {
    context.recording = outer;
    recording.close();
  }
}

/** Without what else the object may be: inference hands on tensors as specs. */
export function plain({ dtype, shape }: Spec): Spec {
  return { dtype, shape };
}
