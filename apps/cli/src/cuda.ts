/** `crease cuda`: the binding to libtensorflow, built, shown and removed. */
import { suggestName } from "@crease/backend";
import { type Command, command } from "./command.ts";
import { type ExitCode, exitCodes } from "./exitCodes.ts";
import { UsageError } from "./failure.ts";
import { filePath, flag, folderPath, optional } from "./options.ts";

const actions = ["install", "status", "remove"] as const;

/** Builds, shows and removes the binding. */
export const cudaCommand: Command = command({
  usage: "<install|status|remove> [options]",
  about:
    "Builds the binding of @tensorflow/tfjs-node-gpu for a current libtensorflow, which is what computes with CUDA in Node. Everything goes into a cache folder of yours, without root; after an interruption the same command goes on.",
  options: {
    cpu: optional(flag, "libtensorflow for CPUs", "where no NVIDIA driver is loaded"),
    gpu: optional(flag, "libtensorflow with CUDA, some GiB", "where one is"),
    libtensorflow: optional(
      folderPath,
      "one of your own: the folder tensorflow of a Python package, or an unpacked archive",
    ),
    python: optional(filePath, "the Python whose TensorFlow is used, or whose pip fetches it", "python3"),
  },
  names: actions,
  sections: {
    Actions: [
      "install                finds or fetches libtensorflow, fetches tfjs-node-gpu",
      "                       from npm without running its scripts, compiles, tries it",
      "status                 shows what is built, and on what",
      "remove                 removes the binding and all that was fetched for it",
    ],
  },
  notes: "CREASE_CACHE names another cache folder, CXX another compiler. crease doctor shows what is missing.",
  examples: ["crease cuda install", "crease cuda install --cpu --python venv/bin/python", "crease cuda status"],
  async run({ cpu, gpu, libtensorflow, python }, [action, ...more]) {
    if (action === undefined) throw new UsageError(`cuda needs an action. Known actions: ${actions.join(", ")}.`);
    if (!(actions as readonly string[]).includes(action))
      throw new UsageError(`unknown action "${action}". ${suggestName(action, actions)}.`);
    if (more.length > 0) throw new UsageError(`cuda takes one action, not "${[action, ...more].join(" ")}".`);
    if (cpu && gpu) throw new UsageError("--cpu and --gpu exclude each other.");
    if (action === "status") return status();
    const { installBinding, removeBinding } = await import("@crease/backend-cuda");
    if (action === "remove") return say(removeBinding() ? "Removed." : "There is nothing to remove.");
    const { file, version } = await installBinding({
      ...(cpu || gpu ? { device: gpu ? ("gpu" as const) : ("cpu" as const) } : {}),
      ...(libtensorflow === undefined ? {} : { libtensorflow }),
      ...(python === undefined ? {} : { python }),
      tell: say,
    });
    return say(`Built on libtensorflow ${version}: ${file}`);
  },
});

async function status(): Promise<ExitCode> {
  const { bindingStatus, probeBinding } = await import("@crease/backend-cuda");
  const found = bindingStatus();
  if (found === undefined) return say("No binding is built. Build it: crease cuda install");
  const { file, libtensorflow, version, origin } = found;
  say(`binding        ${file}`);
  say(`libtensorflow  ${version} in ${libtensorflow}, ${origins[origin]}`);
  const probe = await probeBinding(file);
  if ("failure" in probe) {
    say(`It does not load: ${probe.failure}. Build it anew: crease cuda install`);
    return exitCodes.backend;
  }
  return say(`computes on    ${probe.gpu ? ["GPU", ...probe.devices].join(", ") : "the CPU: no GPU is registered"}`);
}

const origins = { folder: "a folder of yours", python: "of a Python package", wheel: "from PyPI" } as const;

function say(line: string): ExitCode {
  process.stdout.write(`${line}\n`);
  return exitCodes.done;
}
