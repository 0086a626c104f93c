/** Made-up data: the same for every subject, whatever its language. */

/** `count` numbers from -1 to 1 from a linear congruential generator, so that Python makes the same. */
export function numbers(count: number, seed: number): Float32Array {
  let state = seed >>> 0;
  return Float32Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 31 - 1;
  });
}

/** Samples of the case `small-net`: 13 features and one target each. */
export const smallNet = { samples: 3200, features: 13, units: 64, batchSize: 32 } as const;
