/** The messages between page and worker. */
import type { ServiceName } from "./services.ts";

/** From the page. */
export type ToWorker =
  | { readonly kind: "open"; readonly service: ServiceName }
  | { readonly kind: "call"; readonly id: number; readonly name: string; readonly input: unknown }
  | { readonly kind: "cancel"; readonly id: number }
  | { readonly kind: "ping"; readonly id: number };

/** From the worker. */
export type FromWorker =
  | { readonly kind: "result"; readonly id: number; readonly output: unknown }
  | { readonly kind: "event"; readonly id: number; readonly event: unknown }
  | { readonly kind: "error"; readonly id: number; readonly name: string; readonly message: string }
  | { readonly kind: "pong"; readonly id: number };
