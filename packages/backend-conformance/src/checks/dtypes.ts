/** Checks of element types through the front end: those that a backend lacks, and strings, which live on the cpu. */
import { dtypes } from "@crease/backend";
import { hostBackend, scope, tensor } from "@crease/tensor";
import type { Bench } from "../bench.ts";
import { type Check, check, failure, raised } from "../check.ts";

async function refusesOthers({ backend }: Bench): Promise<void> {
  const has = backend.traits.dtypes;
  for (const dtype of dtypes) {
    if (has.includes(dtype) || dtype === "string") continue;
    const named = (error: Error): void => {
      if (!error.message.includes(dtype) || !error.message.includes(backend.name))
        throw failure("tensor", `the message does not name the dtype and the backend: "${error.message}"`);
    };
    named(await raised("tensor", "DTypeError", () => tensor([1], { dtype, backend })));
    if (has.includes("float32"))
      named(
        await raised("cast", "DTypeError", () => scope(() => tensor([1], { dtype: "float32", backend }).cast(dtype))),
      );
  }
}

async function stringsStay({ backend }: Bench): Promise<void> {
  const words = tensor(["b", "a"], { backend });
  const home = words.backend;
  const equal = scope(() => words.equal("a"));
  const found = await equal.data();
  equal.dispose();
  words.dispose();
  if (home !== hostBackend()) throw failure("tensor", `strings live on ${home.name}`);
  if (found[0] !== 0 || found[1] !== 1) throw failure("equal", `strings compare as ${String(found)}, expected 0,1`);
}

/** All checks of this kind. */
export const dtypeChecks: readonly Check[] = [
  check("R19", undefined, refusesOthers),
  check("R24", undefined, stringsStay, "in the front end they live on the cpu"),
];
