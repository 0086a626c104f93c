/** What happens when nobody reads the output any more, as in `crease train mnist | head -1`. */
import { exitCodes } from "./exitCodes.ts";

/** Ends the process without a word once stdout or stderr is closed at its other end, as SIGPIPE ends other programs. */
export function endWithReader(): void {
  for (const stream of [process.stdout, process.stderr])
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EPIPE") throw error;
      process.exit(exitCodes.unread);
    });
}
