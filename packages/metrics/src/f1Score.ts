/** The harmonic mean of precision and recall. */
import { named } from "@crease/backend";
import { type F1ScoreOptions, FBetaScore } from "./fBetaScore.ts";

/**
 * `2 precision recall / (precision + recall)`, one-hot or yes-or-no labels `[n, classes]`, a score for each class or an
 * average (Keras 3 `F1Score`).
 *
 * @throws ValueError for an unknown average or a threshold outside (0, 1].
 * @example
 * ```ts
 * import { F1Score } from "@crease/metrics";
 * const metric = new F1Score({ average: "macro", threshold: 0.5 });
 * metric.update([[1, 1], [0, 1], [1, 0]], [[0.2, 0.6], [0.3, 0.8], [0.6, 0.9]]);
 * metric.result(); // => 0.7333333
 * ```
 */
export class F1Score extends FBetaScore {
  constructor(options: F1ScoreOptions = {}) {
    super({ ...named("f1Score", options), beta: 1 });
  }

  override getConfig(): Record<string, unknown> {
    const { beta: _, ...config } = super.getConfig();
    return config;
  }
}
