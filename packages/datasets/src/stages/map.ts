/** Elements changed by a function of the user's own. */
import { ValueError } from "@crease/backend";
import { scope } from "@crease/tensor";
import { disposeElement, type Element, mapTensors, requireElement } from "../element.ts";
import type { Stage } from "./stage.ts";

/**
 * A stage that applies `change` in a scope. Each tensor of the result is handed on as a view of its own, so a tensor
 * that `change` passes through or took from outside is neither given up too early nor handed to someone who disposes it.
 */
export function mapStage<T extends Element, U extends Element>(source: Stage<T>, change: (element: T) => U): Stage<U> {
  return {
    size: source.size,
    keys: source.keys,
    async *iterate(epoch, start) {
      for await (const element of source.iterate(epoch, start)) {
        let changed: U;
        try {
          changed = scope(() => {
            const result = change(element);
            refusePromise(result);
            return mapTensors(requireElement("Dataset.map", result), (x) => x.reshape(x.shape));
          });
        } finally {
          disposeElement(element);
        }
        yield changed;
      }
    },
  };
}

function refusePromise(result: unknown): void {
  if (result instanceof Promise)
    throw new ValueError({
      op: "Dataset.map",
      problem: "the function returned a promise",
      fix: "Compute synchronously, or use an async generator with Dataset.fromGenerator",
    });
}
