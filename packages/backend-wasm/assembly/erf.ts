// The error function in double precision: an odd power series to 1, a Chebyshev series of the tail beyond.

/** Maclaurin coefficients of erf(x) / x in x^2: (-1)^k 2 / (sqrt(pi) k! (2k + 1)). */
const SERIES: usize = memory.data<f64>([
  1.1283791670955126, -0.37612638903183754, 0.11283791670955126, -0.026866170645131252, 0.005223977625442188,
  -0.0008548327023450853, 0.00012055332981789664, -1.492565035840625e-5, 1.6462114365889248e-6, -1.6365844691234924e-7,
  1.4807192815879218e-8, -1.2290555301717928e-9, 9.422759064650411e-11, -6.7113668551641105e-12, 4.4632242632864775e-13,
  -2.7835162072109215e-14, 1.6342614095367152e-15, -9.063970842808673e-17,
]);

/** Chebyshev coefficients of (1 + 2x) exp(x^2) erfc(x) for x from 1 to 6 in t = (x - 2.5) / (x + 2.5), scaled to [-1, 1]. */
const TAIL: usize = memory.data<f64>([
  1.2555463603083954, -0.04147153510266259, -0.010718355825822784, 0.0031183223668785585, -0.0004051831307245808,
  2.5688957648325367e-5, 2.3049947118684024e-7, -1.506808134327393e-7, 3.1110854462718937e-9, 9.358533586385907e-10,
  -2.527587422473245e-11, -7.176527587686647e-12, 7.959348370141203e-14, 6.16012138286109e-14, 1.3725079968582909e-15,
  -5.004451616558564e-16, -3.673732444117225e-17, 2.8654634497357757e-18,
]);
// @ts-ignore: decorator
@inline const TERMS = 18;

/** 2 / sqrt(pi) times the integral of exp(-t^2) from 0 to x. */
export function erf(x: f64): f64 {
  const size = Math.abs(x);
  if (size <= 1) {
    const z = x * x;
    let sum: f64 = 0;
    for (let i = TERMS - 1; i >= 0; i--) sum = sum * z + load<f64>(SERIES + ((<usize>i) << 3));
    return x * sum;
  }
  if (size >= 6) return x > 0 ? 1 : -1;
  if (x != x) return x;
  const u = ((size - 2.5) / (size + 2.5) + 1.0 / 119) * (119.0 / 50);
  let next: f64 = 0, after: f64 = 0;
  for (let i = TERMS - 1; i > 0; i--) {
    const sum = 2 * u * next - after + load<f64>(TAIL + ((<usize>i) << 3));
    after = next;
    next = sum;
  }
  const rest = (Math.exp(-size * size) * (u * next - after + load<f64>(TAIL))) / (1 + 2 * size);
  return x < 0 ? rest - 1 : 1 - rest;
}
