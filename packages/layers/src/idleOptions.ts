/** Options in configs of Keras's that a class of ours lacks and does not miss. */
import { optionNamesOf } from "@crease/backend";
import type { Config } from "./config.ts";

/** Options of Keras's that change nothing here, with the values that do so; null for any. */
const harmless: { readonly [key: string]: readonly unknown[] | null } = {
  name: null,
  dtype: null,
  trainable: null,
  dataFormat: ["channels_last"],
  vocabularyDtype: ["int64", "int32"],
  vocabularySize: null,
  encoding: ["utf-8"],
  oovMethod: ["floormod"],
  renormMomentum: null,
  batchInputShape: null,
};

/**
 * Whether an option that a class lacks asks for nothing: it is null, false, or names the only thing there is.
 *
 * @example
 * ```ts
 * import { isIdle } from "@crease/layers";
 * isIdle("dataFormat", "channels_last"); // => true
 * isIdle("dataFormat", "channels_first"); // => false
 * ```
 */
export function isIdle(key: string, value: unknown): boolean {
  if (value === null || value === false) return true;
  const accepted = Object.hasOwn(harmless, key) ? harmless[key] : [];
  return accepted === null || accepted?.includes(value) === true;
}

/**
 * A config without the idle options that the class `made` lacks, which would refuse them.
 *
 * @example
 * ```ts
 * import { Flatten, withoutIdle } from "@crease/layers";
 * withoutIdle({ name: "flat", dataFormat: "channels_last", axis: 3 }, Flatten); // => {"name":"flat","axis":3}
 * ```
 */
export function withoutIdle(config: Config, made: object | undefined): Config {
  const names = made && optionNamesOf(made);
  if (names === undefined) return config;
  return Object.fromEntries(
    Object.entries(config).filter(([key, value]) => Object.hasOwn(names, key) || !isIdle(key, value)),
  );
}
