/** `crease cuda` where nothing is installed: what it refuses, and what it says to do. */
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { runCrease, temporaryFolder } from "./runCrease.ts";

describe("a command line that cannot be meant exits with 2", () => {
  test.concurrent.each<[string, readonly string[], RegExp]>([
    ["no action", [], /cuda needs an action\. Known actions: install, status, remove/],
    ["an unknown action", ["instal"], /unknown action "instal"\. Did you mean "install"\?/],
    ["two actions", ["status", "remove"], /one action, not "status remove"/],
    ["both kinds", ["install", "--cpu", "--gpu"], /--cpu and --gpu exclude each other/],
  ])("%s", async (_, args, message) => {
    const ended = await runCrease(["cuda", ...args]);
    expect(ended).toMatchObject({ code: 2, stdout: "" });
    expect(ended.stderr).toMatch(message);
  });
});

test("status and remove say that there is nothing", async () => {
  const env = { CREASE_CACHE: await temporaryFolder() };
  expect(await runCrease(["cuda", "status"], { env })).toMatchObject({
    code: 0,
    stdout: "No binding is built. Build it: crease cuda install\n",
  });
  expect(await runCrease(["cuda", "remove"], { env })).toMatchObject({
    code: 0,
    stdout: "There is nothing to remove.\n",
  });
});

test.skipIf(process.platform !== "linux")(
  "install says what is missing and touches nothing, with exit code 4",
  async () => {
    const folder = await temporaryFolder();
    const env = { CREASE_CACHE: join(folder, "cache"), CXX: join(folder, "no-compiler") };
    const without = await runCrease(["cuda", "install"], { env });
    expect(without).toMatchObject({ code: 4, stdout: "" });
    expect(without.stderr).toMatch(/there is no C\+\+ compiler \(.*no-compiler\).*apt-get install g\+\+/);
    const wrong = await runCrease(["cuda", "install", "--libtensorflow", folder], { env });
    expect(wrong).toMatchObject({ code: 4, stdout: "" });
    expect(wrong.stderr).toMatch(/there is no libtensorflow_cc\.so\.2 .* in .*\. Name the folder/);
    expect(await readdir(folder)).toEqual([]);
  },
);
