// Update steps of the optimizers, over variables, slots and gradients; outputs may be the inputs themselves.
import { address, float, partStart, word } from "./layout";
import { madd } from "./simd";

// Words: variable, slot, second slot, gradient, their three outputs, count. Floats: learning rate, 1 - rate * decay, then
// what the step needs. Vectors may write up to 12 bytes behind the end, which are the buffer's own.
// Where gradients stay 0, slots decay through the denormal numbers; a fused multiply-add takes those without delay.

// @ts-ignore: decorator
@inline function f(i: i32): v128 { return f32x4.splat(<f32>float(i)); }

export function sgd_f32(part: i32, parts: i32): void {
  const end = (<usize>partStart(part + 1, parts, word(7), 16)) << 2;
  const rate = f(0), keep = f(1);
  const from = address(0), gradient = address(3), to = address(4);
  for (let i = (<usize>partStart(part, parts, word(7), 16)) << 2; i < end; i += 16)
    v128.store(
      to + i,
      f32x4.sub(f32x4.mul(v128.load(from + i), keep), f32x4.mul(v128.load(gradient + i), rate)),
    );
}

/** Floats: momentum, 1 with Nesterov. */
export function momentum_f32(part: i32, parts: i32): void {
  const end = (<usize>partStart(part + 1, parts, word(7), 16)) << 2;
  const rate = f(0), keep = f(1), momentum = f(2), nesterov = float(3) != 0;
  const from = address(0), slot = address(1), gradient = address(3), to = address(4), toSlot = address(5);
  for (let i = (<usize>partStart(part, parts, word(7), 16)) << 2; i < end; i += 16) {
    const step = f32x4.mul(v128.load(gradient + i), rate);
    const v = madd(v128.load(slot + i), momentum, f32x4.neg(step));
    const x = f32x4.mul(v128.load(from + i), keep);
    v128.store(toSlot + i, v);
    v128.store(to + i, nesterov ? f32x4.sub(f32x4.add(x, f32x4.mul(v, momentum)), step) : f32x4.add(x, v));
  }
}

/** Floats: epsilon. */
export function adagrad_f32(part: i32, parts: i32): void {
  const end = (<usize>partStart(part + 1, parts, word(7), 16)) << 2;
  const rate = f(0), keep = f(1), epsilon = f(2);
  const from = address(0), slot = address(1), gradient = address(3), to = address(4), toSlot = address(5);
  for (let i = (<usize>partStart(part, parts, word(7), 16)) << 2; i < end; i += 16) {
    const g = v128.load(gradient + i), a = f32x4.add(v128.load(slot + i), f32x4.mul(g, g));
    v128.store(toSlot + i, a);
    const step = f32x4.div(f32x4.mul(g, rate), f32x4.sqrt(f32x4.add(a, epsilon)));
    v128.store(to + i, f32x4.sub(f32x4.mul(v128.load(from + i), keep), step));
  }
}

/** Floats: rho, 1 - rho, epsilon. */
export function rmsprop_f32(part: i32, parts: i32): void {
  const end = (<usize>partStart(part + 1, parts, word(7), 16)) << 2;
  const rate = f(0), keep = f(1), rho = f(2), rest = f(3), epsilon = f(4);
  const from = address(0), slot = address(1), gradient = address(3), to = address(4), toSlot = address(5);
  for (let i = (<usize>partStart(part, parts, word(7), 16)) << 2; i < end; i += 16) {
    const g = v128.load(gradient + i), s = madd(v128.load(slot + i), rho, f32x4.mul(f32x4.mul(g, g), rest));
    v128.store(toSlot + i, s);
    const step = f32x4.div(f32x4.mul(g, rate), f32x4.sqrt(f32x4.add(s, epsilon)));
    v128.store(to + i, f32x4.sub(f32x4.mul(v128.load(from + i), keep), step));
  }
}

/** Floats: 1 - beta1, 1 - beta2, epsilon, rate * correction. */
export function adam_f32(part: i32, parts: i32): void {
  const end = (<usize>partStart(part + 1, parts, word(7), 16)) << 2;
  const keep = f(1), rest1 = f(2), rest2 = f(3), epsilon = f(4), alpha = f(5);
  const from = address(0), slot = address(1), slot2 = address(2), gradient = address(3), to = address(4), toSlot = address(5), toSlot2 = address(6);
  for (let i = (<usize>partStart(part, parts, word(7), 16)) << 2; i < end; i += 16) {
    const g = v128.load(gradient + i), m0 = v128.load(slot + i), s0 = v128.load(slot2 + i);
    const m = madd(f32x4.sub(g, m0), rest1, m0), s = madd(f32x4.sub(f32x4.mul(g, g), s0), rest2, s0);
    v128.store(toSlot + i, m);
    v128.store(toSlot2 + i, s);
    const step = f32x4.div(f32x4.mul(m, alpha), f32x4.add(f32x4.sqrt(s), epsilon));
    v128.store(to + i, f32x4.sub(f32x4.mul(v128.load(from + i), keep), step));
  }
}

// The same in float64, one by one.

// @ts-ignore: decorator
@inline function x(array: i32, i: i32): f64 { return load<f64>(address(array) + ((<usize>i) << 3)); }
// @ts-ignore: decorator
@inline function put(array: i32, i: i32, value: f64): void { store<f64>(address(array) + ((<usize>i) << 3), value); }

export function sgd_f64(part: i32, parts: i32): void {
  for (let i = partStart(part, parts, word(7), 8), end = partStart(part + 1, parts, word(7), 8); i < end; i++)
    put(4, i, x(0, i) * float(1) - x(3, i) * float(0));
}

export function momentum_f64(part: i32, parts: i32): void {
  for (let i = partStart(part, parts, word(7), 8), end = partStart(part + 1, parts, word(7), 8); i < end; i++) {
    const step = x(3, i) * float(0), v = x(1, i) * float(2) - step, before = x(0, i) * float(1);
    put(5, i, v);
    put(4, i, float(3) != 0 ? before + v * float(2) - step : before + v);
  }
}

export function adagrad_f64(part: i32, parts: i32): void {
  for (let i = partStart(part, parts, word(7), 8), end = partStart(part + 1, parts, word(7), 8); i < end; i++) {
    const g = x(3, i), a = x(1, i) + g * g;
    put(5, i, a);
    put(4, i, x(0, i) * float(1) - (g * float(0)) / Math.sqrt(a + float(2)));
  }
}

export function rmsprop_f64(part: i32, parts: i32): void {
  for (let i = partStart(part, parts, word(7), 8), end = partStart(part + 1, parts, word(7), 8); i < end; i++) {
    const g = x(3, i), s = x(1, i) * float(2) + g * g * float(3);
    put(5, i, s);
    put(4, i, x(0, i) * float(1) - (g * float(0)) / Math.sqrt(s + float(4)));
  }
}

export function adam_f64(part: i32, parts: i32): void {
  for (let i = partStart(part, parts, word(7), 8), end = partStart(part + 1, parts, word(7), 8); i < end; i++) {
    const g = x(3, i), m = x(1, i) + (g - x(1, i)) * float(2), s = x(2, i) + (g * g - x(2, i)) * float(3);
    put(5, i, m);
    put(6, i, s);
    put(4, i, x(0, i) * float(1) - (m * float(5)) / (Math.sqrt(s) + float(4)));
  }
}
