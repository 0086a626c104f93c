/** Rows of ops that draw the same calls for values and for derivatives. */
import type { CallName, DType } from "@crease/backend";
import type { Random } from "../random.ts";
import type { Row, Sample } from "../row.ts";

/** Both parts of a row from one way of drawing. */
export function moved<K extends CallName>(
  make: (r: Random, dtype: DType) => Sample<K>,
): Pick<Row<K>, "random" | "smooth"> {
  return { random: make, smooth: (r) => make(r, "float64") };
}
