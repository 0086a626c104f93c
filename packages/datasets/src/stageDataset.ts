/** A data set made from a stage, for sources that need no class of their own. */
import { Dataset } from "./dataset.ts";
import type { Element } from "./element.ts";
import type { Stage } from "./stages/stage.ts";

/** Opens the constructor of `Dataset` to this package. */
export class StageDataset<T extends Element> extends Dataset<T> {
  constructor(stage: Stage<T>) {
    super(stage);
  }
}
