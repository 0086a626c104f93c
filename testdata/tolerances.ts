/** How closely results must agree with each file of `testdata/golden`: the one place, after the README there. */

/** Two numbers agree where `|a - b| <= absolute + relative * |b|`, b the expected one. */
export interface Tolerance {
  readonly relative: number;
  readonly absolute: number;
}

const float64: Tolerance = { relative: 1e-8, absolute: 1e-8 };
const float32: Tolerance = { relative: 1e-5, absolute: 1e-5 };
const layer: Tolerance = { relative: 1e-5, absolute: 1e-6 };
/** Counts, names and positions. */
const exact: Tolerance = { relative: 0, absolute: 0 };

/** One entry for each golden file, and for each part of it that the README states apart. */
export const tolerances = {
  ops: { float64, float32, float32LongProducts: { relative: 1e-4, absolute: 1e-4 } },
  gradients: { float64, float32 },
  losses: { values: layer, gradients: layer, focalGradients: { relative: 1e-4, absolute: 1e-6 } },
  metrics: { values: layer, counts: exact },
  activations: { values: layer, gradients: layer },
  layers: {
    values: layer,
    gradients: layer,
    normalizationGradients: { relative: 1e-4, absolute: 1e-6 },
    // Keras computes `x * s + (beta - mean * s)`: where the variance is 0 its `beta` is rounded like `x * s`, by half a unit.
    rounding: 2 ** -24,
  },
  optimizers: {
    values: { relative: 1e-5, absolute: 1e-6 },
    centered: { relative: 1e-4, absolute: 1e-6 },
    lamb: { relative: 1e-4, absolute: 1e-6 },
    adafactor: { relative: 1e-4, absolute: 1e-6 },
    muon: { relative: 1e-4, absolute: 1e-6 },
    /**
     * The slot only, weights are `values`: it sums differences of powers over the rate, where the last place of one
     * float32 power is 1e-5, and Keras's own sums are up to 6e-5 from what float64 gives.
     */
    ftrlLinear: { relative: 1e-4, absolute: 1e-4 },
  },
  initializers: { exact: layer, standardErrors: 5 },
  training: { losses: { relative: 1e-4, absolute: 1e-4 }, weights: { relative: 1e-4, absolute: 1e-4 }, ties: 1 },
  models: { values: layer },
} as const;
