/** The optimizer that a configuration names. */
import { suggestName } from "@crease/backend";
import { getOptimizer, type Optimizer } from "@crease/optimizers";
import type { Config } from "./configSchema.ts";
import { UsageError } from "./failure.ts";

/** A new optimizer. @throws UsageError for unknown names and options, and for numbers out of range. */
export function optimizerOf({
  optimizer = "rmsprop",
  learningRate,
}: Pick<Config, "optimizer" | "learningRate">): Optimizer {
  const { name, ...options } = typeof optimizer === "string" ? { name: optimizer } : optimizer;
  const config = { ...options, ...(learningRate === undefined ? {} : { learningRate }) };
  try {
    const known = Object.keys(getOptimizer(name).getConfig());
    for (const key of Object.keys(config))
      if (!known.includes(key))
        throw new UsageError(`optimizer ${name}: unknown option "${key}". ${suggestName(key, known)}.`);
    return getOptimizer({ className: name, config });
  } catch (error) {
    throw error instanceof UsageError
      ? error
      : new UsageError(`optimizer: ${(error as Error).message}`, { cause: error });
  }
}
