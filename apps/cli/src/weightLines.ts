/** Weights as lines: name, shape and a histogram each. */
import { shortNumber } from "./view/numbers.ts";
import type { Paint } from "./view/paint.ts";
import type { WeightFacts } from "./weightFacts.ts";

const levels = " ▁▂▃▄▅▆▇█";
const numberWidth = 9;

/** Two lines for each weight, within 80 columns: what it is, then its histogram between its ends, mean and deviation. */
export function drawWeights(weights: readonly WeightFacts[], paint: Paint): string[] {
  if (weights.length === 0) return ["It has no weights."];
  return weights.flatMap((weight) => {
    const { name, shape, dtype, isTrainable, least, most, mean, stddev, notFinite } = weight;
    const frozen = isTrainable ? "" : ", not trained";
    const head = `${paint("bold", name)} ${paint("dim", `${dtype} [${shape.join(",")}]${frozen}`)}`;
    const bad = notFinite === 0 ? "" : paint("red", `  ${notFinite} of ${weight.count} are NaN or infinite`);
    if (least === null || most === null || mean === null || stddev === null) return [head + bad];
    const zeros = weight.zeros === 0 ? "" : `, ${percent(weight.zeros / weight.count)} zero`;
    const ends = [shortNumber(least).padStart(numberWidth), shortNumber(most).padEnd(numberWidth)];
    const spread = paint("dim", `mean ${shortNumber(mean)} ± ${shortNumber(stddev)}${zeros}`);
    return [head + bad, `${ends[0]} ${paint("cyan", bars(weight.histogram))} ${ends[1]} ${spread}`];
  });
}

/** Bars as tall as their counts; the smallest is still seen. */
function bars(counts: readonly number[]): string {
  const most = Math.max(...counts);
  return counts
    .map((count) => levels[count === 0 ? 0 : Math.max(1, Math.round((count / most) * (levels.length - 1)))])
    .join("");
}

function percent(share: number): string {
  return share === 1 ? "all" : `${(share * 100).toFixed(share < 0.01 ? 2 : 0)}%`;
}
