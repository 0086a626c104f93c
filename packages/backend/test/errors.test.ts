/** How messages are built, and what unknown names are told. */
import {
  AxisError,
  BackendError,
  DataError,
  DisposedError,
  DTypeError,
  ShapeError,
  type Spec,
  suggestName,
  UnsupportedOpError,
  ValueError,
} from "@crease/backend";
import { expect, test } from "vitest";

const a: Spec = { dtype: "float32", shape: [1, 2] };
const b: Spec = { dtype: "int32", shape: [] };

test.each([
  ["ShapeError", ShapeError],
  ["DTypeError", DTypeError],
  ["AxisError", AxisError],
  ["ValueError", ValueError],
  ["DisposedError", DisposedError],
  ["BackendError", BackendError],
  ["DataError", DataError],
] as const)("%s has the common form and keeps its parts", (name, Class) => {
  const cause = new Error("underneath");
  const error = new Class({ op: "matmul", problem: "sizes differ", got: [a, b], fix: "Use one size", cause });
  expect(error).toBeInstanceOf(Error);
  expect(error.name).toBe(name);
  expect(error.message).toBe("matmul: sizes differ, got float32[1,2] and int32[]. Use one size.");
  expect(error).toMatchObject({ op: "matmul", problem: "sizes differ", got: [a, b], fix: "Use one size", cause });
});

test("no specs, one, and three", () => {
  const message = (got: readonly Spec[]) => new ValueError({ op: "f", problem: "no", got, fix: "Do" }).message;
  expect(message([])).toBe("f: no. Do.");
  expect(message([a])).toBe("f: no, got float32[1,2]. Do.");
  expect(message([a, b, a])).toBe("f: no, got float32[1,2], int32[] and float32[1,2]. Do.");
});

test("an unsupported op names backend, reason and the way out", () => {
  const error = new UnsupportedOpError("gpu", "sort", "no kernel yet", [a]);
  expect(error.message).toBe(
    'sort: backend "gpu" does not have it (no kernel yet), got float32[1,2]. Move the tensors to another backend with `await x.to(cpuBackend())`.',
  );
  expect(error).toMatchObject({ name: "UnsupportedOpError", backend: "gpu", reason: "no kernel yet", op: "sort" });
});

test("the nearest known name comes first, then all of them", () => {
  const known = ["sgd", "rmsprop", "adam", "adamw"];
  expect(suggestName("Adm", known)).toBe('Did you mean "adam"? Known names: sgd, rmsprop, adam, adamw');
  expect(suggestName("RMSProp", known)).toBe('Did you mean "rmsprop"? Known names: sgd, rmsprop, adam, adamw');
  expect(suggestName("completely different", known)).toBe("Known names: sgd, rmsprop, adam, adamw");
});
