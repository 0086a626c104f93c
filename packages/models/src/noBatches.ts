/** The error for data sets with nothing in them. */
import { ValueError } from "@crease/backend";

/** What fit, evaluate and predict raise where a data set gave no batch. */
export function noBatches(op: string): ValueError {
  return new ValueError({ op, problem: "the data set gave no batches", fix: "Give at least one" });
}
