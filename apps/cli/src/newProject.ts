/** A new project in a folder. */
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { type ExitCode, exitCodes } from "./exitCodes.ts";
import { UsageError } from "./failure.ts";
import { projectFiles } from "./projectFiles.ts";
import { reportOf } from "./report.ts";
import { explained, shownPath } from "./runFolder.ts";
import { version } from "./version.ts";

/** What the options ask for. */
export interface NewSettings {
  readonly name?: string | undefined;
  readonly json?: true | undefined;
  readonly quiet?: true | undefined;
}

/** Writes the project. @throws UsageError where the folder holds something, or the name is none; DataError where it cannot be written. */
export async function makeProject(folder: string, settings: NewSettings): Promise<ExitCode> {
  const report = reportOf(settings);
  const root = resolve(folder);
  const name = settings.name ?? nameFor(root);
  if (!/^(@[a-z\d~-][a-z\d._~-]*\/)?[a-z\d~-][a-z\d._~-]*$/.test(name) || name.length > 214)
    throw new UsageError(`"${name}" is no name of a package. Give one in small letters with --name, such as digits.`);
  const shown = shownPath(root);
  await explained(shown, () => mkdir(root, { recursive: true }));
  const held = (await explained(shown, () => readdir(root))).filter((file) => file !== ".git");
  if (held.length > 0) throw new UsageError(`${shown} is not empty. Name a new folder.`);
  const files = projectFiles(name, await version());
  for (const [path, text] of Object.entries(files)) {
    await explained(shown, async () => {
      await mkdir(dirname(join(root, path)), { recursive: true });
      await writeFile(join(root, path), text, { flag: "wx" });
    });
    report.event("file", { path: join(shown, path) });
  }
  const list = Object.keys(files).map((path) => `  ${path}`);
  report.say([`${shown} holds a project that trains:`, "", ...list, ""].join("\n"));
  report.say(["Go on with:", "", `  cd ${shown}`, "  npm install", "  npm start", ""].join("\n"));
  return exitCodes.done;
}

/** The folder's name as a package may be called. */
function nameFor(root: string): string {
  const name = basename(root)
    .toLowerCase()
    .replaceAll(/[^a-z\d._~-]+/g, "-")
    .replace(/^[._-]+|-+$/g, "");
  return name === "" ? "my-network" : name;
}
