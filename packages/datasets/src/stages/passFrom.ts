/** A pass that begins later, for stages that can only reach an element through those before it. */
import { disposeElement, type Element } from "../element.ts";

/** The elements of `pass` from number `start` on; those before are made and given up. */
export async function* passFrom<T extends Element>(
  pass: AsyncIterable<T>,
  start: number,
): AsyncGenerator<T, void, undefined> {
  let count = 0;
  for await (const element of pass) {
    if (count++ < start) disposeElement(element);
    else yield element;
  }
}
