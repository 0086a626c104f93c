/** The innermost loops of a matrix product: 16 running sums, so that each element loaded is used four times. */

/** `out += left right` for a tile of 4 x 4 at `out[at]`, whose rows are n apart; panels hold four lines for each step. */
export function tileFloats(
  out: Float64Array,
  at: number,
  n: number,
  left: Float64Array,
  i: number,
  right: Float64Array,
  j: number,
  steps: number,
): void {
  let [s00, s01, s02, s03] = [0, 0, 0, 0];
  let [s10, s11, s12, s13] = [0, 0, 0, 0];
  let [s20, s21, s22, s23] = [0, 0, 0, 0];
  let [s30, s31, s32, s33] = [0, 0, 0, 0];
  for (const end = i + steps * 4; i < end; i += 4, j += 4) {
    const b0 = right[j]!;
    const b1 = right[j + 1]!;
    const b2 = right[j + 2]!;
    const b3 = right[j + 3]!;
    const a0 = left[i]!;
    s00 += a0 * b0;
    s01 += a0 * b1;
    s02 += a0 * b2;
    s03 += a0 * b3;
    const a1 = left[i + 1]!;
    s10 += a1 * b0;
    s11 += a1 * b1;
    s12 += a1 * b2;
    s13 += a1 * b3;
    const a2 = left[i + 2]!;
    s20 += a2 * b0;
    s21 += a2 * b1;
    s22 += a2 * b2;
    s23 += a2 * b3;
    const a3 = left[i + 3]!;
    s30 += a3 * b0;
    s31 += a3 * b1;
    s32 += a3 * b2;
    s33 += a3 * b3;
  }
  addRow(out, at, s00, s01, s02, s03);
  addRow(out, at + n, s10, s11, s12, s13);
  addRow(out, at + 2 * n, s20, s21, s22, s23);
  addRow(out, at + 3 * n, s30, s31, s32, s33);
}

/** The same modulo 2^32. */
export function tileIntegers(
  out: Int32Array,
  at: number,
  n: number,
  left: Int32Array,
  i: number,
  right: Int32Array,
  j: number,
  steps: number,
): void {
  let [s00, s01, s02, s03] = [0, 0, 0, 0];
  let [s10, s11, s12, s13] = [0, 0, 0, 0];
  let [s20, s21, s22, s23] = [0, 0, 0, 0];
  let [s30, s31, s32, s33] = [0, 0, 0, 0];
  for (const end = i + steps * 4; i < end; i += 4, j += 4) {
    const b0 = right[j]!;
    const b1 = right[j + 1]!;
    const b2 = right[j + 2]!;
    const b3 = right[j + 3]!;
    const a0 = left[i]!;
    s00 = (s00 + Math.imul(a0, b0)) | 0;
    s01 = (s01 + Math.imul(a0, b1)) | 0;
    s02 = (s02 + Math.imul(a0, b2)) | 0;
    s03 = (s03 + Math.imul(a0, b3)) | 0;
    const a1 = left[i + 1]!;
    s10 = (s10 + Math.imul(a1, b0)) | 0;
    s11 = (s11 + Math.imul(a1, b1)) | 0;
    s12 = (s12 + Math.imul(a1, b2)) | 0;
    s13 = (s13 + Math.imul(a1, b3)) | 0;
    const a2 = left[i + 2]!;
    s20 = (s20 + Math.imul(a2, b0)) | 0;
    s21 = (s21 + Math.imul(a2, b1)) | 0;
    s22 = (s22 + Math.imul(a2, b2)) | 0;
    s23 = (s23 + Math.imul(a2, b3)) | 0;
    const a3 = left[i + 3]!;
    s30 = (s30 + Math.imul(a3, b0)) | 0;
    s31 = (s31 + Math.imul(a3, b1)) | 0;
    s32 = (s32 + Math.imul(a3, b2)) | 0;
    s33 = (s33 + Math.imul(a3, b3)) | 0;
  }
  addRow(out, at, s00, s01, s02, s03);
  addRow(out, at + n, s10, s11, s12, s13);
  addRow(out, at + 2 * n, s20, s21, s22, s23);
  addRow(out, at + 3 * n, s30, s31, s32, s33);
}

function addRow(out: Float64Array | Int32Array, at: number, s0: number, s1: number, s2: number, s3: number): void {
  out[at] = out[at]! + s0;
  out[at + 1] = out[at + 1]! + s1;
  out[at + 2] = out[at + 2]! + s2;
  out[at + 3] = out[at + 3]! + s3;
}

/** Adds the part of a tile that lies inside the output. */
export function addTile(
  out: Float64Array | Int32Array,
  at: number,
  n: number,
  tile: Float64Array | Int32Array,
  side: number,
  rows: number,
  columns: number,
): void {
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++) out[at + i * n + j] = out[at + i * n + j]! + tile[i * side + j]!;
}
