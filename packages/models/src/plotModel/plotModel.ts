/** A picture of a model. */
import { suggestName, ValueError } from "@crease/backend";
import type { AnyModel } from "../anyModel.ts";
import { diagramOf } from "./diagram.ts";
import { drawSvg } from "./drawSvg.ts";

/** The direction from inputs to outputs: from top to bottom, left to right, bottom to top, right to left. */
export type RankDir = "TB" | "LR" | "BT" | "RL";

/** What plotModel takes; names and defaults as Keras 3. */
export interface PlotModelOptions {
  /** Shapes of inputs and outputs, `?` where a size is unknown; default false. */
  readonly showShapes?: boolean;
  /** Element types; default false. */
  readonly showDtype?: boolean;
  /** Names of layers, above their classes; default false. */
  readonly showLayerNames?: boolean;
  /** Names of activations; default false. */
  readonly showLayerActivations?: boolean;
  /** Whether the weights of layers change in training; default false. */
  readonly showTrainable?: boolean;
  /** Whether models inside the model show their layers; default false. */
  readonly expandNested?: boolean;
  /** Default `"TB"`. */
  readonly rankdir?: RankDir;
}

const directions: readonly RankDir[] = ["TB", "LR", "BT", "RL"];

/**
 * The layers of a model and how they are connected, as SVG: one box for each layer, also for one that is called several
 * times. It has no background, follows the light or dark scheme of where it is shown, and tells the number of
 * parameters where somebody points at a box. Of a model that is neither functional nor Sequential nobody knows the
 * connections: its layers are shown without arrows.
 *
 * @throws ValueError for an unknown `rankdir`.
 * @example
 * ```ts
 * import { Dense, Input } from "@crease/layers";
 * import { plotModel, Sequential } from "@crease/models";
 * const model = new Sequential([Input({ shape: [784] }), new Dense(10)]);
 * const svg = plotModel(model, { showShapes: true, showLayerNames: true });
 * svg.startsWith("<svg "); // => true
 * svg.includes("out [?,10]"); // => true
 * ```
 */
export function plotModel(model: AnyModel, options: PlotModelOptions = {}): string {
  const { rankdir = "TB" } = options;
  if (!directions.includes(rankdir))
    throw new ValueError({
      op: "plotModel",
      problem: `unknown rankdir "${rankdir as string}"`,
      fix: suggestName(rankdir, directions),
    });
  return drawSvg(diagramOf(model, options), { rankdir, title: `${model.name} (${model.className})` });
}
