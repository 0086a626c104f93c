/** The public names of @crease/cli: what configuration files and model files are written with. */
export type { Config } from "./configSchema.ts";
export { defineConfig } from "./defineConfig.ts";
export { configJsonSchema, type JsonSchema } from "./jsonSchema.ts";
export type { ModelContext, ModelFunction } from "./modelContext.ts";
