/** Writes config.schema.json, which editors check configuration files with; a test says when it is stale. */
import { writeFile } from "node:fs/promises";
import { configJsonSchema } from "../src/jsonSchema.ts";

await writeFile(new URL("../config.schema.json", import.meta.url), `${JSON.stringify(configJsonSchema(), null, 2)}\n`);
