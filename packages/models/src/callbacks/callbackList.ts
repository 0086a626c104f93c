/** The callbacks of one run of fit, evaluate or predict. */
import { ValueError } from "@crease/backend";
import type { AnyModel } from "../anyModel.ts";
import { Callback } from "./callback.ts";

type HookName = Extract<keyof Callback, `on${string}`>;

const hooks = [
  "onTrainBegin",
  "onTrainEnd",
  "onEpochBegin",
  "onEpochEnd",
  "onTrainBatchBegin",
  "onTrainBatchEnd",
  "onTestBegin",
  "onTestEnd",
  "onTestBatchBegin",
  "onTestBatchEnd",
  "onPredictBegin",
  "onPredictEnd",
  "onPredictBatchBegin",
  "onPredictBatchEnd",
  "onSafePoint",
] as const satisfies readonly HookName[];

/** @throws ValueError for what is no list of callbacks. */
export function requireCallbacks(op: string, callbacks: readonly Callback[] = []): void {
  const isCallback = (value: unknown): boolean => typeof (value as Callback | null)?.setModel === "function";
  if (Array.isArray(callbacks) && callbacks.every(isCallback)) return;
  throw new ValueError({
    op,
    problem: Array.isArray(callbacks) ? "among the callbacks is something that is none" : "callbacks is no list",
    fix: "Give a list of objects such as `new EarlyStopping()`; functions go into `new LambdaCallback({ ... })`",
  });
}

/** Callbacks, called in order; hooks that nobody overrides cost nothing. */
export class CallbackList {
  readonly #byHook: Readonly<Record<HookName, readonly Callback[]>>;

  constructor(callbacks: readonly Callback[], model: AnyModel) {
    for (const callback of callbacks) callback.setModel(model);
    this.#byHook = Object.fromEntries(
      hooks.map((hook) => [hook, callbacks.filter((callback) => callback[hook] !== Callback.prototype[hook])]),
    ) as Record<HookName, Callback[]>;
  }

  /** True where some callback has the hook. */
  has(hook: HookName): boolean {
    return this.#byHook[hook].length > 0;
  }

  /** Calls a hook of all callbacks, one after the other. */
  async call<H extends HookName>(hook: H, ...args: Parameters<Callback[H]>): Promise<void> {
    for (const callback of this.#byHook[hook]) await callHook(callback, hook, args);
  }

  /** The same, but the first error is thrown only when all have been called: for what callbacks must clean up. */
  async callAll<H extends HookName>(hook: H, ...args: Parameters<Callback[H]>): Promise<void> {
    const errors: unknown[] = [];
    for (const callback of this.#byHook[hook])
      await callHook(callback, hook, args).catch((error: unknown) => errors.push(error));
    if (errors.length > 0) throw errors[0];
  }
}

async function callHook(callback: Callback, hook: HookName, args: readonly unknown[]): Promise<void> {
  await (callback[hook] as (...args: readonly unknown[]) => void | Promise<void>).apply(callback, [...args]);
}
