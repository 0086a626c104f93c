/** Whether a disk has room for what is about to be written. */
import { nodeBuiltin } from "@crease/backend";
import { refusal } from "./refusal.ts";

/** Makes sure that there are `bytes` free where a folder is. @throws BackendError where there are not. */
export function checkRoom(folder: string, bytes: number): void {
  const { bavail, bsize } = nodeBuiltin("node:fs").statfsSync(folder);
  const free = bavail * bsize;
  if (free >= bytes) return;
  const gibibytes = (n: number): string => (n / 2 ** 30).toFixed(1);
  throw refusal(
    `${folder} has ${gibibytes(free)} GiB free and ${gibibytes(bytes)} GiB are needed`,
    "Free some, or name a folder on another disk: CREASE_CACHE=<folder> crease cuda install",
  );
}
