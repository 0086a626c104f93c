/** Buckets that strings are hashed into, as TensorFlow does it. */
import { ValueError } from "@crease/backend";
import { farmHash64 } from "./farmHash64.ts";
import { sipHash64 } from "./sipHash64.ts";

/** One whole number for both halves of the key of SipHash, or one for each. */
export type Salt = number | readonly [number, number];

/** Puts strings into buckets: by FarmHash64 of their UTF-8 bytes, with a salt by SipHash-2-4. */
export function hasher(salt: Salt | null): (text: string, buckets: number) => number {
  const encoder = new TextEncoder();
  const [low, high] = typeof salt === "number" ? [salt, salt] : (salt ?? [0, 0]);
  const key = [BigInt(low), BigInt(high)] as const;
  return (text, buckets) => {
    const bytes = encoder.encode(text);
    return Number((salt === null ? farmHash64(bytes) : sipHash64(bytes, key)) % BigInt(buckets));
  };
}

/** @throws ValueError unless `salt` is null, a whole number of at least 0 or two of them. */
export function requireSalt(op: string, salt: Salt | null): void {
  const parts: readonly unknown[] = Array.isArray(salt) ? salt : [salt, salt];
  const isSalt = parts.length === 2 && parts.every((part) => Number.isSafeInteger(part) && (part as number) >= 0);
  if (salt !== null && !isSalt)
    throw new ValueError({ op, problem: `salt is ${JSON.stringify(salt)}`, fix: "Use one or two whole numbers" });
}
