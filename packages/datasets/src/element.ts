/** One element of a data set, `[x, y?, sampleWeight?]`, and what every stage does with the tensors in it. */
import { ValueError } from "@crease/backend";
import { scope, stack, Tensor } from "@crease/tensor";

/** What stands in one place of an element: a tensor, or tensors by name. */
export type Feature = Tensor | { readonly [name: string]: Tensor };

/** Inputs, targets and weights of one sample or of one batch. */
export type Element = readonly [x: Feature, y?: Feature | undefined, sampleWeight?: Feature | undefined];

/**
 * All tensors of an element, in order.
 *
 * @example
 * ```ts
 * import { tensorsOf } from "@crease/datasets";
 * import { tensor } from "@crease/tensor";
 * tensorsOf([{ left: tensor(1), right: tensor(2) }, tensor(3)]).length; // => 3
 * ```
 */
export function tensorsOf(element: Element): Tensor[] {
  return element.flatMap((feature) =>
    feature === undefined ? [] : feature instanceof Tensor ? [feature] : Object.values(feature),
  );
}

/** The same structure with `change` applied to each tensor. */
export function mapTensors<T extends Element>(element: T, change: (x: Tensor, name: string) => Tensor): T {
  return element.map((feature, place) => {
    const name = places[place] as string;
    if (feature === undefined) return undefined;
    if (feature instanceof Tensor) return change(feature, name);
    return Object.fromEntries(Object.entries(feature).map(([key, x]) => [key, change(x, `${name}.${key}`)]));
  }) as unknown as T;
}

/**
 * Gives up all tensors of an element, as a `for await` of your own does with each.
 *
 * @example
 * ```ts
 * import { Dataset, disposeElement } from "@crease/datasets";
 * import { tensor } from "@crease/tensor";
 * let sum = 0;
 * for await (const batch of Dataset.fromTensors(tensor([1, 2, 3])).batch(2)) {
 *   sum += await batch[0].sum().item();
 *   disposeElement(batch);
 * }
 * sum; // => 6
 * ```
 */
export function disposeElement(element: Element): void {
  for (const x of tensorsOf(element)) x.dispose();
}

/** Elements of one structure joined along a new first axis. */
export function stackElements<T extends Element>(elements: readonly T[]): T {
  const columns = elements.map(tensorsOf);
  const first = elements[0] as T;
  const names = structureOf(first);
  for (const element of elements)
    if (structureOf(element) !== names)
      throw new ValueError({
        op: "Dataset.batch",
        problem: `elements differ in structure (${names} and ${structureOf(element)})`,
        fix: "Give all elements the same places and names",
      });
  return scope(() => {
    let column = 0;
    return mapTensors(first, () => {
      const joined = stack(columns.map((tensors) => tensors[column] as Tensor));
      column++;
      return joined;
    });
  });
}

function structureOf(element: Element): string {
  const parts = element.map((feature, place) =>
    feature === undefined || feature instanceof Tensor
      ? `${feature === undefined ? "no " : ""}${places[place]}`
      : `${places[place]} { ${Object.keys(feature).join(", ")} }`,
  );
  return `[${parts.join(", ")}]`;
}

/**
 * Returns `value` where it is an element.
 *
 * @throws ValueError for anything else than a list of one to three tensors or objects of tensors.
 */
export function requireElement<T extends Element>(op: string, value: T): T {
  const isFeature = (feature: unknown): boolean =>
    feature instanceof Tensor ||
    (typeof feature === "object" && feature !== null && Object.values(feature).every((x) => x instanceof Tensor));
  const given: readonly unknown[] = Array.isArray(value) ? value : [];
  const isElement =
    given.length >= 1 &&
    given.length <= places.length &&
    given.every((feature, place) => isFeature(feature) || (place > 0 && feature === undefined));
  if (!isElement)
    throw new ValueError({
      op,
      problem: "an element is no [x, y?, sampleWeight?] of tensors or objects of tensors",
      fix: "Return a list such as [x, y], made of tensors",
    });
  return value;
}

const places = ["x", "y", "sampleWeight"] as const;
