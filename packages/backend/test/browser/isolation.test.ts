// The contract in a real page: cross-origin isolated, and the errors keep their names.
import { ShapeError } from "@crease/backend";
import { expect, test } from "vitest";

test("the page is cross-origin isolated, so that backends may share memory between threads", () => {
  expect(globalThis.crossOriginIsolated).toBe(true);
  expect(new SharedArrayBuffer(8).byteLength).toBe(8);
});

test("an error of the contract is an Error with its own name in the browser too", () => {
  const error = new ShapeError({ op: "matmul", problem: "inner sizes differ", fix: "Transpose one" });
  expect(error).toBeInstanceOf(Error);
  expect(error.name).toBe("ShapeError");
});
