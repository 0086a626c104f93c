// Where the first 64 KiB of the linear memory go: control block, arguments, results; tensors begin behind them.

// Control block, a cache line for each word that threads wait on.
/** 64 bits: parts of the launch that nobody has taken yet, and above them the number of the launch. */
// @ts-ignore: decorator
@inline export const CLAIM: usize = 1024;
/** The upper half of the claim; workers wait for it to change. */
// @ts-ignore: decorator
@inline export const GENERATION: usize = 1028;
/** Parts that are done. */
// @ts-ignore: decorator
@inline export const DONE: usize = 1088;
/** Workers that sleep until the next launch. */
// @ts-ignore: decorator
@inline export const SLEEPERS: usize = 1152;
/** 1 while the main thread sleeps until all parts are done. */
// @ts-ignore: decorator
@inline export const WAITING: usize = 1216;
/** Table index of the kernel under way, and in how many parts it runs. */
// @ts-ignore: decorator
@inline export const KERNEL: usize = 1280;
// @ts-ignore: decorator
@inline export const PARTS: usize = 1284;
/** Not 0 once the workers are to end. */
// @ts-ignore: decorator
@inline export const STOP: usize = 1288;
/** Loads before a thread that waits goes to sleep. */
// @ts-ignore: decorator
@inline export const SPIN: usize = 1344;
/** Not 0 once a worker has died. */
// @ts-ignore: decorator
@inline export const DEAD: usize = 1348;
/** Arguments of the kernel: 64 words, then 8 float64, then words for shapes and strides. */
// @ts-ignore: decorator
@inline export const WORDS: usize = 2048;
// @ts-ignore: decorator
@inline export const FLOATS: usize = 2304;
// @ts-ignore: decorator
@inline export const PLAN: usize = 2368;

/** Word i of the arguments as a number. */
// @ts-ignore: decorator
@inline export function word(i: i32): i32 { return load<i32>(WORDS + ((<usize>i) << 2)); }

/** Word i of the arguments as an address. */
// @ts-ignore: decorator
@inline export function address(i: i32): usize { return <usize>load<u32>(WORDS + ((<usize>i) << 2)); }

/** Float i of the arguments. */
// @ts-ignore: decorator
@inline export function float(i: i32): f64 { return load<f64>(FLOATS + ((<usize>i) << 3)); }

/** Word i of the plan. */
// @ts-ignore: decorator
@inline export function plan(i: i32): i32 { return load<i32>(PLAN + ((<usize>i) << 2)); }

/** First of n units in a part of a kernel's work; parts are whole steps, so that no two share a cache line. */
// @ts-ignore: decorator
@inline export function partStart(part: i32, parts: i32, n: i32, step: i32): i32 {
  const steps = (n + step - 1) / step;
  return min(n, <i32>((<i64>steps * part) / parts) * step);
}
