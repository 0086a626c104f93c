// Writes the capability table to docs.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { capabilities, capabilitiesFile } from "./capabilities.ts";
import { root } from "./workspace.ts";

writeFileSync(join(root, capabilitiesFile), await capabilities());
