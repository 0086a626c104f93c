// Files cut short and with flipped bits: reading them must end, with a result or with DataError.
import { DataError } from "@crease/backend";
import fc from "fast-check";

type Damage =
  | { readonly kept: number }
  | { readonly changes: readonly (readonly [number, number])[] }
  | { readonly more: readonly number[] };

function damage(bytes: Uint8Array, how: Damage): Uint8Array {
  if ("kept" in how) return bytes.slice(0, how.kept);
  if ("more" in how) return Uint8Array.from([...bytes, ...how.more]);
  const copy = bytes.slice();
  for (const [at, byte] of how.changes) copy[at] = byte;
  return copy;
}

/** Reads `runs` damaged copies of `bytes`: some cut short, most with up to four changed bytes, some with bytes more. */
export async function readDamaged(
  bytes: Uint8Array,
  read: (bytes: Uint8Array) => unknown,
  runs: number = 300,
): Promise<void> {
  const byte = fc.oneof(fc.nat({ max: 255 }), fc.constantFrom(0, 255));
  const change = fc.tuple(fc.nat({ max: bytes.length - 1 }), byte);
  const ways: fc.Arbitrary<Damage> = fc.oneof(
    { weight: 1, arbitrary: fc.nat({ max: bytes.length }).map((kept) => ({ kept })) },
    { weight: 4, arbitrary: fc.array(change, { minLength: 1, maxLength: 4 }).map((changes) => ({ changes })) },
    { weight: 1, arbitrary: fc.array(byte, { maxLength: 40 }).map((more) => ({ more })) },
  );
  await fc.assert(
    fc.asyncProperty(ways, async (how) => {
      try {
        await read(damage(bytes, how));
      } catch (error) {
        if (!(error instanceof DataError)) throw error;
      }
    }),
    { numRuns: runs },
  );
}
