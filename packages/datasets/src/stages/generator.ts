/** Elements from a function of the user's own. */
import { ValueError } from "@crease/backend";
import { disposeElement, type Element, requireElement } from "../element.ts";
import type { Stage } from "./stage.ts";

/** A stage that calls `open` for each pass; what it yields belongs to the pipeline. */
export function generatorStage<T extends Element>(
  open: () => Iterable<T> | AsyncIterable<T>,
  size: number | undefined,
): Stage<T> {
  return {
    size,
    keys: [],
    async *iterate(_epoch, start) {
      let count = 0;
      for await (const given of open()) {
        const element = requireElement("Dataset.fromGenerator", given);
        count++;
        if (size !== undefined && count > size) {
          disposeElement(element);
          throw wrongSize(`more than ${size}`, size);
        }
        if (count <= start) disposeElement(element);
        else yield element;
      }
      if (size !== undefined && count < size) throw wrongSize(String(count), size);
    },
  };
}

function wrongSize(came: string, size: number): ValueError {
  return new ValueError({
    op: "Dataset.fromGenerator",
    problem: `${came} elements came, size says ${size}`,
    fix: "Give the right `size`, or leave it out",
  });
}
