// Which thread an instance belongs to.

/** 0 for the main thread; workers set theirs once. */
export let thread: i32 = 0;

/** Names the thread of this instance. */
export function setThread(id: i32): void { thread = id; }
