/** A callback made of functions. */
import { suggestName, ValueError } from "@crease/backend";
import { Callback } from "./callback.ts";

/** The hooks of a callback as functions, each optional. */
export type Hooks = Partial<Pick<Callback, Extract<keyof Callback, `on${string}`>>>;

/**
 * Calls the functions given in place of the hooks of those names.
 *
 * @example
 * ```ts
 * import { Dense } from "@crease/layers";
 * import { LambdaCallback, Sequential } from "@crease/models";
 * import { tensor } from "@crease/tensor";
 * const model = new Sequential([new Dense(1)]);
 * model.compile({ optimizer: "sgd", loss: "mse" });
 * const seen: string[] = [];
 * const callback = new LambdaCallback({
 *   onEpochBegin: (epoch) => { seen.push(`begin ${epoch}`); },
 *   onEpochEnd: (epoch, logs) => { seen.push(`end ${epoch}: ${Object.keys(logs)}`); },
 * });
 * await model.fit(tensor([[1]]), tensor([[2]]), { epochs: 1, verbose: 0, callbacks: [callback] });
 * seen; // => ["begin 0", "end 0: loss"]
 * ```
 */
export class LambdaCallback extends Callback {
  /** @throws ValueError for a name that is no hook. */
  constructor(hooks: Hooks) {
    super();
    const known = Object.getOwnPropertyNames(Callback.prototype).filter((name) => name.startsWith("on"));
    for (const [name, hook] of Object.entries(hooks)) {
      if (!known.includes(name))
        throw new ValueError({
          op: "LambdaCallback",
          problem: `unknown hook "${name}"`,
          fix: suggestName(name, known),
        });
      if (hook !== undefined) Object.defineProperty(this, name, { value: hook });
    }
  }
}
