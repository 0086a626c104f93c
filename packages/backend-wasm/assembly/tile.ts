// The innermost loops of the float32 product: one tile of C, its sums in registers over all of k.
import { madd, relu4 } from "./simd";

// Panels hold `rows` numbers of A and `columns` of B for each step of k. flags: 1 starts from C, 2 ends with relu;
// bias is 0 or the address of a row of numbers to start from. One k per turn: unrolling lengthens live ranges and spills.

/** C of 4 x 8. */
export function tile4x8(k: i32, a: usize, b: usize, c: usize, row: usize, bias: usize, flags: i32): void {
  let x00: v128, x01: v128;
  let x10: v128, x11: v128;
  let x20: v128, x21: v128;
  let x30: v128, x31: v128;
  if (flags & 1) {
    let p = c;
    x00 = v128.load(p, 0); x01 = v128.load(p, 16); p += row;
    x10 = v128.load(p, 0); x11 = v128.load(p, 16); p += row;
    x20 = v128.load(p, 0); x21 = v128.load(p, 16); p += row;
    x30 = v128.load(p, 0); x31 = v128.load(p, 16);
  } else {
    let s = f32x4.splat(0), t = s;
    if (bias) { s = v128.load(bias); t = v128.load(bias, 16); }
    x00 = s; x01 = t;
    x10 = s; x11 = t;
    x20 = s; x21 = t;
    x30 = s; x31 = t;
  }
  const end = b + <usize>k * 32;
  do {
    const b0 = v128.load(b, 0), b1 = v128.load(b, 16);
    const a0 = v128.load32_splat(a, 0); x00 = madd(a0, b0, x00); x01 = madd(a0, b1, x01);
    const a1 = v128.load32_splat(a, 4); x10 = madd(a1, b0, x10); x11 = madd(a1, b1, x11);
    const a2 = v128.load32_splat(a, 8); x20 = madd(a2, b0, x20); x21 = madd(a2, b1, x21);
    const a3 = v128.load32_splat(a, 12); x30 = madd(a3, b0, x30); x31 = madd(a3, b1, x31);
    a += 16; b += 32;
  } while (b != end);
  if (flags & 2) {
    x00 = relu4(x00); x01 = relu4(x01);
    x10 = relu4(x10); x11 = relu4(x11);
    x20 = relu4(x20); x21 = relu4(x21);
    x30 = relu4(x30); x31 = relu4(x31);
  }
  v128.store(c, x00, 0); v128.store(c, x01, 16); c += row;
  v128.store(c, x10, 0); v128.store(c, x11, 16); c += row;
  v128.store(c, x20, 0); v128.store(c, x21, 16); c += row;
  v128.store(c, x30, 0); v128.store(c, x31, 16);
}

/** C of 5 x 8. */
export function tile5x8(k: i32, a: usize, b: usize, c: usize, row: usize, bias: usize, flags: i32): void {
  let x00: v128, x01: v128;
  let x10: v128, x11: v128;
  let x20: v128, x21: v128;
  let x30: v128, x31: v128;
  let x40: v128, x41: v128;
  if (flags & 1) {
    let p = c;
    x00 = v128.load(p, 0); x01 = v128.load(p, 16); p += row;
    x10 = v128.load(p, 0); x11 = v128.load(p, 16); p += row;
    x20 = v128.load(p, 0); x21 = v128.load(p, 16); p += row;
    x30 = v128.load(p, 0); x31 = v128.load(p, 16); p += row;
    x40 = v128.load(p, 0); x41 = v128.load(p, 16);
  } else {
    let s = f32x4.splat(0), t = s;
    if (bias) { s = v128.load(bias); t = v128.load(bias, 16); }
    x00 = s; x01 = t;
    x10 = s; x11 = t;
    x20 = s; x21 = t;
    x30 = s; x31 = t;
    x40 = s; x41 = t;
  }
  const end = b + <usize>k * 32;
  do {
    const b0 = v128.load(b, 0), b1 = v128.load(b, 16);
    const a0 = v128.load32_splat(a, 0); x00 = madd(a0, b0, x00); x01 = madd(a0, b1, x01);
    const a1 = v128.load32_splat(a, 4); x10 = madd(a1, b0, x10); x11 = madd(a1, b1, x11);
    const a2 = v128.load32_splat(a, 8); x20 = madd(a2, b0, x20); x21 = madd(a2, b1, x21);
    const a3 = v128.load32_splat(a, 12); x30 = madd(a3, b0, x30); x31 = madd(a3, b1, x31);
    const a4 = v128.load32_splat(a, 16); x40 = madd(a4, b0, x40); x41 = madd(a4, b1, x41);
    a += 20; b += 32;
  } while (b != end);
  if (flags & 2) {
    x00 = relu4(x00); x01 = relu4(x01);
    x10 = relu4(x10); x11 = relu4(x11);
    x20 = relu4(x20); x21 = relu4(x21);
    x30 = relu4(x30); x31 = relu4(x31);
    x40 = relu4(x40); x41 = relu4(x41);
  }
  v128.store(c, x00, 0); v128.store(c, x01, 16); c += row;
  v128.store(c, x10, 0); v128.store(c, x11, 16); c += row;
  v128.store(c, x20, 0); v128.store(c, x21, 16); c += row;
  v128.store(c, x30, 0); v128.store(c, x31, 16); c += row;
  v128.store(c, x40, 0); v128.store(c, x41, 16);
}

/** C of 6 x 8. */
export function tile6x8(k: i32, a: usize, b: usize, c: usize, row: usize, bias: usize, flags: i32): void {
  let x00: v128, x01: v128;
  let x10: v128, x11: v128;
  let x20: v128, x21: v128;
  let x30: v128, x31: v128;
  let x40: v128, x41: v128;
  let x50: v128, x51: v128;
  if (flags & 1) {
    let p = c;
    x00 = v128.load(p, 0); x01 = v128.load(p, 16); p += row;
    x10 = v128.load(p, 0); x11 = v128.load(p, 16); p += row;
    x20 = v128.load(p, 0); x21 = v128.load(p, 16); p += row;
    x30 = v128.load(p, 0); x31 = v128.load(p, 16); p += row;
    x40 = v128.load(p, 0); x41 = v128.load(p, 16); p += row;
    x50 = v128.load(p, 0); x51 = v128.load(p, 16);
  } else {
    let s = f32x4.splat(0), t = s;
    if (bias) { s = v128.load(bias); t = v128.load(bias, 16); }
    x00 = s; x01 = t;
    x10 = s; x11 = t;
    x20 = s; x21 = t;
    x30 = s; x31 = t;
    x40 = s; x41 = t;
    x50 = s; x51 = t;
  }
  const end = b + <usize>k * 32;
  do {
    const b0 = v128.load(b, 0), b1 = v128.load(b, 16);
    const a0 = v128.load32_splat(a, 0); x00 = madd(a0, b0, x00); x01 = madd(a0, b1, x01);
    const a1 = v128.load32_splat(a, 4); x10 = madd(a1, b0, x10); x11 = madd(a1, b1, x11);
    const a2 = v128.load32_splat(a, 8); x20 = madd(a2, b0, x20); x21 = madd(a2, b1, x21);
    const a3 = v128.load32_splat(a, 12); x30 = madd(a3, b0, x30); x31 = madd(a3, b1, x31);
    const a4 = v128.load32_splat(a, 16); x40 = madd(a4, b0, x40); x41 = madd(a4, b1, x41);
    const a5 = v128.load32_splat(a, 20); x50 = madd(a5, b0, x50); x51 = madd(a5, b1, x51);
    a += 24; b += 32;
  } while (b != end);
  if (flags & 2) {
    x00 = relu4(x00); x01 = relu4(x01);
    x10 = relu4(x10); x11 = relu4(x11);
    x20 = relu4(x20); x21 = relu4(x21);
    x30 = relu4(x30); x31 = relu4(x31);
    x40 = relu4(x40); x41 = relu4(x41);
    x50 = relu4(x50); x51 = relu4(x51);
  }
  v128.store(c, x00, 0); v128.store(c, x01, 16); c += row;
  v128.store(c, x10, 0); v128.store(c, x11, 16); c += row;
  v128.store(c, x20, 0); v128.store(c, x21, 16); c += row;
  v128.store(c, x30, 0); v128.store(c, x31, 16); c += row;
  v128.store(c, x40, 0); v128.store(c, x41, 16); c += row;
  v128.store(c, x50, 0); v128.store(c, x51, 16);
}

/** C of 4 x 16. */
export function tile4x16(k: i32, a: usize, b: usize, c: usize, row: usize, bias: usize, flags: i32): void {
  let x00 = f32x4.splat(0), x01 = f32x4.splat(0), x02 = f32x4.splat(0), x03 = f32x4.splat(0), x10 = f32x4.splat(0), x11 = f32x4.splat(0), x12 = f32x4.splat(0), x13 = f32x4.splat(0), x20 = f32x4.splat(0), x21 = f32x4.splat(0), x22 = f32x4.splat(0), x23 = f32x4.splat(0), x30 = f32x4.splat(0), x31 = f32x4.splat(0), x32 = f32x4.splat(0), x33 = f32x4.splat(0);
  const end = b + <usize>k * 64;
  do {
    const b0 = v128.load(b, 0), b1 = v128.load(b, 16), b2 = v128.load(b, 32), b3 = v128.load(b, 48);
    const a0 = v128.load32_splat(a, 0); x00 = madd(a0, b0, x00); x01 = madd(a0, b1, x01); x02 = madd(a0, b2, x02); x03 = madd(a0, b3, x03);
    const a1 = v128.load32_splat(a, 4); x10 = madd(a1, b0, x10); x11 = madd(a1, b1, x11); x12 = madd(a1, b2, x12); x13 = madd(a1, b3, x13);
    const a2 = v128.load32_splat(a, 8); x20 = madd(a2, b0, x20); x21 = madd(a2, b1, x21); x22 = madd(a2, b2, x22); x23 = madd(a2, b3, x23);
    const a3 = v128.load32_splat(a, 12); x30 = madd(a3, b0, x30); x31 = madd(a3, b1, x31); x32 = madd(a3, b2, x32); x33 = madd(a3, b3, x33);
    a += 16; b += 64;
  } while (b != end);
  // Start values come after the loop: as loop variables they would spill a 256-bit sum where V8 joins pairs.
  if (flags & 1) {
    let p = c;
    x00 = f32x4.add(v128.load(p, 0), x00); x01 = f32x4.add(v128.load(p, 16), x01); x02 = f32x4.add(v128.load(p, 32), x02); x03 = f32x4.add(v128.load(p, 48), x03); p += row;
    x10 = f32x4.add(v128.load(p, 0), x10); x11 = f32x4.add(v128.load(p, 16), x11); x12 = f32x4.add(v128.load(p, 32), x12); x13 = f32x4.add(v128.load(p, 48), x13); p += row;
    x20 = f32x4.add(v128.load(p, 0), x20); x21 = f32x4.add(v128.load(p, 16), x21); x22 = f32x4.add(v128.load(p, 32), x22); x23 = f32x4.add(v128.load(p, 48), x23); p += row;
    x30 = f32x4.add(v128.load(p, 0), x30); x31 = f32x4.add(v128.load(p, 16), x31); x32 = f32x4.add(v128.load(p, 32), x32); x33 = f32x4.add(v128.load(p, 48), x33);
  } else if (bias) {
    x00 = f32x4.add(v128.load(bias, 0), x00); x01 = f32x4.add(v128.load(bias, 16), x01); x02 = f32x4.add(v128.load(bias, 32), x02); x03 = f32x4.add(v128.load(bias, 48), x03);
    x10 = f32x4.add(v128.load(bias, 0), x10); x11 = f32x4.add(v128.load(bias, 16), x11); x12 = f32x4.add(v128.load(bias, 32), x12); x13 = f32x4.add(v128.load(bias, 48), x13);
    x20 = f32x4.add(v128.load(bias, 0), x20); x21 = f32x4.add(v128.load(bias, 16), x21); x22 = f32x4.add(v128.load(bias, 32), x22); x23 = f32x4.add(v128.load(bias, 48), x23);
    x30 = f32x4.add(v128.load(bias, 0), x30); x31 = f32x4.add(v128.load(bias, 16), x31); x32 = f32x4.add(v128.load(bias, 32), x32); x33 = f32x4.add(v128.load(bias, 48), x33);
  }
  if (flags & 2) {
    x00 = relu4(x00); x01 = relu4(x01); x02 = relu4(x02); x03 = relu4(x03);
    x10 = relu4(x10); x11 = relu4(x11); x12 = relu4(x12); x13 = relu4(x13);
    x20 = relu4(x20); x21 = relu4(x21); x22 = relu4(x22); x23 = relu4(x23);
    x30 = relu4(x30); x31 = relu4(x31); x32 = relu4(x32); x33 = relu4(x33);
  }
  v128.store(c, x00, 0); v128.store(c, x01, 16); v128.store(c, x02, 32); v128.store(c, x03, 48); c += row;
  v128.store(c, x10, 0); v128.store(c, x11, 16); v128.store(c, x12, 32); v128.store(c, x13, 48); c += row;
  v128.store(c, x20, 0); v128.store(c, x21, 16); v128.store(c, x22, 32); v128.store(c, x23, 48); c += row;
  v128.store(c, x30, 0); v128.store(c, x31, 16); v128.store(c, x32, 32); v128.store(c, x33, 48);
}

/** C of 6 x 16. */
export function tile6x16(k: i32, a: usize, b: usize, c: usize, row: usize, bias: usize, flags: i32): void {
  let x00 = f32x4.splat(0), x01 = f32x4.splat(0), x02 = f32x4.splat(0), x03 = f32x4.splat(0), x10 = f32x4.splat(0), x11 = f32x4.splat(0), x12 = f32x4.splat(0), x13 = f32x4.splat(0), x20 = f32x4.splat(0), x21 = f32x4.splat(0), x22 = f32x4.splat(0), x23 = f32x4.splat(0), x30 = f32x4.splat(0), x31 = f32x4.splat(0), x32 = f32x4.splat(0), x33 = f32x4.splat(0), x40 = f32x4.splat(0), x41 = f32x4.splat(0), x42 = f32x4.splat(0), x43 = f32x4.splat(0), x50 = f32x4.splat(0), x51 = f32x4.splat(0), x52 = f32x4.splat(0), x53 = f32x4.splat(0);
  const end = b + <usize>k * 64;
  do {
    const b0 = v128.load(b, 0), b1 = v128.load(b, 16), b2 = v128.load(b, 32), b3 = v128.load(b, 48);
    const a0 = v128.load32_splat(a, 0); x00 = madd(a0, b0, x00); x01 = madd(a0, b1, x01); x02 = madd(a0, b2, x02); x03 = madd(a0, b3, x03);
    const a1 = v128.load32_splat(a, 4); x10 = madd(a1, b0, x10); x11 = madd(a1, b1, x11); x12 = madd(a1, b2, x12); x13 = madd(a1, b3, x13);
    const a2 = v128.load32_splat(a, 8); x20 = madd(a2, b0, x20); x21 = madd(a2, b1, x21); x22 = madd(a2, b2, x22); x23 = madd(a2, b3, x23);
    const a3 = v128.load32_splat(a, 12); x30 = madd(a3, b0, x30); x31 = madd(a3, b1, x31); x32 = madd(a3, b2, x32); x33 = madd(a3, b3, x33);
    const a4 = v128.load32_splat(a, 16); x40 = madd(a4, b0, x40); x41 = madd(a4, b1, x41); x42 = madd(a4, b2, x42); x43 = madd(a4, b3, x43);
    const a5 = v128.load32_splat(a, 20); x50 = madd(a5, b0, x50); x51 = madd(a5, b1, x51); x52 = madd(a5, b2, x52); x53 = madd(a5, b3, x53);
    a += 24; b += 64;
  } while (b != end);
  // Start values come after the loop: as loop variables they would spill a 256-bit sum where V8 joins pairs.
  if (flags & 1) {
    let p = c;
    x00 = f32x4.add(v128.load(p, 0), x00); x01 = f32x4.add(v128.load(p, 16), x01); x02 = f32x4.add(v128.load(p, 32), x02); x03 = f32x4.add(v128.load(p, 48), x03); p += row;
    x10 = f32x4.add(v128.load(p, 0), x10); x11 = f32x4.add(v128.load(p, 16), x11); x12 = f32x4.add(v128.load(p, 32), x12); x13 = f32x4.add(v128.load(p, 48), x13); p += row;
    x20 = f32x4.add(v128.load(p, 0), x20); x21 = f32x4.add(v128.load(p, 16), x21); x22 = f32x4.add(v128.load(p, 32), x22); x23 = f32x4.add(v128.load(p, 48), x23); p += row;
    x30 = f32x4.add(v128.load(p, 0), x30); x31 = f32x4.add(v128.load(p, 16), x31); x32 = f32x4.add(v128.load(p, 32), x32); x33 = f32x4.add(v128.load(p, 48), x33); p += row;
    x40 = f32x4.add(v128.load(p, 0), x40); x41 = f32x4.add(v128.load(p, 16), x41); x42 = f32x4.add(v128.load(p, 32), x42); x43 = f32x4.add(v128.load(p, 48), x43); p += row;
    x50 = f32x4.add(v128.load(p, 0), x50); x51 = f32x4.add(v128.load(p, 16), x51); x52 = f32x4.add(v128.load(p, 32), x52); x53 = f32x4.add(v128.load(p, 48), x53);
  } else if (bias) {
    x00 = f32x4.add(v128.load(bias, 0), x00); x01 = f32x4.add(v128.load(bias, 16), x01); x02 = f32x4.add(v128.load(bias, 32), x02); x03 = f32x4.add(v128.load(bias, 48), x03);
    x10 = f32x4.add(v128.load(bias, 0), x10); x11 = f32x4.add(v128.load(bias, 16), x11); x12 = f32x4.add(v128.load(bias, 32), x12); x13 = f32x4.add(v128.load(bias, 48), x13);
    x20 = f32x4.add(v128.load(bias, 0), x20); x21 = f32x4.add(v128.load(bias, 16), x21); x22 = f32x4.add(v128.load(bias, 32), x22); x23 = f32x4.add(v128.load(bias, 48), x23);
    x30 = f32x4.add(v128.load(bias, 0), x30); x31 = f32x4.add(v128.load(bias, 16), x31); x32 = f32x4.add(v128.load(bias, 32), x32); x33 = f32x4.add(v128.load(bias, 48), x33);
    x40 = f32x4.add(v128.load(bias, 0), x40); x41 = f32x4.add(v128.load(bias, 16), x41); x42 = f32x4.add(v128.load(bias, 32), x42); x43 = f32x4.add(v128.load(bias, 48), x43);
    x50 = f32x4.add(v128.load(bias, 0), x50); x51 = f32x4.add(v128.load(bias, 16), x51); x52 = f32x4.add(v128.load(bias, 32), x52); x53 = f32x4.add(v128.load(bias, 48), x53);
  }
  if (flags & 2) {
    x00 = relu4(x00); x01 = relu4(x01); x02 = relu4(x02); x03 = relu4(x03);
    x10 = relu4(x10); x11 = relu4(x11); x12 = relu4(x12); x13 = relu4(x13);
    x20 = relu4(x20); x21 = relu4(x21); x22 = relu4(x22); x23 = relu4(x23);
    x30 = relu4(x30); x31 = relu4(x31); x32 = relu4(x32); x33 = relu4(x33);
    x40 = relu4(x40); x41 = relu4(x41); x42 = relu4(x42); x43 = relu4(x43);
    x50 = relu4(x50); x51 = relu4(x51); x52 = relu4(x52); x53 = relu4(x53);
  }
  v128.store(c, x00, 0); v128.store(c, x01, 16); v128.store(c, x02, 32); v128.store(c, x03, 48); c += row;
  v128.store(c, x10, 0); v128.store(c, x11, 16); v128.store(c, x12, 32); v128.store(c, x13, 48); c += row;
  v128.store(c, x20, 0); v128.store(c, x21, 16); v128.store(c, x22, 32); v128.store(c, x23, 48); c += row;
  v128.store(c, x30, 0); v128.store(c, x31, 16); v128.store(c, x32, 32); v128.store(c, x33, 48); c += row;
  v128.store(c, x40, 0); v128.store(c, x41, 16); v128.store(c, x42, 32); v128.store(c, x43, 48); c += row;
  v128.store(c, x50, 0); v128.store(c, x51, 16); v128.store(c, x52, 32); v128.store(c, x53, 48);
}
