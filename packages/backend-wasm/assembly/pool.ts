// Threads: the main one launches a kernel, workers run their parts of it; all spin a while before they sleep.
import { DEAD, DONE, GENERATION, KERNEL, SLEEPERS, SPIN, THREADS, WAITING } from "./layout";

/** Nanoseconds without any progress after which the main thread gives up: 10 s. */
const PATIENCE: i64 = 10_000_000_000;

/** Runs a kernel on `threads` threads and waits for all. Returns 0, or 1 where a worker has died or hangs. */
export function launch(kernel: i32, threads: i32): i32 {
  if (atomic.load<i32>(DEAD) != 0) return 1;
  store<i32>(KERNEL, kernel);
  store<i32>(THREADS, threads);
  atomic.store<i32>(DONE, 0);
  atomic.add<i32>(GENERATION, 1);
  if (atomic.load<i32>(SLEEPERS) > 0) atomic.notify(GENERATION, -1);
  call_indirect<void>(kernel, 0, threads);
  const wanted = threads - 1;
  let spin = load<i32>(SPIN);
  let done = atomic.load<i32>(DONE);
  while (done != wanted) {
    if (--spin < 0) {
      atomic.store<i32>(WAITING, 1);
      done = atomic.load<i32>(DONE);
      if (done != wanted && atomic.load<i32>(DEAD) == 0 && atomic.wait<i32>(DONE, done, PATIENCE) == 2) return 1;
      atomic.store<i32>(WAITING, 0);
      if (atomic.load<i32>(DEAD) != 0) return 1;
    }
    done = atomic.load<i32>(DONE);
  }
  return 0;
}

/** What a worker does: its part of each launch, until a launch of no threads. */
export function work(id: i32): void {
  let seen: i32 = 0;
  while (true) {
    let spin = load<i32>(SPIN);
    while (atomic.load<i32>(GENERATION) == seen) {
      if (--spin < 0) {
        atomic.add<i32>(SLEEPERS, 1);
        atomic.wait<i32>(GENERATION, seen, -1);
        atomic.sub<i32>(SLEEPERS, 1);
      }
    }
    seen = atomic.load<i32>(GENERATION);
    const threads = load<i32>(THREADS);
    if (threads == 0) return;
    call_indirect<void>(load<i32>(KERNEL), id, threads);
    atomic.add<i32>(DONE, 1);
    if (atomic.load<i32>(WAITING) != 0) atomic.notify(DONE, -1);
  }
}
