#!/usr/bin/env node
/** The `crease` command. */
import { main } from "./command.ts";

process.exitCode = await main(process.argv.slice(2));
