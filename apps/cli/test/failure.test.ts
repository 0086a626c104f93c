/** How commands end that fail. */
import { BackendError, DataError, DisposedError, ShapeError, UnsupportedOpError, ValueError } from "@crease/backend";
import { describe, expect, test } from "vitest";
import { blaming, DivergedError, failureOf, UsageError } from "../src/failure.ts";
import { runCrease, temporaryFolder } from "./runCrease.ts";

const mistake = { op: "op", problem: "it is wrong", fix: "Do right" };

/** What the file system throws. */
function systemError(): Error {
  return Object.assign(new Error("EACCES: permission denied, open 'x'"), {
    code: "EACCES",
    syscall: "open",
    path: "x",
  });
}

describe("failureOf", () => {
  test.each<[Error | string, number, string]>([
    [new UsageError("what?"), 2, "what?"],
    [new DataError(mistake), 3, "op: it is wrong. Do right."],
    [systemError(), 3, "EACCES: permission denied, open 'x'. Check the path, its rights and the space on its disk."],
    [new BackendError(mistake), 4, "op: it is wrong. Do right."],
    [new UnsupportedOpError("gpu", "sort", "no kernel"), 4, 'sort: backend "gpu" does not have it (no kernel). Move'],
    [new DivergedError("diverged."), 5, "diverged."],
    [new TypeError("x is not\n  a function"), 1, "TypeError: x is not a function This should not happen: --debug"],
    [new ValueError(mistake), 1, "ValueError: op: it is wrong. Do right. This should not happen"],
    ["text", 1, "value thrown: text This should not happen"],
  ])("%s ends with %i", (error, exitCode, line) => {
    const failure = failureOf(error);
    expect(failure.exitCode).toBe(exitCode);
    expect(failure.line.startsWith(line)).toBe(true);
    expect(failure.line).not.toContain("\n");
  });
});

describe("blaming", () => {
  test.each([new ShapeError(mistake), new ValueError(mistake)])("makes %s the user's mistake", async (error) => {
    const thrown = await blaming("model", () => Promise.reject(error)).catch((reason: unknown) => reason);
    expect(thrown).toBeInstanceOf(UsageError);
    expect((thrown as Error).message).toBe("model: op: it is wrong. Do right.");
  });

  test.each([new DataError(mistake), new BackendError(mistake), new DisposedError(mistake), new TypeError("ours")])(
    "leaves %s as it is",
    async (error) => {
      await expect(blaming("model", () => Promise.reject(error))).rejects.toBe(error);
    },
  );
});

test("labels that do not fit the loss are the user's mistake, said in one line", async () => {
  const cwd = await temporaryFolder();
  const args = ["train", "iris", "--loss", "categoricalCrossentropy", "--quiet"];
  const { code, stdout, stderr } = await runCrease(args, { cwd });
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toMatch(/^crease: training: .*\n$/);
});

test("a backend that does not start ends with 4, without a folder for the run", async () => {
  const cwd = await temporaryFolder();
  const { code, stderr } = await runCrease(["train", "iris", "--backend", "cuda"], {
    cwd,
    env: { CREASE_CACHE: cwd, XDG_CACHE_HOME: cwd, CUDA_VISIBLE_DEVICES: "" },
  });
  expect(stderr).toMatch(/^crease: .*\n$/);
  expect(code).toBe(4);
});
