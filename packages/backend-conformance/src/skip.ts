/** What a backend says that it cannot do. */
import type { DType } from "@crease/backend";
import type { RunName } from "./check.ts";

/** Ops that a backend does not have; the suite asserts that each raises UnsupportedOpError with a reason. */
export interface Skip {
  /** Why; for the reader of the test. */
  readonly reason: string;
  readonly ops: readonly RunName[];
  /** Only for these element types (of the values; indices and conditions have their own); all of them unless said. */
  readonly dtypes?: readonly DType[];
}
