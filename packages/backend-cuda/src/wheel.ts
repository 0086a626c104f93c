/** libtensorflow out of a wheel that pip fetches from PyPI. */
import { nodeBuiltin } from "@crease/backend";
import type { Device } from "./device.ts";
import { checkDigest, checkRecord } from "./digest.ts";
import { type Libtensorflow, libtensorflowIn, wantedVersion } from "./libtensorflow.ts";
import { reasonOf, run } from "./program.ts";
import { checkPip } from "./python.ts";
import { refusal } from "./refusal.ts";
import { checkRoom } from "./room.ts";

interface Wheel {
  readonly distribution: string;
  /** The SHA-256 of the file on PyPI. */
  readonly sha256: string;
}

/** By processor. The wheels of all Python versions hold the same library: one of them is enough, whatever Python runs pip. */
const wheels: { readonly [key: string]: Wheel } = {
  "cpu x64": {
    distribution: "tensorflow-cpu",
    sha256: "dcc8afd32930e42d5296b6ee19078b773706830af4ea97fbe503b9f5e0f820cb",
  },
  "cpu arm64": {
    distribution: "tensorflow",
    sha256: "b07d15737406533898e36c7ef7944b1be18e9028dc521b9229952c537bbc5552",
  },
  "gpu x64": {
    distribution: "tensorflow",
    sha256: "b3b95643c4e70eb925839938fb35cbe142f317ec84af6844ee61513713bb13c0",
  },
};

/** Of the wheel for CPUs: the libraries, and the headers that the binding includes. */
const unpack = `
import sys, zipfile
wanted = ("tensorflow/libtensorflow_cc.so.2", "tensorflow/libtensorflow_framework.so.2",
          "tensorflow/include/tensorflow/c/", "tensorflow/include/tensorflow/core/platform/",
          "tensorflow/include/tsl/platform/", "tensorflow/include/xla/tsl/c/")
with zipfile.ZipFile(sys.argv[1]) as z:
    for name in z.namelist():
        if name.startswith(wanted) or ".dist-info/" in name:
            z.extract(name, sys.argv[2])
`;

const gibibyte = 2 ** 30;

/**
 * The wheel's libtensorflow in a folder of the cache, fetched unless it is there: for a GPU with the CUDA libraries
 * beside it, in the layout in which it finds them.
 *
 * @throws BackendError where there is no wheel, no pip or no room, or where a digest is wrong.
 */
export async function fetchWheel(
  cache: string,
  device: Device,
  python: string,
  tell: (line: string) => void,
): Promise<Libtensorflow> {
  const { existsSync, mkdirSync, renameSync, rmSync } = nodeBuiltin("node:fs");
  const { join } = nodeBuiltin("node:path");
  const { arch } = globalThis.process;
  const wheel = wheels[`${device} ${arch}`];
  if (wheel === undefined)
    throw refusal(
      `TensorFlow has no wheel for ${device === "gpu" ? "GPUs" : "CPUs"} on ${arch}`,
      "Build libtensorflow yourself and name its folder: crease cuda install --libtensorflow <folder>",
    );
  const folder = join(cache, `libtensorflow-${device}-${wantedVersion}`);
  if (existsSync(folder)) return libtensorflowIn(folder);
  await checkPip(python);
  mkdirSync(cache, { recursive: true });
  checkRoom(cache, (device === "gpu" ? 12 : 2) * gibibyte);
  const part = `${folder}.part`;
  rmSync(part, { recursive: true, force: true });
  tell(
    `Fetching ${wheel.distribution} ${wantedVersion} from PyPI${device === "gpu" ? " with its CUDA libraries" : ""}.`,
  );
  if (device === "gpu") await installTarget(wheel, part, cache, python);
  else await downloadAndUnpack(wheel, part, cache, python);
  await checkUnpacked(wheel, part);
  // Only what is whole gets the name that the next run looks for.
  renameSync(part, folder);
  return libtensorflowIn(folder);
}

/** The same wheel on every machine, whatever Python runs pip. */
function platformOptions(): readonly string[] {
  const machine = globalThis.process.arch === "arm64" ? "aarch64" : "x86_64";
  const platforms = ["manylinux_2_27", "manylinux_2_28", "manylinux_2_17", "manylinux2014"];
  return [
    ...["--only-binary=:all:", "--python-version", "3.12", "--implementation", "cp", "--abi", "cp312", "--abi", "abi3"],
    ...platforms.flatMap((platform) => ["--platform", `${platform}_${machine}`]),
  ];
}

async function pip(python: string, args: readonly string[]): Promise<void> {
  const ended = await run(python, ["-m", "pip", "--disable-pip-version-check", ...args]);
  if (ended.status === 0) return;
  const full = /no space left/i.test(ended.stderr);
  throw refusal(
    `pip failed: ${reasonOf(ended)}`,
    full
      ? "Free some space, or name a folder on another disk: CREASE_CACHE=<folder> crease cuda install"
      : "Mend that, such as by `--proxy` or `index-url` in pip's configuration, and run crease cuda install again: what is there is kept",
  );
}

async function downloadAndUnpack(
  { distribution, sha256 }: Wheel,
  part: string,
  cache: string,
  python: string,
): Promise<void> {
  const { mkdirSync, readdirSync, rmSync } = nodeBuiltin("node:fs");
  const { join } = nodeBuiltin("node:path");
  const downloads = join(cache, "downloads");
  const wanted = `${distribution}==${wantedVersion}`;
  await pip(python, ["download", "--quiet", "--no-deps", ...platformOptions(), "--dest", downloads, wanted]);
  const prefix = `${distribution.replaceAll("-", "_")}-${wantedVersion}-`;
  const file = readdirSync(downloads).find((name) => name.startsWith(prefix) && name.endsWith(".whl"));
  if (file === undefined)
    throw refusal(`pip left no wheel of ${wanted} in ${downloads}`, "Run crease cuda install again");
  const path = join(downloads, file);
  await checkDigest(path, sha256);
  mkdirSync(part, { recursive: true });
  const ended = await run(python, ["-c", unpack, path, part]);
  if (ended.status !== 0)
    throw refusal(
      `${path} could not be unpacked: ${reasonOf(ended)}`,
      `Run crease cuda install again after rm "${path}"`,
    );
  rmSync(downloads, { recursive: true, force: true });
}

async function installTarget(
  { distribution, sha256 }: Wheel,
  part: string,
  cache: string,
  python: string,
): Promise<void> {
  const { readFileSync } = nodeBuiltin("node:fs");
  const report = nodeBuiltin("node:path").join(cache, "pip-report.json");
  const wanted = `${distribution}[and-cuda]==${wantedVersion}`;
  const args = [
    "install",
    "--quiet",
    "--no-compile",
    ...platformOptions(),
    "--target",
    part,
    "--report",
    report,
    wanted,
  ];
  await pip(python, args);
  const { install } = JSON.parse(readFileSync(report, "utf8")) as {
    install: { metadata: { name: string }; download_info: { archive_info?: { hashes?: { sha256?: string } } } }[];
  };
  const found = install.find(({ metadata }) => metadata.name === distribution)?.download_info.archive_info?.hashes
    ?.sha256;
  if (found !== sha256)
    throw refusal(
      `the wheel ${wanted} has the SHA-256 ${found} instead of ${sha256}`,
      "Fetch it from PyPI: pip's configuration may name another index",
    );
}

async function checkUnpacked({ distribution }: Wheel, folder: string): Promise<void> {
  const { join } = nodeBuiltin("node:path");
  const { library, framework } = libtensorflowIn(folder);
  const record = join(folder, `${distribution.replaceAll("-", "_")}-${wantedVersion}.dist-info`, "RECORD");
  const files = [library, framework].map((name) => join(folder, "tensorflow", name));
  await checkRecord(record, files, `Run crease cuda install again after rm -r "${folder}"`);
}
