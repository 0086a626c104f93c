/** What the parts of page 4 are given. */
import type { Words } from "../../app/words.ts";
import type { en } from "./en.ts";
import type { PaperSession } from "./session.ts";

/** The page's state and its texts. */
export interface PartProps {
  readonly session: PaperSession;
  readonly words: Words<typeof en>;
}
