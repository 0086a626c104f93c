/** tfjs-node-gpu in the cache folder: fetched by npm without running its scripts, and fitted to Node 23 and later. */
import { nodeBuiltin } from "@crease/backend";
import { reasonOf, run } from "./program.ts";
import { refusal } from "./refusal.ts";
import { checkRoom } from "./room.ts";

/** The version that is fetched. */
const version = "4.22.0";
/** npm's digest of it. */
const integrity = "sha512-p//NN6DGiN4hInUmIkRffaFVMcdTREUMjPyjW04J7OXvB2zBlQimj61eFKSgRrH3f5TnOfKzb0n56he/B6a4bw==";
const packageName = "@tensorflow/tfjs-node-gpu";
/** The headers of Node-API, for Nodes that came without theirs. */
const headers = "node-api-headers@1.9.0";

/** What Node 23 removed from `util` and tfjs-node 4.22 calls. */
const utilModule = `// Node's util with the three functions that Node 23 removed; util itself stays as it is.
const util = require("node:util");
module.exports = {
  ...util,
  isNullOrUndefined: (x) => x === null || x === undefined,
  isArray: Array.isArray,
  isString: (x) => typeof x === "string",
};
`;

/** Where the package is in a cache folder. */
export function packageFolderIn(cache: string): string {
  return nodeBuiltin("node:path").join(cache, `tfjs-node-gpu-${version}`, "node_modules", packageName);
}

/** Where npm puts the headers of Node-API in a cache folder. */
export function fetchedHeadersIn(cache: string): string {
  return nodeBuiltin("node:path").join(
    cache,
    `tfjs-node-gpu-${version}`,
    "node_modules",
    "node-api-headers",
    "include",
  );
}

/**
 * Fetches the package into a cache folder unless it is there; with Node-API's headers where they are asked for.
 *
 * @throws BackendError where there is no npm or no room, where npm fails, or where the package is another one than it was.
 */
export async function fetchTfjsNode(
  cache: string,
  withHeaders: boolean,
  tell: (line: string) => void,
): Promise<string> {
  const { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } = nodeBuiltin("node:fs");
  const { join } = nodeBuiltin("node:path");
  const home = join(cache, `tfjs-node-gpu-${version}`);
  const folder = packageFolderIn(cache);
  const stamp = join(home, "fetched");
  if (existsSync(stamp) && (!withHeaders || existsSync(fetchedHeadersIn(cache)))) return folder;
  rmSync(stamp, { force: true });
  mkdirSync(home, { recursive: true });
  checkRoom(home, 2 ** 29);
  tell(`Fetching ${packageName} ${version} from npm, without running its scripts.`);
  writeFileSync(join(home, "package.json"), '{ "private": true }\n');
  const wanted = [`${packageName}@${version}`, ...(withHeaders ? [headers] : [])];
  const args = ["install", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", ...wanted];
  const ended = await run("npm", args, { cwd: home });
  if (ended.status === undefined)
    throw refusal(
      "there is no npm on PATH, which fetches tfjs-node-gpu",
      "Install Node with its npm, or add npm's folder to PATH",
    );
  if (ended.status !== 0)
    throw refusal(
      `npm failed: ${reasonOf(ended)}`,
      "Make sure that npm's registry can be reached, such as by `npm config set proxy`, and run crease cuda install again: what is there is kept",
    );
  const lock = JSON.parse(readFileSync(join(home, "node_modules", ".package-lock.json"), "utf8")) as {
    packages: { [path: string]: { integrity?: string } };
  };
  const found = lock.packages[`node_modules/${packageName}`]?.integrity;
  if (found !== integrity)
    throw refusal(
      `npm fetched ${packageName} ${version} with the digest ${found} instead of ${integrity}`,
      "Fetch it from the public registry: npm's configuration may name another one",
    );
  replaceUtil(folder);
  writeFileSync(stamp, "");
  return folder;
}

/** Has the package's modules load our `util`. */
function replaceUtil(folder: string): void {
  const { readdirSync, readFileSync, writeFileSync } = nodeBuiltin("node:fs");
  const { join, relative, dirname, sep } = nodeBuiltin("node:path");
  const util = join(folder, "dist", "crease-util.js");
  writeFileSync(util, utilModule);
  for (const name of readdirSync(join(folder, "dist"), { recursive: true, encoding: "utf8" })) {
    const file = join(folder, "dist", name);
    if (!name.endsWith(".js") || file === util) continue;
    const text = readFileSync(file, "utf8");
    if (!text.includes('require("util")')) continue;
    const path = relative(dirname(file), util).replaceAll(sep, "/");
    writeFileSync(file, text.replaceAll('require("util")', `require("${path.startsWith(".") ? path : `./${path}`}")`));
  }
}
