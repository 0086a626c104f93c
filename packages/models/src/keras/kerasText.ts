/** The text of Keras's JSON, in which numbers that Python must take for floats are spelled as such. */
import type { KerasJSON } from "./toKeras.ts";

/** Options that Keras refuses as integers: `1` must be `1.0`. */
const floats: ReadonlySet<string> = new Set(["learning_rate", "momentum", "beta", "threshold"]);

/** Stands before the digits of a float, for as long as it is a text. */
const mark = "\ue000float:";

/**
 * The text of `model.toJSON()` for the `config.json` of a `.keras` file: as `JSON.stringify`, but with `1.0` where Keras
 * takes no `1`, as for learning rates.
 *
 * @example
 * ```ts
 * import { kerasText } from "@crease/models";
 * kerasText({ learning_rate: 1, units: 1 }); // => {"learning_rate":1.0,"units":1}
 * ```
 */
export function kerasText(json: KerasJSON): string {
  const text = JSON.stringify(json, (key, value: unknown) =>
    floats.has(key) && Number.isInteger(value) && Math.abs(value as number) < 1e21 ? `${mark}${value}` : value,
  );
  return text.replaceAll(new RegExp(`"${mark}(-?\\d+)"`, "g"), "$1.0");
}
