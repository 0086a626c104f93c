/** Checks of indices out of range, on backends that say they look at them. */
import type { Bench } from "../bench.ts";
import { type Check, check, failure, type RunName, raised } from "../check.ts";
import { throughFrontEnd } from "../reference.ts";
import { type Value, value } from "../value.ts";
import { isComposite } from "./isComposite.ts";

/** A call whose index at [1,0] is the first one out of range, and the size that the message names. */
interface Bad {
  readonly op: RunName;
  readonly make: (index: number) => readonly Value[];
  readonly attrs: object;
  readonly size: number;
}

const positions = (index: number): Value =>
  value("int32", [
    [0, 1],
    [index, 9],
  ]);

const bad: readonly Bad[] = [
  {
    op: "gather",
    make: (index) => [value("float32", [1, 2, 3]), positions(index)],
    attrs: { axis: 0, batchDims: 0 },
    size: 3,
  },
  {
    op: "scatterAdd",
    make: (index) => [
      positions(index),
      value("float32", [
        [1, 2],
        [3, 4],
      ]),
    ],
    attrs: { axis: 0, batchDims: 0, size: 3 },
    size: 3,
  },
  {
    op: "softmaxCrossEntropy",
    make: (index) => [
      value("float32", [
        [
          [1, 2, 3],
          [1, 2, 3],
        ],
        [
          [1, 2, 3],
          [1, 2, 3],
        ],
      ]),
      positions(index),
    ],
    attrs: {},
    size: 3,
  },
];

async function refuses(bench: Bench, { op, make, attrs, size }: Bad, index: number): Promise<void> {
  const { backend } = bench;
  const inputs = make(index);
  if (!backend.traits.checksIndices || !bench.canRun(op, "float32", inputs, attrs)) return;
  const start = backend.memory();
  const { message } = await raised(op, "ValueError", () =>
    isComposite(op) ? throughFrontEnd(op, inputs, attrs, backend) : bench.compute(op, inputs, attrs),
  );
  const end = backend.memory();
  if (!message.includes(`index ${index} at position [1,0] is outside [0, ${size})`))
    throw failure(op, `the message does not say which index where: "${message}"`, inputs);
  // The front end gives its own tensors up with the scope, so only a kernel can leave anything behind.
  if (end.buffers !== start.buffers)
    throw failure(op, `${end.buffers - start.buffers} buffers are left behind`, inputs);
}

/** Checks of one op's indices. */
export const indexChecks: readonly Check[] = bad.flatMap((each) => [
  check("R31", each.op, (bench) => refuses(bench, each, -1), "if it checks indices, -1 is out of range"),
  check("R32", each.op, (bench) => refuses(bench, each, each.size)),
]);
