/** FarmHash's 64-bit fingerprint of bytes, which TensorFlow puts strings into buckets by. */

const k0 = 0xc3a5c85c97cb3127n;
const k1 = 0xb492b66fbe98f273n;
const k2 = 0x9ae16a3b2f90404fn;

/** The fingerprint as an unsigned 64-bit integer: `farmhash::Fingerprint64`. */
export function farmHash64(bytes: Uint8Array): bigint {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length <= 16) return ofUpTo16(view);
  if (bytes.length <= 32) return ofUpTo32(view);
  return bytes.length <= 64 ? ofUpTo64(view) : ofLonger(view);
}

const u64 = (x: bigint): bigint => BigInt.asUintN(64, x);
const word = (view: DataView, at: number): bigint => view.getBigUint64(at, true);
const half = (view: DataView, at: number): bigint => BigInt(view.getUint32(at, true));
const rotate = (x: bigint, bits: bigint): bigint => u64((x >> bits) | (x << (64n - bits)));
const fold = (x: bigint): bigint => x ^ (x >> 47n);

function mix(u: bigint, v: bigint, factor: bigint): bigint {
  const a = fold(u64((u ^ v) * factor));
  return u64(fold(u64((v ^ a) * factor)) * factor);
}

function ofUpTo16(view: DataView): bigint {
  const size = view.byteLength;
  const length = BigInt(size);
  const factor = k2 + length * 2n;
  if (size >= 8) {
    const a = u64(word(view, 0) + k2);
    const b = word(view, size - 8);
    return mix(u64(rotate(b, 37n) * factor + a), u64((rotate(a, 25n) + b) * factor), factor);
  }
  if (size >= 4) return mix(length + (half(view, 0) << 3n), half(view, size - 4), factor);
  if (size === 0) return k2;
  const [first, middle, last] = [0, size >> 1, size - 1].map((at) => BigInt(view.getUint8(at)));
  const y = (first as bigint) + ((middle as bigint) << 8n);
  const z = length + ((last as bigint) << 2n);
  return u64(fold(u64((y * k2) ^ (z * k0))) * k2);
}

function ofUpTo32(view: DataView): bigint {
  const size = view.byteLength;
  const factor = k2 + BigInt(size) * 2n;
  const a = u64(word(view, 0) * k1);
  const b = word(view, 8);
  const c = u64(word(view, size - 8) * factor);
  const d = u64(word(view, size - 16) * k2);
  const u = u64(rotate(u64(a + b), 43n) + rotate(c, 30n) + d);
  return mix(u, u64(a + rotate(u64(b + k2), 18n) + c), factor);
}

function ofUpTo64(view: DataView): bigint {
  const size = view.byteLength;
  const factor = k2 + BigInt(size) * 2n;
  const a = u64(word(view, 0) * k2);
  const b = word(view, 8);
  const c = u64(word(view, size - 8) * factor);
  const d = u64(word(view, size - 16) * k2);
  const y = u64(rotate(u64(a + b), 43n) + rotate(c, 30n) + d);
  const z = mix(y, u64(a + rotate(u64(b + k2), 18n) + c), factor);
  const e = u64(word(view, 16) * factor);
  const f = word(view, 24);
  const g = u64((y + word(view, size - 32)) * factor);
  const h = u64((z + word(view, size - 24)) * factor);
  return mix(u64(rotate(u64(e + f), 43n) + rotate(g, 30n) + h), u64(e + rotate(u64(f + a), 18n) + g), factor);
}

type Pair = readonly [bigint, bigint];

/** Two words that stand for 32 bytes and two seeds. */
function weakHash(view: DataView, at: number, seeds: Pair): Pair {
  const [w, x, y, z] = [0, 8, 16, 24].map((offset) => word(view, at + offset)) as [bigint, bigint, bigint, bigint];
  const a = u64(seeds[0] + w);
  const b = rotate(u64(seeds[1] + a + z), 21n);
  const sum = u64(a + x + y);
  return [u64(sum + z), u64(b + rotate(sum, 44n) + a)];
}

function ofLonger(view: DataView): bigint {
  const size = view.byteLength;
  const seed = 81n;
  let y = u64(seed * k1 + 113n);
  let z = u64(fold(u64(y * k2 + 113n)) * k2);
  let x = u64(seed * k2 + word(view, 0));
  let v: Pair = [0n, 0n];
  let w: Pair = [0n, 0n];
  const end = Math.floor((size - 1) / 64) * 64;
  const last = size - 64;
  for (let at = 0; at < end; at += 64) {
    x = u64(rotate(u64(x + y + v[0] + word(view, at + 8)), 37n) * k1);
    y = u64(rotate(u64(y + v[1] + word(view, at + 48)), 42n) * k1);
    x ^= w[1];
    y = u64(y + v[0] + word(view, at + 40));
    z = u64(rotate(u64(z + w[0]), 33n) * k1);
    v = weakHash(view, at, [u64(v[1] * k1), u64(x + w[0])]);
    w = weakHash(view, at + 32, [u64(z + w[1]), u64(y + word(view, at + 16))]);
    [z, x] = [x, z];
  }
  const factor = k1 + ((z & 0xffn) << 1n);
  w = [u64(w[0] + BigInt((size - 1) & 63)), w[1]];
  v = [u64(v[0] + w[0]), v[1]];
  w = [u64(w[0] + v[0]), w[1]];
  x = u64(rotate(u64(x + y + v[0] + word(view, last + 8)), 37n) * factor);
  y = u64(rotate(u64(y + v[1] + word(view, last + 48)), 42n) * factor);
  x ^= u64(w[1] * 9n);
  y = u64(y + v[0] * 9n + word(view, last + 40));
  z = u64(rotate(u64(z + w[0]), 33n) * factor);
  v = weakHash(view, last, [u64(v[1] * factor), u64(x + w[0])]);
  w = weakHash(view, last + 32, [u64(z + w[1]), u64(y + word(view, last + 16))]);
  [z, x] = [x, z];
  const left = u64(mix(v[0], w[0], factor) + fold(y) * k0 + z);
  return mix(left, u64(mix(v[1], w[1], factor) + x), factor);
}
