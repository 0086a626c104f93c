/** Where the first 64 KiB of the linear memory go, as `assembly/layout.ts` says. */

/** Byte addresses; tensors begin at `heap`. */
export const layout = {
  generation: 1028,
  done: 1088,
  sleepers: 1152,
  stop: 1288,
  spin: 1344,
  dead: 1348,
  words: 2048,
  floats: 2304,
  plan: 2368,
  heap: 65536,
} as const;
