// pip on wheels of this machine: what is there is not fetched again, what a killed installation left half done is not taken.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test, vi } from "vitest";
import { Pip } from "../src/pip.ts";
import { reason } from "./cudaCpu.ts";

const folder = mkdtempSync(join(tmpdir(), "crease-cuda-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A wheel of one module, and of a Python that there is not yet. */
const makeWheel = `
import sys, zipfile
name, needs = sys.argv[2], sys.argv[3:]
info = f"{name}-1.0.dist-info/"
with zipfile.ZipFile(f"{sys.argv[1]}/{name}-1.0-py3-none-any.whl", "w") as z:
    z.writestr(f"{name}/__init__.py", "")
    z.writestr(info + "METADATA", f"Metadata-Version: 2.1\\nName: {name}\\nVersion: 1.0\\nRequires-Python: >=3.12\\n"
               + "".join(f"Requires-Dist: {n}\\n" for n in needs))
    z.writestr(info + "WHEEL", "Wheel-Version: 1.0\\nGenerator: test\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
    z.writestr(info + "RECORD", "")
`;

const name = "fetches each wheel once, goes on after an interruption, and installs from what is there";
test.skipIf(reason !== undefined)(reason === undefined ? name : `${name}: ${reason}`, async () => {
  const index = join(folder, "index");
  const cache = join(folder, "cache");
  mkdirSync(index);
  execFileSync("python3", ["-c", makeWheel, index, "crease_whole", "crease-part>=1"]);
  execFileSync("python3", ["-c", makeWheel, index, "crease_part"]);
  vi.stubEnv("PIP_NO_INDEX", "1");
  vi.stubEnv("PIP_FIND_LINKS", index);
  const told: string[] = [];
  const start = (): Pip => new Pip("python3", cache, (line) => void told.push(line));
  const whole = await start().fetch("crease-whole==1.0");
  expect(told).toEqual(["Fetching crease-whole==1.0 from PyPI."]);
  // Killed now: the wheel stays, what was being written does not.
  mkdirSync(join(cache, "scratch", "fetched-x"), { recursive: true });
  writeFileSync(join(cache, "scratch", "fetched-x", "crease_part-1.0-py3-none-any.whl"), "half");
  const pip = start();
  expect(readdirSync(join(cache, "scratch"))).toEqual([]);
  expect(await pip.fetch("crease-whole==1.0")).toBe(whole);
  expect(told).toHaveLength(1);
  await pip.fetchDependencies(whole);
  expect(readdirSync(pip.downloads).sort()).toEqual(readdirSync(index).sort());
  expect(pip.bytes()).toBeGreaterThan(0);
  const target = join(folder, "target");
  await pip.install("crease-whole==1.0", target);
  expect(existsSync(join(target, "crease_part", "__init__.py"))).toBe(true);
  await expect(pip.fetch("crease-nothing==1.0")).rejects.toThrow(
    /^installBinding: pip failed: .*crease-nothing.* Make sure/,
  );
  pip.clear();
  expect(readdirSync(cache)).toEqual([]);
});
