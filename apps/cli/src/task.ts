/** What a model is to predict, which decides its last layer, loss and metrics. */

/** Classes, given as whole numbers from 0 on, or plain numbers, whose mean and standard deviation may be known. */
export type Task =
  | { readonly kind: "classes"; readonly classes: number; readonly names?: readonly string[] }
  | { readonly kind: "numbers"; readonly outputs: number; readonly scale?: Scale };

/** Where numbers lie. */
export interface Scale {
  readonly mean: number;
  readonly stddev: number;
}

/** What the last layer gives: how many numbers, and through which activation. */
export interface Head {
  readonly outputs: number;
  readonly activation: "softmax" | "sigmoid" | "linear";
}

/** The last layer that a task needs; two classes share one probability. */
export function headOf(task: Task): Head {
  if (task.kind === "numbers") return { outputs: task.outputs, activation: "linear" };
  return task.classes === 2 ? { outputs: 1, activation: "sigmoid" } : { outputs: task.classes, activation: "softmax" };
}

/** What a model is judged by. */
export interface Judgement {
  readonly loss: string;
  readonly metrics: readonly string[];
}

/** Loss and metrics for a task and a model with so many outputs: two classes fit one output or two. */
export function judgementOf(task: Task, outputs: number): Judgement {
  if (task.kind === "numbers") return { loss: "meanSquaredError", metrics: ["meanAbsoluteError"] };
  const loss = task.classes === 2 && outputs === 1 ? "binaryCrossentropy" : "sparseCategoricalCrossentropy";
  return { loss, metrics: ["accuracy"] };
}
