/** Elements asked for before they are needed. */
import { disposeElement, type Element } from "../element.ts";
import type { Stage } from "./stage.ts";

/** A stage that keeps `count` elements on their way while one is used, and gives them up when it ends early. */
export function prefetchStage<T extends Element>(source: Stage<T>, count: number): Stage<T> {
  return {
    size: source.size,
    keys: source.keys,
    async *iterate(epoch, start) {
      const upstream = source.iterate(epoch, start);
      const coming: Promise<IteratorResult<T, void>>[] = [];
      const ask = (): void => {
        const next = upstream.next();
        // The error is raised where its turn comes; until then it must not count as unhandled.
        next.catch(() => undefined);
        coming.push(next);
      };
      try {
        for (let i = 0; i <= count; i++) ask();
        for (;;) {
          const result = await (coming.shift() as Promise<IteratorResult<T, void>>);
          if (result.done) return;
          yield result.value;
          ask();
        }
      } finally {
        for (const result of await Promise.allSettled(coming))
          if (result.status === "fulfilled" && !result.value.done) disposeElement(result.value.value);
        await upstream.return();
      }
    },
  };
}
