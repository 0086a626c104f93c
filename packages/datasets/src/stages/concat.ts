/** The elements of one stage, then those of another. */
import { disposeElement, type Element } from "../element.ts";
import type { Stage } from "./stage.ts";

/** A stage that goes through `first`, then through `second`. */
export function concatStage<T extends Element, U extends Element>(first: Stage<T>, second: Stage<U>): Stage<T | U> {
  const { size } = first;
  return {
    size: size === undefined || second.size === undefined ? undefined : size + second.size,
    keys: [...first.keys, ...second.keys],
    async *iterate(epoch, start) {
      if (size !== undefined) {
        if (start < size) yield* first.iterate(epoch, start);
        yield* second.iterate(epoch, Math.max(start - size, 0));
        return;
      }
      let count = 0;
      for await (const element of first.iterate(epoch, 0)) {
        if (count++ < start) disposeElement(element);
        else yield element;
      }
      yield* second.iterate(epoch, Math.max(start - count, 0));
    },
  };
}
