// The API report of a package: its public names and the declarations that TypeScript emits for them.
import { existsSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { publicNames } from "./public-names.ts";
import { parse } from "./syntax.ts";
import { type Package, root } from "./workspace.ts";

/** The file that keeps a package's report. */
export function reportFile({ folder }: Package): string {
  return join(root, "tools/checks/api", `${posix.basename(folder)}.md`);
}

/** The report as it should be now; needs the package to be built. */
export function apiReport(pack: Package): string {
  const names = publicNames(pack.folder).map(({ name, kind }) => `- ${name} (${kind})`);
  const files = reachable(pack.folder).map((file) => `// ${file}\n${declarations(file)}`);
  return `# ${pack.name}\n\n${names.join("\n")}\n\n\`\`\`ts\n${files.join("\n")}\`\`\`\n`;
}

/** The declaration files that `index.d.ts` leads to inside its package, sorted. */
function reachable(folder: string): string[] {
  const found = new Set<string>();
  const walk = (file: string): void => {
    if (found.has(file) || !existsSync(join(root, folder, "dist", file))) return;
    found.add(file);
    for (const [, specifier = ""] of read(folder, file).matchAll(/(?:from|import\()\s*"(\.[^"]+)\.(?:ts|js)"/g)) {
      walk(`${posix.join(posix.dirname(file), specifier)}.d.ts`);
    }
  };
  walk("index.d.ts");
  return [...found].sort().map((file) => `${folder}/dist/${file}`);
}

function read(folder: string, file: string): string {
  return readFileSync(join(root, folder, "dist", file), "utf8");
}

/** What a file declares: no comments, no imports, no blank lines. */
function declarations(file: string): string {
  const text = readFileSync(join(root, file), "utf8");
  let code = text;
  for (const { start, end } of [...parse(file, text).comments].reverse()) code = code.slice(0, start) + code.slice(end);
  return code
    .split("\n")
    .filter((line) => line.trim() !== "" && !line.startsWith("import "))
    .map((line) => `${line.trimEnd()}\n`)
    .join("");
}
