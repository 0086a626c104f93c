/** The case table: what is known about every op, a row for each name that needs a kernel or has a definition. */
import type { CompositeName, KernelName } from "@crease/backend";
import { compositeCases } from "./cases/composite.ts";
import { contractCases } from "./cases/contract.ts";
import { elementwiseCases } from "./cases/elementwise.ts";
import { moveCases } from "./cases/move.ts";
import { reduceCases } from "./cases/reduce.ts";
import type { Row } from "./row.ts";

/** One row for each primitive that backends compute and each composite: a missing one does not compile. */
export const cases: { readonly [K in KernelName | CompositeName]: Row<K> } = {
  ...elementwiseCases,
  ...reduceCases,
  ...moveCases,
  ...contractCases,
  ...compositeCases,
};
