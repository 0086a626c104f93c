/** Elements from a function of the user's own. */
import { ValueError } from "@crease/backend";
import { disposeElement, type Element, requireElement } from "../element.ts";
import { passFrom } from "./passFrom.ts";
import type { Stage } from "./stage.ts";

/** A stage that calls `open` for each pass; what it yields belongs to the pipeline. */
export function generatorStage<T extends Element>(
  open: () => Iterable<T> | AsyncIterable<T>,
  size: number | undefined,
): Stage<T> {
  return { size, keys: [], iterate: (_epoch, start) => passFrom(counted(open(), size), start) };
}

async function* counted<T extends Element>(
  given: Iterable<T> | AsyncIterable<T>,
  size: number | undefined,
): AsyncGenerator<T, void, undefined> {
  let count = 0;
  for await (const value of given) {
    const element = requireElement("Dataset.fromGenerator", value);
    if (count++ === size) {
      disposeElement(element);
      throw wrongSize(`more than ${size}`, size);
    }
    yield element;
  }
  if (size !== undefined && count < size) throw wrongSize(String(count), size);
}

function wrongSize(came: string, size: number): ValueError {
  return new ValueError({
    op: "Dataset.fromGenerator",
    problem: `${came} elements came, size says ${size}`,
    fix: "Give the right `size`, or leave it out",
  });
}
