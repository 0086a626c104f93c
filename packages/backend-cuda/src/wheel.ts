/** libtensorflow out of a wheel that pip fetches from PyPI. */
import { nodeBuiltin } from "@crease/backend";
import type { Device } from "./device.ts";
import { checkDigest, checkRecord } from "./digest.ts";
import { type Libtensorflow, libtensorflowIn, wantedVersion } from "./libtensorflow.ts";
import { Pip } from "./pip.ts";
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

/** The requirements of the wheel's extra `and-cuda`, as a list: `nvidia-cublas-cu12<13.0,>=12.5.3.2; extra == "and-cuda"`. */
const listCuda = `
import email, json, sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as z:
    name = next(n for n in z.namelist() if n.endswith(".dist-info/METADATA"))
    needed = email.message_from_bytes(z.read(name)).get_all("Requires-Dist")
print(json.dumps([n.split(";")[0].replace(" ", "") for n in needed if "and-cuda" in n.partition(";")[2]]))
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
  const { existsSync, renameSync, rmSync } = nodeBuiltin("node:fs");
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
  const part = `${folder}.part`;
  rmSync(part, { recursive: true, force: true });
  const pip = new Pip(python, cache, tell);
  // The wheels and what is in them, side by side for a while.
  checkRoom(cache, (device === "gpu" ? 12 : 2) * gibibyte - pip.bytes());
  if (device === "gpu") await installTarget(wheel, part, pip, python);
  else await downloadAndUnpack(wheel, part, pip, python);
  await checkUnpacked(wheel, part);
  // Only what is whole gets the name that the next run looks for.
  renameSync(part, folder);
  pip.clear();
  return libtensorflowIn(folder);
}

async function downloadAndUnpack(wheel: Wheel, part: string, pip: Pip, python: string): Promise<void> {
  const path = await fetchTensorflow(wheel, pip);
  nodeBuiltin("node:fs").mkdirSync(part, { recursive: true });
  const ended = await run(python, ["-c", unpack, path, part]);
  if (ended.status !== 0)
    throw refusal(
      `${path} could not be unpacked: ${reasonOf(ended)}`,
      `Run crease cuda install again after rm "${path}"`,
    );
}

async function fetchTensorflow({ distribution, sha256 }: Wheel, pip: Pip): Promise<string> {
  const path = await pip.fetch(`${distribution}==${wantedVersion}`);
  await checkDigest(path, sha256);
  return path;
}

async function installTarget(wheel: Wheel, part: string, pip: Pip, python: string): Promise<void> {
  const path = await fetchTensorflow(wheel, pip);
  const ended = await run(python, ["-c", listCuda, path]);
  if (ended.status !== 0)
    throw refusal(`${path} could not be read: ${reasonOf(ended)}`, `Run crease cuda install again after rm "${path}"`);
  for (const requirement of JSON.parse(ended.stdout) as readonly string[]) await pip.fetch(requirement);
  await pip.fetchDependencies(path);
  await pip.install(`${wheel.distribution}[and-cuda]==${wantedVersion}`, part);
}

async function checkUnpacked({ distribution }: Wheel, folder: string): Promise<void> {
  const { join } = nodeBuiltin("node:path");
  const { library, framework } = libtensorflowIn(folder);
  const record = join(folder, `${distribution.replaceAll("-", "_")}-${wantedVersion}.dist-info`, "RECORD");
  const files = [library, framework].map((name) => join(folder, "tensorflow", name));
  await checkRecord(record, files, `Run crease cuda install again after rm -r "${folder}"`);
}
