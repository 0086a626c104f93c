/** The typed start of a configuration file. */
import type { Config } from "./configSchema.ts";

/**
 * The configuration itself: it lets editors check `crease.config.ts` and `crease.config.mjs`.
 *
 * @example
 * ```ts
 * import { defineConfig } from "@crease/cli";
 * const config = defineConfig({ data: "mnist", model: "64 relu, 10 softmax", epochs: 3 });
 * config.epochs; // => 3
 * ```
 */
export function defineConfig(config: Config): Config {
  return config;
}
