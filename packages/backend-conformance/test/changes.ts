// Ways to break a backend: each replaces a part of the right one.
import type { Skip } from "../src/skip.ts";
import type { Change, Handle, In, Name, Parts, Request } from "./wrappedBackend.ts";

/** What is wrong, the change that makes it so, and what the backend is excused from. */
export interface Broken {
  readonly what: string;
  readonly change: Change;
  readonly skip?: readonly Skip[];
  /** The parts that all backends of this kind start from, where they are not new ones for each. */
  readonly parts?: () => Parts;
}

/** Elements of float32 tensors, and for short of other numbers too. */
export type Numbers = Float32Array;

/** Another answer to some calls: null leaves the call to the right kernel. */
export const answer =
  (other: (request: Request, right: Parts) => readonly Handle[] | null): Change =>
  (right) => ({ run: (request) => other(request, right) ?? right.run(request) });

/** The right outputs of one op, spoilt in place. */
export const spoil = (op: Name, change: (outputs: readonly Numbers[], request: Request) => void): Change =>
  answer((request, right) => {
    if (request.op !== op) return null;
    const outputs = right.run(request);
    change(outputs as readonly Numbers[], request);
    return outputs;
  });

/** Elements of an elementwise op of two inputs of one shape, computed another way. */
export const zip = (op: Name, dtypes: readonly string[], f: (x: number, y: number) => number): Change =>
  spoil(op, ([out], { inputs: [a, b] }) => {
    const [x, y] = [(a as In).handle as Numbers, (b as In).handle as Numbers];
    if (!dtypes.includes((a as In).dtype) || x.length !== y.length || x.length !== out?.length) return;
    for (let i = 0; i < x.length; i++) out[i] = f(x[i] as number, y[i] as number);
  });

/** Elements of an elementwise op of one float32 input, computed another way. */
export const map = (op: Name, f: (x: number) => number): Change =>
  spoil(op, ([out], { inputs: [x] }) => {
    if (x?.dtype === "float32")
      (x.handle as Numbers).forEach((element, i) => {
        (out as Numbers)[i] = f(element);
      });
  });

/** The same call with other attributes. */
export const attributes = (op: Name, change: (request: Request) => object): Change =>
  answer((request, right) =>
    request.op === op ? right.run({ ...request, attrs: { ...request.attrs, ...change(request) } }) : null,
  );

/** The same call with one input changed. */
export const input = (op: Name, at: number, change: (x: Numbers, request: Request) => void): Change =>
  answer((request, right) => {
    if (request.op !== op) return null;
    const x = request.inputs[at] as In;
    const copy = { ...x, handle: (x.handle as Numbers).slice() };
    change(copy.handle as Numbers, request);
    return right.run({ ...request, inputs: request.inputs.map((other, i) => (i === at ? copy : other)) });
  });
