/** Texts with a label for each, from the entries of an npz file to what a data set hands out. */
import { type Backend, DataError } from "@crease/backend";
import { type Tensor, tensor } from "@crease/tensor";
import type { NpzEntry } from "./npzLists.ts";
import type { Labelled } from "./wordSequences.ts";

/** Texts as lists of word numbers, and their labels. */
export type LabelledTexts = [texts: number[][], labels: Tensor];

/** Texts with their labels, where the entries are such. @throws DataError where they are not. */
export function labelled(op: string, where: string, texts: NpzEntry, labels: NpzEntry): Labelled {
  if ("lists" in texts && "array" in labels) {
    const { data, shape } = labels.array;
    if (shape.length === 1 && shape[0] === texts.lists.length)
      return { texts: texts.lists, labels: Array.from(data as ArrayLike<number>, Number) };
  }
  throw new DataError({ op, problem: `${where} holds no lists with a label for each`, fix: "Get the original file" });
}

/** The texts filtered and the labels as a tensor. */
export function finished(
  { texts, labels }: Labelled,
  filter: (texts: readonly (readonly number[])[]) => number[][],
  { backend }: { readonly backend?: Backend },
): LabelledTexts {
  return [filter(texts), tensor(Int32Array.from(labels), backend === undefined ? {} : { backend })];
}
