/** What the worker can be asked, by service: each page has one. Types only; the worker loads a service when it is opened. */
import type { DescentCalls } from "../pages/descent/calls.ts";
import type { NetworkCalls } from "../pages/network/calls.ts";
import type { OperationsCalls } from "../pages/operations/calls.ts";
import type { PaperCalls } from "../pages/paper/calls.ts";
import type { TensorsCalls } from "../pages/tensors/calls.ts";

/** The calls of all services. */
export interface Services {
  readonly network: NetworkCalls;
  readonly tensors: TensorsCalls;
  readonly operations: OperationsCalls;
  readonly paper: PaperCalls;
  readonly descent: DescentCalls;
}

/** The name of a service. */
export type ServiceName = keyof Services;

/** One call: what goes in, what comes back at the end, and what is told on the way. */
export interface CallShape {
  readonly input: unknown;
  readonly output: unknown;
  readonly event: unknown;
}
