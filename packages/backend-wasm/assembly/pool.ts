// Threads share the parts of a kernel: each takes the next one, so that one which is late or held up takes fewer.
import { CLAIM, DEAD, DONE, GENERATION, KERNEL, PARTS, SLEEPERS, SPIN, STOP, WAITING } from "./layout";
import { setThread } from "./thread";

/** Nanoseconds without any progress after which the main thread gives up: 10 s. */
const PATIENCE: i64 = 10_000_000_000;

/**
 * Takes one part of launch `generation` and runs it; false where none is left. The claim holds the generation too, so
 * that a thread that comes late can't take a part of the next launch with what it knows of the last one.
 */
function takePart(generation: i32): bool {
  let claim = atomic.load<i64>(CLAIM);
  while (true) {
    const left = <i32>claim;
    if (left == 0 || <i32>(claim >> 32) != generation) return false;
    const found = atomic.cmpxchg<i64>(CLAIM, claim, claim - 1);
    if (found == claim) {
      // Nothing of this launch changes before its last part is done.
      call_indirect<void>(load<i32>(KERNEL), left - 1, load<i32>(PARTS));
      return true;
    }
    claim = found;
  }
}

/** Runs a kernel in `parts` parts on all threads and waits for the last. Returns 0, or 1 where a worker has died or hangs. */
export function launch(kernel: i32, parts: i32): i32 {
  if (atomic.load<i32>(DEAD) != 0) return 1;
  store<i32>(KERNEL, kernel);
  store<i32>(PARTS, parts);
  atomic.store<i32>(DONE, 0);
  const generation = atomic.load<i32>(GENERATION) + 1;
  atomic.store<i64>(CLAIM, (<i64>generation << 32) | <i64>parts);
  if (atomic.load<i32>(SLEEPERS) > 0) atomic.notify(GENERATION, -1);
  while (takePart(generation)) atomic.add<i32>(DONE, 1);
  let spin = load<i32>(SPIN);
  let done = atomic.load<i32>(DONE);
  while (done != parts) {
    if (--spin < 0) {
      atomic.store<i32>(WAITING, 1);
      done = atomic.load<i32>(DONE);
      if (done != parts && atomic.load<i32>(DEAD) == 0 && atomic.wait<i32>(DONE, done, PATIENCE) == 2) return 1;
      atomic.store<i32>(WAITING, 0);
      if (atomic.load<i32>(DEAD) != 0) return 1;
    }
    done = atomic.load<i32>(DONE);
  }
  return 0;
}

/** A pause of about 4 ns: a division leaves the core's other units, and the line that is polled, to others. */
function pause(value: u64): u64 {
  return value / (value & 0xff | 3) | 0x4000_0000_0000_0000;
}

/** What a worker does: parts of each launch, until it is told to stop. */
export function work(id: i32): void {
  setThread(id);
  let seen: i32 = 0;
  let idle: u64 = 0;
  while (true) {
    let spin = load<i32>(SPIN);
    while (atomic.load<i32>(GENERATION) == seen) {
      idle = pause(idle);
      // The top bit is never set; that it counts keeps the pause from being optimised away.
      spin -= 1 + <i32>(idle >> 63);
      if (spin < 0) {
        atomic.add<i32>(SLEEPERS, 1);
        atomic.wait<i32>(GENERATION, seen, -1);
        atomic.sub<i32>(SLEEPERS, 1);
      }
    }
    seen = atomic.load<i32>(GENERATION);
    if (atomic.load<i32>(STOP) != 0) return;
    while (takePart(seen)) {
      atomic.add<i32>(DONE, 1);
      if (atomic.load<i32>(WAITING) != 0) atomic.notify(DONE, -1);
    }
  }
}
