#!/usr/bin/env node
/** The `crease` command. */
import { runCommandLine } from "./commandLine.ts";
import { endWithReader } from "./endWithReader.ts";

endWithReader();
process.exitCode = await runCommandLine(process.argv.slice(2));
