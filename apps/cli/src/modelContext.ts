/** What a model file is given to build a model for some data. */
import type { Task } from "./task.ts";

/** The data that a model is built for, and the packages to build it with. */
export interface ModelContext {
  /** Shape of one sample. */
  readonly inputShape: readonly number[];
  /** Numbers that the last layer must give: one for each class (one for two classes), or for each number. */
  readonly outputs: number;
  readonly task: Task;
  /** The very packages that train: a file that takes them from here works wherever `crease` is installed. */
  readonly layers: typeof import("@crease/layers");
  readonly models: typeof import("@crease/models");
  readonly tensor: typeof import("@crease/tensor");
}

/** What a model file may export as its default: a function that makes a model. */
export type ModelFunction = (
  context: ModelContext,
) => import("@crease/models").AnyModel | Promise<import("@crease/models").AnyModel>;
