/** Looking up a kernel: it runs, is refused with a reason, or is missing. */
import {
  BackendError,
  type KernelTable,
  type Operand,
  runKernel,
  UnsupportedOpError,
  unsupported,
} from "@crease/backend";
import { expect, test } from "vitest";

const x: Operand<number> = { handle: 3, dtype: "float32", shape: [2] };
const table = {
  neg: ([a]: readonly Operand<number>[]) => [-(a as Operand<number>).handle],
  abs: unsupported("no absolute values"),
} as unknown as KernelTable<number>;

test("a kernel gets inputs, attributes and outs", () => {
  expect(runKernel("demo", table, "neg", [x], {}, [x])).toEqual([-3]);
});

test("an unsupported op raises with its reason", () => {
  expect(() => runKernel("demo", table, "abs", [x], {}, [x])).toThrow(UnsupportedOpError);
  expect(() => runKernel("demo", table, "abs", [x], {}, [x])).toThrow(
    'abs: backend "demo" does not have it (no absolute values), got float32[2].',
  );
});

test("a composite without a kernel raises BackendError", () => {
  expect(() => runKernel("demo", table, "softmax", [x], { axis: 0 }, [x])).toThrow(BackendError);
});
