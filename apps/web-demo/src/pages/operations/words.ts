/** The texts of page 3, as its components take them. */
import type { Words } from "../../app/words.ts";
import type { en } from "./en.ts";
import type { OperationsSession } from "./session.ts";

/** In the reader's language. */
export type OperationsWords = Words<typeof en>;

/** What a part of the page works with. */
export interface PartProps {
  readonly session: OperationsSession;
  readonly words: OperationsWords;
}
