// Prints every broken import rule, one a line, and ends with status 1 if there is any.
import process from "node:process";
import { importViolations } from "./import-rules.ts";

const violations = importViolations();
for (const violation of violations) console.error(violation);
process.exit(violations.length === 0 ? 0 : 1);
