/** What the parts of page 5 are given. */
import type { Words } from "../../app/words.ts";
import type { en } from "./en.ts";
import type { DescentSession } from "./session.ts";

/** The page's state and its texts. */
export interface PartProps {
  readonly session: DescentSession;
  readonly words: Words<typeof en>;
}
