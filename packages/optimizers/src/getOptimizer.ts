/** Optimizers by name or configuration. */
import { suggestName, ValueError } from "@crease/backend";
import { Adadelta } from "./adadelta.ts";
import { Adafactor } from "./adafactor.ts";
import { Adagrad } from "./adagrad.ts";
import { Adam } from "./adam.ts";
import { Adamax } from "./adamax.ts";
import { AdamW } from "./adamW.ts";
import { Ftrl } from "./ftrl.ts";
import { Lamb } from "./lamb.ts";
import type { ClassConfig } from "./learningRate.ts";
import { Lion } from "./lion.ts";
import { Muon } from "./muon.ts";
import { Nadam } from "./nadam.ts";
import { Optimizer } from "./optimizer.ts";
import { RMSprop } from "./rmsprop.ts";
import { SGD } from "./sgd.ts";

const optimizers = {
  adadelta: Adadelta,
  adafactor: Adafactor,
  adagrad: Adagrad,
  adam: Adam,
  adamax: Adamax,
  adamw: AdamW,
  ftrl: Ftrl,
  lamb: Lamb,
  lion: Lion,
  muon: Muon,
  nadam: Nadam,
  rmsprop: RMSprop,
  sgd: SGD,
} as const;

/**
 * The optimizer itself, or a new one by its name (with Keras's defaults) or by class name and configuration. Upper and
 * lower case are the same.
 *
 * @throws ValueError for an unknown name, listing the known ones.
 * @example
 * ```ts
 * import { getOptimizer } from "@crease/optimizers";
 * getOptimizer("rmsprop").learningRate; // => 0.001
 * getOptimizer({ className: "SGD", config: { learningRate: 0.1 } }).learningRate; // => 0.1
 * ```
 */
export function getOptimizer(identifier: string | ClassConfig | Optimizer): Optimizer {
  if (identifier instanceof Optimizer) return identifier;
  const [name, config] =
    typeof identifier === "string" ? [identifier, {}] : [identifier?.className, identifier?.config];
  const key = String(name).toLowerCase();
  if (!Object.hasOwn(optimizers, key))
    throw new ValueError({
      op: "getOptimizer",
      problem: `unknown optimizer "${name}"`,
      fix: suggestName(String(name), Object.keys(optimizers)),
    });
  return new optimizers[key as keyof typeof optimizers](config);
}
