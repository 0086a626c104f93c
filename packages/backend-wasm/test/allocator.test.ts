// Blocks never overlap, lie inside the memory, are reused, and are joined before memory counts as used up.
import fc from "fast-check";
import { expect, test } from "vitest";
import { Allocator } from "../src/allocator.ts";
import { capacityOf, classOf } from "../src/sizeClass.ts";

const page = 65536;

function newAllocator(maxPages: number): { allocator: Allocator; memory: WebAssembly.Memory } {
  const memory = new WebAssembly.Memory({ initial: 2, maximum: maxPages });
  return { allocator: new Allocator(memory, maxPages * page, () => {}), memory };
}

test("a class holds its bytes, and wastes less than a quarter above 512", () => {
  const bytes = fc.oneof(fc.integer({ min: 0, max: 5000 }), fc.integer({ min: 1, max: 2 ** 31 }), fc.constant(2 ** 32));
  fc.assert(
    fc.property(bytes, (size) => {
      const capacity = capacityOf(classOf(size));
      expect(capacity).toBeGreaterThanOrEqual(size);
      expect(capacity % 64).toBe(0);
      if (size > 512) expect(capacity).toBeLessThanOrEqual(size * 1.25 + 64);
      if (size > 0) expect(classOf(capacity)).toBe(classOf(size));
    }),
  );
});

test("live blocks never overlap and lie inside the memory", () => {
  const step = fc.record({ take: fc.boolean(), bytes: fc.integer({ min: 1, max: 300_000 }), which: fc.nat() });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
      const { allocator, memory } = newAllocator(40);
      const live: { address: number; bytes: number }[] = [];
      for (const { take, bytes, which } of steps) {
        if (take || live.length === 0) {
          const address = allocator.take(bytes);
          if (address >= 0) live.push({ address, bytes });
        } else {
          const [gone] = live.splice(which % live.length, 1);
          if (gone) allocator.give(gone.address, gone.bytes);
        }
        const sorted = live.map(({ address, bytes: n }) => [address, address + capacityOf(classOf(n))] as const);
        sorted.sort((a, b) => a[0] - b[0]);
        sorted.forEach(([start, end], i) => {
          expect(start).toBeGreaterThanOrEqual(page);
          expect(end).toBeLessThanOrEqual(memory.buffer.byteLength);
          if (i > 0) expect(start).toBeGreaterThanOrEqual(sorted[i - 1]![1]);
        });
      }
    }),
    { numRuns: 60 },
  );
});

test("a block that was given back is the next of its class", () => {
  const { allocator } = newAllocator(10);
  const first = allocator.take(1000);
  allocator.give(first, 1000);
  expect(allocator.take(990)).toBe(first);
});

test("used up memory is said, and small free blocks join for a large one", () => {
  const { allocator } = newAllocator(18);
  const blocks: number[] = [];
  for (let address = allocator.take(page); address >= 0; address = allocator.take(page)) blocks.push(address);
  expect(blocks.length).toBeGreaterThan(10);
  expect(allocator.take(4 * page)).toBe(-1);
  for (const address of blocks) allocator.give(address, page);
  expect(allocator.take(4 * page)).toBe(blocks[0]);
});
