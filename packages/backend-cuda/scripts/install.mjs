#!/usr/bin/env node
// Installs the binding without the `crease` command: `npx crease-cuda-install [--cpu | --gpu]`.
import { parseArgs } from "node:util";
import { installBinding } from "../dist/index.js";

const help = `Usage: crease-cuda-install [--cpu | --gpu] [--libtensorflow <folder>] [--python <program>]

Builds the binding of tfjs-node-gpu for a current libtensorflow, in the user's cache folder.
The same as: crease cuda install`;

try {
  const { values } = parseArgs({
    options: {
      cpu: { type: "boolean" },
      gpu: { type: "boolean" },
      libtensorflow: { type: "string" },
      python: { type: "string" },
      help: { type: "boolean", short: "h" },
    },
  });
  if (values.cpu && values.gpu) throw new TypeError("--cpu and --gpu exclude each other.");
  if (values.help) console.log(help);
  else {
    const { cpu, gpu, libtensorflow, python } = values;
    const device = cpu ? "cpu" : gpu ? "gpu" : undefined;
    const options = Object.entries({ device, libtensorflow, python }).filter(([, value]) => value !== undefined);
    const { file, version } = await installBinding({
      ...Object.fromEntries(options),
      tell: (line) => console.log(line),
    });
    console.log(`${file} is built on libtensorflow ${version}.`);
  }
} catch (error) {
  console.error(error.message);
  process.exitCode = error instanceof TypeError ? 2 : 4;
}
