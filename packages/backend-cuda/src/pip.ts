/** Wheels by pip: fetched one by one, so that an interruption costs no more than one of them, and installed. */
import { nodeBuiltin } from "@crease/backend";
import { isFull, reasonOf, run } from "./program.ts";
import { refusal } from "./refusal.ts";

/** pip of a Python, working in a folder of the cache. */
export class Pip {
  /** The folder with the wheels that were fetched. */
  readonly downloads: string;
  readonly #python: string;
  readonly #scratch: string;
  readonly #tell: (line: string) => void;

  /** What an installation that was killed left in the scratch folder goes; the wheels stay. */
  constructor(python: string, cache: string, tell: (line: string) => void) {
    const { mkdirSync, rmSync } = nodeBuiltin("node:fs");
    const { join } = nodeBuiltin("node:path");
    this.#python = python;
    this.#tell = tell;
    this.downloads = join(cache, "downloads");
    // Not the machine's folder for temporary files: that may be memory, and is filled with GiB here.
    this.#scratch = join(cache, "scratch");
    rmSync(this.#scratch, { recursive: true, force: true });
    for (const folder of [this.downloads, this.#scratch]) mkdirSync(folder, { recursive: true });
  }

  /** The wheel of a requirement such as `numpy>=1.26`, fetched unless one of that name is there; its path. @throws BackendError */
  async fetch(requirement: string): Promise<string> {
    const name = (/^[\w.-]+/.exec(requirement)?.[0] ?? requirement).replaceAll(/[-_.]+/g, "_").toLowerCase();
    const find = (): string | undefined =>
      nodeBuiltin("node:fs")
        .readdirSync(this.downloads)
        .find((file) => file.toLowerCase().startsWith(`${name}-`) && file.endsWith(".whl"));
    const there = find();
    if (there === undefined) {
      this.#tell(`Fetching ${requirement} from PyPI.`);
      await this.#download(["--no-deps", requirement]);
    }
    const file = there ?? find();
    if (file === undefined)
      throw refusal(`pip left no wheel of ${requirement} in ${this.downloads}`, "Run crease cuda install again");
    return nodeBuiltin("node:path").join(this.downloads, file);
  }

  /** Fetches what a wheel needs, and it again where it is no file of this machine. @throws BackendError */
  fetchDependencies(wheel: string): Promise<void> {
    this.#tell("Fetching what else it needs from PyPI.");
    return this.#download([wheel]);
  }

  /** Installs a requirement into a folder, from what was fetched alone. @throws BackendError */
  install(requirement: string, target: string): Promise<void> {
    this.#tell(`Unpacking ${requirement}.`);
    // The wheels are those of Python 3.12; which Python runs pip is no matter, but `install` asks for its version.
    const from = ["--no-index", "--find-links", this.downloads, "--ignore-requires-python"];
    return this.#run(["install", "--no-compile", ...from, ...platformOptions(), "--target", target, requirement]);
  }

  /** The size of what was fetched. */
  bytes(): number {
    const { readdirSync, statSync } = nodeBuiltin("node:fs");
    const { join } = nodeBuiltin("node:path");
    return readdirSync(this.downloads).reduce((sum, name) => sum + statSync(join(this.downloads, name)).size, 0);
  }

  /** Removes the wheels. */
  clear(): void {
    const { rmSync } = nodeBuiltin("node:fs");
    for (const folder of [this.downloads, this.#scratch]) rmSync(folder, { recursive: true, force: true });
  }

  /** Only whole wheels come into the folder of downloads, and none of a pip that outlived its installation. */
  async #download(args: readonly string[]): Promise<void> {
    const { mkdtempSync, readdirSync, renameSync } = nodeBuiltin("node:fs");
    const { join } = nodeBuiltin("node:path");
    const fetched = mkdtempSync(join(this.#scratch, "fetched-"));
    await this.#run(["download", ...platformOptions(), "--dest", fetched, ...args]);
    for (const name of readdirSync(fetched)) renameSync(join(fetched, name), join(this.downloads, name));
  }

  async #run([command, ...args]: readonly string[]): Promise<void> {
    const all = ["-m", "pip", "--disable-pip-version-check", command as string, "--quiet", ...args];
    const ended = await run(this.#python, all, { env: { TMPDIR: this.#scratch } });
    if (ended.status === 0) return;
    throw refusal(
      `pip failed: ${reasonOf(ended)}`,
      isFull(ended)
        ? "Free some space, or name a folder on another disk: CREASE_CACHE=<folder> crease cuda install"
        : "Make sure that PyPI can be reached, such as by `proxy` or `index-url` in pip's configuration, and run crease cuda install again: what is there is kept",
    );
  }
}

/** The same wheels on every machine, whatever Python runs pip. */
function platformOptions(): readonly string[] {
  const machine = globalThis.process.arch === "arm64" ? "aarch64" : "x86_64";
  const platforms = ["manylinux_2_27", "manylinux_2_28", "manylinux_2_17", "manylinux2014"];
  return [
    ...["--only-binary=:all:", "--python-version", "3.12", "--implementation", "cp", "--abi", "cp312", "--abi", "abi3"],
    ...platforms.flatMap((platform) => ["--platform", `${platform}_${machine}`]),
  ];
}
