/** What class numbers a data set holds, read once before training, where no kernel would refuse a wrong one. */
import { type Backend, isFloat, normalizeAxis, ValueError } from "@crease/backend";
import type { Feature } from "@crease/datasets";
import type { SparseCategoricalCrossentropy } from "@crease/losses";
import { scope, Tensor, where } from "@crease/tensor";

/** The smallest and the largest label, and whether all are whole numbers. */
export interface Labels {
  readonly min: number;
  readonly max: number;
  readonly areWhole: boolean;
}

/**
 * Reads the labels of all samples; undefined where there is nothing to find out: `backend` refuses bad ones itself and
 * an integer dtype has no fractions.
 */
export async function readLabels(
  y: Feature | undefined,
  { ignoreClass }: SparseCategoricalCrossentropy,
  backend: Backend,
): Promise<Labels | undefined> {
  if (!(y instanceof Tensor) || y.size === 0 || y.dtype === "string") return undefined;
  if (backend.traits.checksIndices && !isFloat(y.dtype)) return undefined;
  const read = scope(() => {
    const labels = ignoreClass === null ? y : where(y.equal(ignoreClass), 0, y);
    const areWhole = isFloat(y.dtype) ? labels.equal(labels.floor()).all() : undefined;
    return { min: labels.min(), max: labels.max(), areWhole };
  });
  try {
    const [min, max, areWhole] = await Promise.all([read.min.item(), read.max.item(), read.areWhole?.item()]);
    return { min: Number(min), max: Number(max), areWhole: areWhole === undefined || Boolean(areWhole) };
  } finally {
    for (const x of [read.min, read.max, read.areWhole]) x?.dispose();
  }
}

/** @throws ValueError for fractions, and for labels outside the classes of `yPred`. */
export function requireClasses(
  { min, max, areWhole }: Labels,
  loss: SparseCategoricalCrossentropy,
  yPred: Tensor,
): void {
  const classes = yPred.shape[normalizeAxis(loss.name, loss.axis, yPred)] as number;
  const wrong = (problem: string): ValueError =>
    new ValueError({ op: loss.name, problem, got: [yPred], fix: "Labels are class numbers from 0 on" });
  if (!areWhole) throw wrong("some labels are no whole numbers");
  for (const label of [min, max])
    if (label < 0 || label >= classes) throw wrong(`label ${label} is outside [0, ${classes})`);
}
